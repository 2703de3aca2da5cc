"""The planner's figures: each item on its day, days off told, nothing moved."""

from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.frames import collect
from fcl_tui.config.leave import SCHEMA, nobody
from fcl_tui.definitions.caseload import clients_at
from fcl_tui.definitions.days.calendar import Calendar
from fcl_tui.records.client_overview import client_overview
from fcl_tui.records.day.chasing import chasing
from fcl_tui.records.due.items import required
from fcl_tui.records.planner.pick import about, chosen_of, marks_left, of_day, weeks
from fcl_tui.records.planner.weeks import COLUMNS, DAYS, DETAIL, days, in_calendar, left_out, planned, totals
from fcl_tui.reports.catalogue import guidance, report
from tests.reports.by_hand import CALENDAR, Authority, child, involved, item, referral

MONDAY = date(2026, 12, 14)
"""Eleven days before Christmas Day, a Friday; Monday 28 December is kept for Boxing Day, a Saturday."""

TEAMS = {"A": "North", "B": "South"}


def leave_of(*rows):
    return pl.DataFrame(list(rows), schema=SCHEMA, orient="row")


def authority(*due, **more):
    people = {"1": ("Ann", "Lee"), "2": ("Zoë-May", "O’Brien"), "3": (None, None)}
    holders = {"1": "A", "2": "B"}
    return Authority(
        due=list(due),
        person=[child(who, *names) for who, names in people.items()],
        cin_episodes=[referral(who, date(2025, 1, 1)) for who in people],
        professionals=[
            {"prof_professional_id": "A", "prof_professional_name": "Sam Worker"},
            {"prof_professional_id": "B", "prof_professional_name": "Olu  Banjo"},
        ],
        department=[{"dept_team_id": key, "dept_team_name": name} for key, name in TEAMS.items()],
        involvements=[
            involved(who, worker, date(2025, 1, 1), invo_professional_team=worker)
            for who, worker in holders.items()
        ],
        **more,
    )


def visit(person, due, cycle=2):
    return item(person, "cin_visit", date(2026, 9, 1), due, cycle=cycle)


def both(of, as_at=MONDAY, leave=None, worker=None, team=None):
    away = nobody() if leave is None else leave
    items = collect(planned(of.scan, CALENDAR, as_at, away, team=team, worker=worker))
    return items, collect(days(items.lazy(), CALENDAR, as_at, away, worker=worker))


def test_the_columns_that_were_agreed_and_a_row_a_day():
    items, counted = both(authority())
    assert tuple(counted.columns[: len(COLUMNS)]) == COLUMNS
    assert tuple(items.columns[: len(DETAIL)]) == DETAIL
    assert counted["day"].to_list() == [
        "earlier",
        *[(MONDAY + timedelta(days=n)).isoformat() for n in range(56)],
    ]
    assert counted["items"].sum() == 0
    assert counted["weekday"].to_list()[1:9] == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "Mon"]


@pytest.mark.parametrize(
    ("due", "day"),
    [
        (MONDAY - timedelta(days=1), "earlier"),
        (MONDAY, MONDAY.isoformat()),
        (MONDAY + timedelta(days=DAYS - 1), (MONDAY + timedelta(days=DAYS - 1)).isoformat()),
        (MONDAY + timedelta(days=DAYS), "later"),
        (None, "no date"),
    ],
)
def test_an_item_is_on_one_day_and_never_moved(due, day):
    items, counted = both(authority(visit("1", due)))
    assert items.select("day", "due_date").rows() == [(day, due)]
    on = counted.filter(pl.col("items") > 0)
    assert on["day"].to_list() == ([day] if day not in ("later", "no date") else [])
    assert on["overdue"].to_list() == ([1] if day == "earlier" else [0] * on.height)


@pytest.mark.parametrize(
    ("due", "falls_on", "plan_for", "said"),
    [
        (date(2026, 12, 18), None, None, None),
        (date(2026, 12, 19), "weekend", date(2026, 12, 18), "a weekend: plan for Fri 18 Dec"),
        (date(2026, 12, 25), "bank holiday", date(2026, 12, 24), "a bank holiday: plan for Thu 24 Dec"),
        (date(2026, 12, 26), "bank holiday", date(2026, 12, 24), "a bank holiday: plan for Thu 24 Dec"),
        (date(2026, 12, 27), "weekend", date(2026, 12, 24), "a weekend: plan for Thu 24 Dec"),
        (date(2026, 12, 28), "bank holiday", date(2026, 12, 24), "a bank holiday: plan for Thu 24 Dec"),
    ],
)
def test_a_day_off_is_told_with_the_last_working_day_before(due, falls_on, plan_for, said):
    items, counted = both(authority(visit("1", due)))
    assert items.select("falls_on", "plan_for", "advice").row(0) == (falls_on, plan_for, said)
    row = about(counted, due.isoformat())
    assert row["off"] == (falls_on is not None)
    assert (row["hint"] is None) == (falls_on is None)


