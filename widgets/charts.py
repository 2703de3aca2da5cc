"""Small pictures of small frames, by the names screens import."""

from widgets.bars import BarChart
from widgets.density import DensityStrip, density
from widgets.months import MonthColumns

__all__ = ["BarChart", "DensityStrip", "MonthColumns", "density"]
