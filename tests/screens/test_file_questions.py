"""Before very many sheets are written, the reader is asked."""

from dataclasses import replace

from fcl_tui.reports.operational import leaving_care
from screens.dialogs.mark import Confirm
from tests.screens.conftest import application, settled, until


async def test_more_sheets_than_are_printed_by_chance_are_asked_about_first(tmp_path, monkeypatch):
    document = next(one for one in leaving_care.REPORT.documents if one.asks_above == 50)
    few = replace(leaving_care.REPORT, documents=(replace(document, asks_above=0),))
    monkeypatch.setattr(leaving_care, "REPORT", few)
    app = application("leaving-care", home=tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("x", "w")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        assert "sheets will be written" in app.screen._question
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, Confirm))
        assert not list(tmp_path.rglob("*.docx"))
        await pilot.press("x", "w")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        await pilot.press("enter")
        await until(pilot, lambda: list(tmp_path.rglob("*.docx")))