def test_the_hint_of_a_day_counts_and_names():
    due = date(2026, 12, 25)
    _, counted = both(authority(visit("1", due), visit("1", due, 3), visit("2", due)))
    hint = about(counted, "2026-12-25")["hint"]
    assert hint == "3 fall on a bank holiday, Christmas Day: plan for Thu 24 Dec"
    assert about(counted, "2026-12-25")["mark"] == "H"
    assert about(counted, "2026-12-27")["mark"] == "W"
    assert about(counted, "2026-12-24")["mark"] is None


def test_no_working_day_left_is_said_and_no_day_before_the_as_at_day_is_given():
    saturday, sunday = date(2026, 12, 19), date(2026, 12, 20)
    items, counted = both(authority(visit("1", sunday)), as_at=saturday)
    assert items.select("falls_on", "plan_for").row(0) == ("weekend", None)
    assert about(counted, "2026-12-20")["hint"] == "1 falls on a weekend: no working day is left before it"


def test_leave_counts_for_the_worker_who_holds_the_case_whatever_the_case_of_the_name():
    leave = leave_of(("SAM  worker ", date(2026, 12, 16), date(2026, 12, 18)))
    day = date(2026, 12, 17)
    items, counted = both(authority(visit("1", day), visit("2", day)), leave=leave)
    told = {row["person_id"]: (row["falls_on"], row["plan_for"]) for row in items.iter_rows(named=True)}
    assert told == {"1": ("leave", date(2026, 12, 15)), "2": (None, None)}
    row = about(counted, "2026-12-17")
    assert row["on_leave"] == "Sam Worker"
    assert (row["mark"], row["off"]) == ("L", 1)
    assert row["hint"] == "1 falls on leave: plan for Tue 15 Dec"
    assert row["working_day"] is True
    assert about(counted, "2026-12-16")["mark"] is None, "nothing is due for the one who is away"


def test_a_worker_sees_leave_on_every_day_of_it_and_plans_before_it_across_a_weekend():
    leave = leave_of(("Sam Worker", date(2026, 12, 21), date(2027, 1, 3)))
    items, counted = both(authority(visit("1", date(2026, 12, 25))), leave=leave, worker="Sam Worker")
    assert items["plan_for"].to_list() == [date(2026, 12, 18)]
    assert items["falls_on"].to_list() == ["bank holiday"]
    marks = {row["day"]: row["mark"] for row in counted.iter_rows(named=True)}
    assert [marks[f"2026-12-{d}"] for d in (18, 21, 22, 25, 26, 27, 28)] == [
        None,
        "L",
        "L",
        "H",
        "H",
        "W",
        "H",
    ]


def test_leave_that_runs_over_both_ends_and_twice():
    leave = leave_of(
        ("Sam Worker", date(2026, 1, 1), date(2026, 12, 16)),
        ("Sam Worker", date(2026, 12, 16), date(2028, 1, 1)),
    )
    items, counted = both(authority(visit("1", date(2026, 12, 17))), leave=leave)
    assert items.height == 1
    assert items["plan_for"].to_list() == [None]
    assert counted.height == DAYS + 1


def test_workers_who_are_away_differently_get_a_span():
    leave = leave_of(
        ("Sam Worker", date(2026, 12, 17), date(2026, 12, 17)),
        ("Olu Banjo", date(2026, 12, 15), date(2026, 12, 17)),
    )
    day = date(2026, 12, 17)
    _, counted = both(authority(visit("1", day), visit("2", day)), leave=leave)
    assert about(counted, day.isoformat())["hint"] == "2 fall on leave: plan for Mon 14 Dec to Wed 16 Dec"


def test_a_local_closure_is_no_bank_holiday():
    calendar = Calendar.england(2015, 2030, closures=[date(2026, 12, 23)])
    of = authority(visit("1", date(2026, 12, 23)))
    items = collect(planned(of.scan, calendar, MONDAY, nobody()))
    row = about(collect(days(items.lazy(), calendar, MONDAY, nobody())), "2026-12-23")
    assert row["hint"] == "1 falls on a local closure: plan for Tue 22 Dec"
    assert row["working_day"] is False


def test_team_and_worker_narrow_as_in_the_client_overview():
    of = authority(visit("1", MONDAY), visit("2", MONDAY), visit("3", MONDAY))
    assert both(of)[0]["person_id"].to_list() == ["1", "2", "3"]
    assert both(of, team="North")[0]["person_id"].to_list() == ["1"]
    assert both(of, worker="Unallocated")[0]["person_id"].to_list() == ["3"]


def test_initials_of_forename_then_surname_or_none():
    of = authority(visit("1", MONDAY), visit("2", MONDAY), visit("3", MONDAY))
    assert both(of)[0]["initials"].to_list() == ["A.L.", "Z.O.", None]


