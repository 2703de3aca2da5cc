"""The top of a Client Summary: what is next, in two lines where the window is low."""

from datetime import date

import pytest

from screens.client_summary.facts import folded_lines, next_due
from screens.client_summary.screen import ClientSummaryScreen
from tests.screens.conftest import application, settled, text_of


def item(name, state, day):
    return {"item": name, "state": state, "due_date": day}


def test_the_next_visit_and_review_and_what_else_is_overdue():
    due = [
        item("Dental check", "overdue", date(2026, 3, 1)),
        item("First review conference", "overdue", date(2026, 3, 24)),
        item("Child protection visit", "due_soon", date(2026, 4, 9)),
        item("Child protection visit", "due", date(2026, 5, 9)),
        item("Visit of another kind", "not_required", date(2026, 1, 1)),
    ]
    assert next_due(due) == (
        "!! Dental check 01/03/2026   !! First review conference 24/03/2026   "
        "! Child protection visit 09/04/2026"
    )
    assert next_due([item("Child protection visit", "no_date", None)]) == ""


def test_in_a_low_window_the_visit_and_the_review_are_named_and_no_health_assessment_is_a_review():
    due = [
        item("Review health assessment", "overdue", date(2026, 3, 1)) | {"rule": "health_review"},
        item("Looked-after visit", "due", date(2026, 4, 9)) | {"rule": "cla_visit"},
        item("Looked-after review", "due", date(2026, 5, 9)) | {"rule": "cla_review_later"},
    ]
    assert next_due(due, short=True) == ("LAC visit 09/04/2026  LAC review 09/05/2026  !! 1 more overdue")


FACTS = {
    "name": "Silva, [red]Chloé\x1b[2J", "person_id": "1", "date_of_birth": date(2015, 3, 1), "age": 11,
    "expected_date_of_birth": None, "status": "child_in_need", "worker": "Ann", "team": None,
    "last_seen": None, "overdue": 1, "items": 3,
}  # fmt: skip


def test_folded_it_hides_neither_a_restriction_nor_what_cannot_be_told():
    lines = folded_lines(FACTS, [], sealed=True, not_known="visits")
    assert lines[0].startswith("!! RESTRICTED")
    assert "\x1b" not in lines[1]
    assert lines[2:] == ["1 overdue of 3 due", "This source cannot tell: visits"]


def test_a_team_stands_whole_on_the_line_that_has_room_for_it():
    team = "Children with Disabilities"
    short = folded_lines(FACTS | {"team": "Pod 7"}, [], sealed=False)
    assert short[0].endswith("  Pod 7")
    full = folded_lines(FACTS | {"team": team}, [], sealed=False)
    assert full[1] == f"1 overdue of 3 due  {team}"
    assert team not in full[0]


@pytest.mark.parametrize(("size", "lines"), [((80, 24), 2), ((120, 40), 4)])
async def test_a_low_window_folds_the_facts_and_i_unfolds_them(size, lines):
    app = application()
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        people = app.session.snapshot.scan("due_items").select("person_id").collect()["person_id"]
        app.push_screen(ClientSummaryScreen(app.session, people[0]))
        await settled(pilot)
        facts = app.screen.query_one("#facts")
        assert facts.size.height == lines or (lines > 2 and facts.size.height >= lines)
        await pilot.press("i")
        await pilot.pause()
        assert facts.size.height >= 4
        assert "first known" in text_of(app)
        await pilot.resize_terminal(120, 40)
        await pilot.pause()
        assert facts.size.height >= 4
