"""Pictures of the widgets: a change of look is seen before it is accepted."""

import datetime as dt

import polars as pl
import pytest
from textual.app import App, ComposeResult

from tests.widgets.test_other_widgets import MONTHS, STATUS
from tests.widgets.widget_hosts import Host, rows
from widgets.cells.glyphs import use_ascii
from widgets.charts import BarChart, DensityStrip, MonthColumns
from widgets.detail_pane import DetailPane
from widgets.status_line import StatusLine
from widgets.theme import use_theme
from widgets.title_bar import TitleBar


class Charts(App[None]):
    """A page of everything that is not a table."""

    def compose(self) -> ComposeResult:
        yield TitleBar("Assessments", tier=3, tier_name="Management", note="DEMO")
        yield BarChart()
        yield MonthColumns()
        yield DensityStrip()
        yield DetailPane()
        yield StatusLine()

    def on_mount(self) -> None:
        use_theme(self)
        teams = pl.DataFrame(
            {
                "team": ["Pod 1", "Pod 2, Front Door", "Pod 3", "Pod 4"],
                "percent": [91.2, 55.0, 79.0, None],
                "state": ["on_target", "below_target", "near_target", "no_figure"],
            }
        )
        bars, months = self.query_one(BarChart), self.query_one(MonthColumns)
        bars.show(teams, "team", "percent", kind="percent", target=85.0, most=100.0, state="state")
        months.show(MONTHS, "month", "percent", kind="percent", target=85.0, most=100.0)
        days = [dt.date(2020, 1, 1) + dt.timedelta(days=i * i) for i in range(45)]
        self.query_one(DensityStrip).show(pl.Series(days))
        self.query_one(DensityStrip).mark(days[20])
        self.query_one(DetailPane).show_facts("Zoë O'Brien", {"Born": dt.date(2015, 2, 1), "Team": None})
        self.query_one(StatusLine).show(**STATUS)


async def sorted_and_down(pilot):
    await pilot.press("s", "4", "down", "down", "right", "left")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_the_table(snap_compare, size):
    assert snap_compare(Host(rows(100)), terminal_size=size, run_before=sorted_and_down)


def test_the_table_in_groups_with_plain_marks(snap_compare):
    use_ascii(True)
    assert snap_compare(Host(rows(100), group_by="team"), terminal_size=(80, 24), run_before=sorted_and_down)


def test_choosing_a_sort_column(snap_compare):
    assert snap_compare(Host(rows(100)), terminal_size=(80, 24), press=["s", "right"])


def test_an_empty_table(snap_compare):
    assert snap_compare(Host(rows(0)), terminal_size=(80, 24))


def test_the_charts(snap_compare):
    assert snap_compare(Charts(), terminal_size=(80, 32))
