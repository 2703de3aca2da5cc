"""Small pictures of small frames, by the names screens import."""

from widgets.charts.bars import BarChart
from widgets.charts.density import DensityStrip, density
from widgets.charts.months import MonthColumns
from widgets.charts.picture import Picture

__all__ = ["BarChart", "DensityStrip", "MonthColumns", "Picture", "density"]
