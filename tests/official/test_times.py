"""Figures by month, quarter, financial year and rolling twelve months: each is that of its own days."""

from collections import defaultdict
from datetime import date, timedelta
from functools import partial

import pytest

from data.errors import DataError
from data.frames import collect
from fcl_tui.definitions.days.window import Window, begin_of, month_ends
from fcl_tui.reports.official import asked, registry
from fcl_tui.reports.official.family import MONTH, QUARTER, YEAR
from fcl_tui.reports.question.query import Query
from fcl_tui.reports.strategic.front_door import DECLARED
from fcl_tui.reports.strategic.views.behind import rows
from fcl_tui.reports.strategic.views.headline import alone
from tests.asking import context
from tests.official.front_door_oracle import Random
from tests.reports.by_hand import Authority

DAY = date(2026, 2, 27)
KEYS = ("referrals", "rereferral_pct", "contacts", "assess_median", "cp_second", "cp_open", "cin_open")
MANY = {"month": 12, "quarter": 8, "year": 3, "rolling": 12}
"""How many there are without a period asked for, the last of them not over"""


@pytest.fixture(scope="module")
def told():
    rows_of = defaultdict(list)
    for number, day in enumerate((date(2024, 2, 29), date(2025, 3, 31), DAY)):
        for table, more in Random(str(day), day, f"{number}-").tables.items():
            rows_of[table] += more
    scan = Authority(**rows_of).scan
    return partial(context, scan, data_date=DAY)


def figures(known, key, by=None, **values):
    official = [one for one in asked.official([key]) if one.key == key]
    return collect(asked.figures(official, known, Query("x", "x", values), by)).to_dicts()


@pytest.mark.parametrize("by", MANY)
@pytest.mark.parametrize("key", KEYS)
def test_each_is_the_figure_of_its_own_days(told, key, by):
    found = figures(told(DAY), key, by)
    assert len(found) == MANY[by]
    assert found[-1]["group"] == DAY.isoformat()
    for row in found[::3] + found[-1:]:
        day = date.fromisoformat(row["group"])
        asked_for = {}
        if "/" in row["period"]:
            first, last = map(date.fromisoformat, row["period"].split("/"))
            assert last == day
            asked_for = {"from": first, "to": day}
        (alike,) = figures(told(day), key, **asked_for)
        parts = ("numerator", "denominator", "value", "unit")
        assert [row[one] for one in parts] == [alike[one] for one in parts], row
    assert any(row["value"] for row in found)


def test_quarters_begin_in_january_april_july_and_october_and_years_in_april():
    assert begin_of(date(2026, 2, 27), 3) == date(2026, 1, 1)
    assert begin_of(date(2026, 3, 31), 12) == date(2025, 4, 1)
    assert begin_of(date(2026, 4, 1), 12) == begin_of(date(2026, 6, 30), 3) == date(2026, 4, 1)
    assert begin_of(date(2024, 2, 29), 1) == date(2024, 2, 1)
    quarters = Window("period").monthly(date(2025, 5, 10), DAY, 3)
    assert quarters[0] == (date(2025, 6, 30), date(2025, 5, 10), date(2025, 6, 30))
    assert quarters[-1] == (DAY, date(2026, 1, 1), DAY)


@pytest.mark.parametrize("step", [MONTH, QUARTER, YEAR], ids=lambda one: one.key)
@pytest.mark.parametrize("key", ["referrals", "rereferral_pct", "assess_open"])
def test_the_rows_behind_a_quarter_are_those_of_the_quarter_and_beside_it_the_same_one_a_year_before(
    told, step, key
):
    known = told(DAY)
    shown = collect(alone(step, DECLARED, known, Query("front-door", "each", {"measure": key})).rows)
    window = Window.of(registry.family_of(key).measure(key))
    for row in shown.to_dicts()[:: 3 if step == MONTH else 1]:
        query = Query("front-door", "rows", {"measure": key, "month": row["month"]})
        behind = collect(rows(DECLARED, known, query).rows)
        assert behind["in_numerator"].sum() == row["numerator"], row
        assert (row["first"] == row["last"]) == (window.kind == "now")
        if row["year_ago"] is not None:
            (before,) = [one for one in shown.to_dicts() if one["day"] == year_before(row["day"])] or [None]
            assert before is None or before["value"] == row["year_ago"]


def year_before(day):
    return (
        next(one for one in month_ends(day - timedelta(days=366), day) if one.month == day.month)
        if (day + timedelta(days=1)).day == 1
        else day.replace(year=day.year - 1)
    )


@pytest.mark.parametrize("text", ["2026-13-01", "2026-01-01/", "2026-01-01/2026-02-01/2026-03-01", "soon"])
def test_what_is_no_day_nor_two_is_refused(told, text):
    with pytest.raises(DataError, match="or two as 2026-01-01/2026-03-31"):
        rows(DECLARED, told(DAY), Query("front-door", "rows", {"month": text}))
