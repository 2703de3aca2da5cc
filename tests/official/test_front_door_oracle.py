"""The official figures of the front door, protection and need against an account in plain Python.

Several days are asked in one frame, of one authority with something on the edge of each of them.
"""

from collections import defaultdict
from datetime import date

import pytest

from fcl_tui.definitions.days.window import Window
from fcl_tui.reports.official import registry, trend
from fcl_tui.reports.question.query import Query
from tests.asking import context
from tests.official.front_door_oracle import Counted, Random, year_before
from tests.reports.by_hand import CALENDAR, Authority

HOLIDAYS = set(CALENDAR.holidays)
DAYS = [date(2024, 2, 29), date(2025, 2, 28), date(2025, 12, 31), date(2026, 3, 31)]
OTHERWISE = {
    "assess_open_bands": ("assess_open", "length"),
    "by_factor": ("assess_factors", "factor"),
}
"""Accounts of a figure by a dimension that is not its own"""
QUERY = Query("x", "x")


@pytest.fixture(scope="module")
def told():
    rows = defaultdict(list)
    for number, day in enumerate(DAYS):
        for table, more in Random(str(day), day, f"{number}-").tables.items():
            rows[table] += more
    return rows, context(Authority(**rows).scan, DAYS[-1])


def short(group):
    """The code alone of a code and its words."""
    first = str(group).split()[0]
    return None if group is None else first if first.isupper() and first[-1].isalnum() else str(group)


def over(known, key, span, by=""):
    """day, group: numerator and denominator of a figure on each of the days."""
    family = registry.family_of(key)
    measure = family.measure(key)
    window = Window.of(measure)
    days = [(day, *(window.on(day) if window.kind != "period" else (FIRST[span](day), day))) for day in DAYS]
    dimension = family.dimension(by) if by else None
    found = trend.over(family, [measure], known, days, QUERY, dimension).collect()
    told_by = by or measure.spread
    column = family.dimension(told_by).by if told_by else ()
    return {
        (row["day"], short(row[column[0]]) if column else None): (row["numerator"], row["denominator"])
        for row in found.rows(named=True)
    }


FIRST = {"year": year_before, "month": lambda day: day.replace(day=1)}


@pytest.mark.parametrize("span", FIRST)
def test_every_figure(told, span):
    rows, known = told
    expected = defaultdict(dict)
    for day in DAYS:
        for key, groups in Counted(rows, day, FIRST[span](day), day, HOLIDAYS).figures.items():
            expected[key] |= {(day, group): figure for group, figure in groups.items()}
    wrong = []
    for key, figures in expected.items():
        official, by = OTHERWISE.get(key, (key, ""))
        ours = over(known, official, span, by)
        assert set(ours) == set(figures), key
        for group, (above, below) in figures.items():
            numerator, denominator = ours[group]
            same = numerator == above or numerator == pytest.approx(above)
            if not same or (below is not None and denominator not in (below, None)):
                wrong.append((key, group, (numerator, denominator), (above, below)))
    assert not wrong, "\n".join(map(str, wrong))
    counted = [key for key, groups in expected.items() if sum(above or 0 for above, _ in groups.values()) > 1]
    assert len(counted) > (60 if span == "year" else 50), sorted(set(expected) - set(counted))


def test_teams_are_those_who_held_the_case_on_the_day(told):
    rows, known = told
    for day in DAYS:
        expected = Counted(rows, day, year_before(day), day, HOLIDAYS)
        for key, people in {"cp_open": expected.protected, "cin_open": expected.needy}.items():
            groups = [expected.team(person) for person in people]
            ours = {
                group: above
                for (on, group), (above, _) in over(known, key, "year", "team").items()
                if on == day
            }
            assert ours == {name: groups.count(name) for name in groups}
            assert len(ours) > 1
