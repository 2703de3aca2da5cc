"""How each screen looks at 80x24 and 120x40; read a new picture before accepting it."""

import pytest

from tests.screens.conftest import application, settled
from tests.screens.small_authority import SmallSnapshot


@pytest.mark.parametrize("report", [None, "client-overview", "leaving-care", "assessments"])
def test_a_report_as_it_opens(report, size, snap_compare):
    assert snap_compare(application(report), terminal_size=size, run_before=settled)


def test_client_overview_one_row_a_child(size, snap_compare):
    async def pivoted(pilot):
        await settled(pilot)
        await pilot.press("c")
        await settled(pilot)

    assert snap_compare(application("client-overview"), terminal_size=size, run_before=pivoted)


@pytest.mark.parametrize("section", [0, 1, 2, 3], ids=["chronology", "relationships", "assessments", "due"])
def test_client_summary(section, size, snap_compare):
    async def opened(pilot):
        await settled(pilot)
        await pilot.press("f", *"101")
        await settled(pilot)
        await found(pilot)
        await pilot.press("enter")
        await settled(pilot)
        await pilot.press(*["tab"] * section)
        await settled(pilot)

    assert snap_compare(application(), terminal_size=size, run_before=opened)


async def found(pilot):
    from tests.screens.conftest import until
    from widgets.table.report_table import ReportTable

    await until(pilot, lambda: pilot.app.screen.query_one(ReportTable).row_count == 1)


def test_an_empty_authority(size, snap_compare):
    app = application("client-overview", SmallSnapshot(empty=True))
    assert snap_compare(app, terminal_size=size, run_before=settled)


def test_a_source_without_visits(size, snap_compare):
    snapshot = SmallSnapshot(none_of=("cp_visits", "cin_visits", "cla_visits", "cin_plans"))

    async def pivoted(pilot):
        await settled(pilot)
        await pilot.press("c")
        await settled(pilot)

    assert snap_compare(application("client-overview", snapshot), terminal_size=size, run_before=pivoted)


def test_help(size, snap_compare):
    async def opened(pilot):
        await settled(pilot)
        await pilot.press("question_mark")
        await settled(pilot)

    assert snap_compare(application("client-overview"), terminal_size=size, run_before=opened)
