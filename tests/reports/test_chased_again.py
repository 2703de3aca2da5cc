"""A chase without result comes back: on its day, behind missed bookings, in My day and in Chasing."""

from datetime import date, datetime

import polars as pl
import pytest

from data.office.marks import Mark
from data.office.office import schema
from fcl_tui.definitions.marks import marked, only, with_follow_up
from fcl_tui.records.day.chasing import stand
from tests.asking import ask
from tests.reports.by_hand import CALENDAR, Authority, child, item, referral

FRIDAY = date(2026, 11, 27)
MADE = datetime(2026, 11, 27, 9)
LAST = date(2026, 9, 1)


def raw(*marks):
    rows = [mark.row() | {"seq": n, "saved": True} for n, mark in enumerate(marks)]
    return pl.DataFrame(rows, schema=schema()).lazy()


def chased(item_id, **more):
    return Mark(item_id, "chased", "Al", made_at=MADE, **more)


@pytest.mark.parametrize(("days", "again"), [(1, date(2026, 11, 30)), (3, date(2026, 12, 2))])
def test_an_old_chase_without_a_day_counts_working_days_from_the_day_it_was_made(days, again):
    own = date(2026, 12, 24)
    marks = with_follow_up(raw(chased("1"), chased("2", day=own), Mark("3", "done", "Al")), CALENDAR, days)
    assert marks.collect()["day"].to_list() == [again, own, None]


@pytest.mark.parametrize(
    ("as_at", "state", "stands", "words"),
    [
        (date(2026, 12, 1), "held", "chased", "chased Jo, again on 02/12/2026"),
        (date(2026, 12, 2), "unanswered", "unanswered", "! chased Jo, no answer by 02/12/2026"),
    ],
)
def test_it_has_come_back_on_the_day_and_not_before(as_at, state, stands, words):
    due = {"item_id": ["1|a"], "person_id": ["1"], "state": ["overdue"], "due_date": [date(2026, 11, 20)]}
    rows = marked(pl.LazyFrame(due), with_follow_up(raw(chased("1|a", whom="Jo")), CALENDAR), as_at, as_at)
    found = rows.with_columns(stands=stand()).collect().row(0, named=True)
    assert (found["mark_state"], found["stands"], found["mark"]) == (state, stands, words)
    assert only(rows, "broken", "me").collect().height == (state == "unanswered")


def test_my_day_lists_it_right_after_missed_bookings():
    due = [
        item("1", rule, LAST, date(2026, 11, 20))
        for rule in ("cin_visit", "cp_review_later", "health_review")
    ]
    authority = Authority(person=[child("1")], cin_episodes=[referral("1", LAST)], due=due)
    review, health = due[1]["item_id"], due[2]["item_id"]
    marks = with_follow_up(
        raw(chased(review), Mark(health, "booked", "Al", day=FRIDAY, made_at=MADE)), CALENDAR
    )
    rows = ask("my-day", authority.scan, as_at=date(2026, 12, 2), known={"marks": lambda: marks}).rows
    assert rows.select("group", "item_id", "why").rows()[:2] == [
        ("broken", health, "booked 27/11/2026, passed"),
        ("unanswered", review, "chased 27/11/2026, no answer by 02/12/2026"),
    ]
    assert rows["group_shown"].to_list()[:2] == ["Missed bookings", "Chased, no answer since"]


def test_nothing_is_new_at_a_first_look_and_what_is_due_soon_never_stands_before_what_is_overdue():
    from fcl_tui.reports.context import Earlier

    due = [
        item("1", "cin_visit", LAST, date(2026, 12, 3)),
        item("1", "cp_review_later", LAST, date(2026, 10, 1)),
    ]
    authority = Authority(person=[child("1")], cin_episodes=[referral("1", LAST)], due=due)

    def listed(*, first):
        visit = Earlier(authority.scan, date(2026, 9, 5), "then", first=first)
        return ask("my-day", authority.scan, as_at=date(2026, 12, 2), known={"last_visit": lambda: visit})

    assert listed(first=True).rows.select("group", "rule").rows() == [("untouched", "cp_review_later")]
    assert "first look" in listed(first=True).headline
    later = listed(first=False).rows
    assert later["rule"].to_list() == ["cp_review_later", "cin_visit"]
    assert later["group"].to_list() == ["new", "new"]
    assert later["group_shown"].n_unique() == 2