def test_what_is_not_in_the_calendar_is_said():
    leave = leave_of(("Sam Worker", MONDAY, MONDAY), ("No Body", MONDAY, MONDAY), ("no body", MONDAY, MONDAY))
    of = authority(visit("1", date(2027, 6, 1)), visit("1", None, 3), none_of=("cp_visits",))
    items, _ = both(of, leave=leave)
    told = collect(left_out(items.lazy(), leave, of.scan, CALENDAR, MONDAY)).rows()
    assert ("due after 07/02/2027", 1, "items") in told
    assert ("in the list of leave without a case in this source", 1, "name(s)") in told
    dateless = [reason for reason, _, _ in told if "without a due date" in reason]
    assert dateless == ["without a due date, because a date it counts from is missing"]
    assert collect(in_calendar(items.lazy())).is_empty()


def test_the_planner_and_chasing_count_the_same_items_as_owed():
    """In the calendar, after it, without a date, and no longer required."""
    grown = visit("1", MONDAY, 4) | {"limit_date": MONDAY}
    of = authority(visit("1", MONDAY), visit("1", date(2027, 6, 1), 2), visit("1", None, 3), grown)
    items = collect(client_overview(of.scan, CALENDAR, MONDAY))
    unmarked = {"mark_kind": None, "mark_state": None, "mark_at": None}
    kinds = {"mark_kind": pl.String, "mark_state": pl.String, "mark_at": pl.Datetime}
    marked = items.lazy().with_columns(pl.lit(v, kinds[name]).alias(name) for name, v in unmarked.items())
    counted = collect(chasing(marked, clients_at(of.scan, MONDAY), MONDAY))
    sums = collect(totals(both(of)[0].lazy())).row(0, named=True)
    assert counted.select(pl.col("owed", "no_date").sum()).row(0) == (2, 1)
    assert (sums["owed"], sums["no_date"]) == (2, 1)


def test_picking_out_a_day_and_the_marked():
    of = authority(visit("1", MONDAY), visit("2", MONDAY), visit("3", date(2026, 12, 15)))
    items, counted = both(of)
    first = items["item_id"][0]
    listed = of_day(items, MONDAY.isoformat(), frozenset({first}))
    assert listed.select("item_id", "chosen").rows() == [(first, "*"), (items["item_id"][1], "")]
    assert chosen_of(items, frozenset({first, "gone"}))["item_id"].to_list() == [first]
    assert marks_left(items, frozenset({first, "gone"})) == {first}
    assert weeks(counted).head(2).rows() == [(MONDAY, 2, None), (date(2026, 12, 15), 1, None)]


offsets = st.lists(st.tuples(st.sampled_from("123"), st.integers(-30, 90)), max_size=12)
spells = st.lists(
    st.tuples(st.sampled_from(["sam worker", "Olu Banjo", "Other"]), st.integers(-5, 70), st.integers(0, 20)),
    max_size=5,
)


@settings(max_examples=25, deadline=None)
@given(offsets, spells, st.integers(0, 30))
def test_nothing_is_lost_and_every_hint_is_a_day_that_is_worked(dues, away, shift):
    as_at = MONDAY + timedelta(days=shift)
    due = [visit(who, as_at + timedelta(days=days), n) for n, (who, days) in enumerate(dues, start=1)]
    leave = leave_of(*[(w, as_at + timedelta(days=a), as_at + timedelta(days=a + n)) for w, a, n in away])
    of = authority(*due)
    items, counted = both(of, as_at=as_at, leave=leave)
    whole = collect(client_overview(of.scan, CALENDAR, as_at).filter(required()))
    assert items["item_id"].to_list() == whole["item_id"].to_list()
    sums = collect(totals(items.lazy())).row(0, named=True)
    assert sums["items"] == counted["items"].sum()
    assert sums["items"] + sums["later"] + sums["no_date"] == items.height
    assert sums["owed"] == sums["items"] + sums["later"]
    for row in counted.iter_rows(named=True):
        assert row["items"] == of_day(items, row["day"]).height
    for row in items.iter_rows(named=True):
        free = [day for day in span(as_at, row["due_date"]) if works(row["worker"], day, as_at, away)]
        shown = row["day"] not in ("earlier", "later")
        off = shown and not works(row["worker"], row["due_date"], as_at, away)
        assert (row["falls_on"] is not None) == off
        assert row["plan_for"] == (max(free) if off and free else None)


def span(first, end):
    return [first + timedelta(days=n) for n in range((end - first).days)]


def works(worker, day, as_at, away):
    name = worker.casefold().split()
    return (
        day.weekday() < 5
        and day not in CALENDAR.holidays
        and not any(
            name == who.casefold().split() and begins <= (day - as_at).days <= begins + length
            for who, begins, length in away
        )
    )


def test_the_guidance_is_there_and_says_what_it_cannot_know():
    text = guidance(report("planner").guidance)
    assert text.startswith("# Planner")
    for part in ("**Who it is for:**", "## What it cannot know", "## Keys", "leave.csv"):
        assert part in text
