"""How far ahead a planner is whole."""

from datetime import date

import polars as pl

from data.frames import collect
from fcl_tui.records.planner.foreseen import foreseen
from fcl_tui.records.planner.pick import next_with_work

AS_AT = date(2026, 3, 31)
RULES = pl.LazyFrame(
    {
        "rule": ["cp_visit", "pa_contact", "review", "second", "once", "silent"],
        "intervals": [
            "first: 10 wd; later: 12 wd until 2027-04-01", "later: 8 w", "later: 6 m", "second: 3 m",
            "first: 1 wd; lapses after: 2 d", None,
        ],
    }
)  # fmt: skip


def beyond(*rules):
    items = pl.LazyFrame({"rule": list(rules)}, schema={"rule": pl.String})
    return collect(foreseen(items, RULES, AS_AT))["beyond"].item()


def test_the_shortest_interval_of_what_is_due_says_how_far_it_is_whole():
    assert beyond("cp_visit", "review") == date(2026, 4, 16)  # 12 working days are at least 16 days
    assert beyond("pa_contact", "pa_contact") == date(2026, 5, 26)
    assert beyond("review") == date(2026, 9, 15)
    assert beyond("second", "review") == date(2026, 6, 23)


def test_what_does_not_come_again_hides_nothing():
    assert beyond("once", "silent") is None
    assert beyond() is None


def test_rules_without_intervals_say_nothing():
    items = pl.LazyFrame({"rule": ["cp_visit"]})
    assert collect(foreseen(items, RULES.select("rule"), AS_AT))["beyond"].to_list() == [None]


def test_the_next_day_with_work():
    days = pl.DataFrame({"date": [date(2026, 4, 1), date(2026, 4, 2)], "count": [0, 2], "mark": [None, None]})
    assert next_with_work(days) == date(2026, 4, 2)
    assert next_with_work(days.head(1)) is None
