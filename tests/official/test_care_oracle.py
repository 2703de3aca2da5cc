"""The figures of looked-after children and adoption against an account in plain Python."""

from datetime import date

import pytest

from fcl_tui.reports.catalogue import load
from fcl_tui.reports.measured.measure import chosen, every
from fcl_tui.reports.measured.measure import figures as of_report
from fcl_tui.reports.official import asked
from fcl_tui.reports.question.query import Query
from tests.asking import context
from tests.official import care_oracle
from tests.reports.by_hand import CALENDAR, Authority

DAYS = [date(2026, 3, 31), date(2025, 2, 28), date(2024, 2, 29), date(2025, 12, 31), date(2026, 1, 15)]
"""A year end, both kinds of February, a month end and a day within one"""
NOTHING = Query("x", "x")


@pytest.fixture(scope="module")
def children():
    care_oracle.HOLIDAYS.update(CALENDAR.holidays)
    return care_oracle.authority(300, 7, DAYS)


@pytest.fixture(scope="module")
def scan(children):
    authority = Authority(**care_oracle.tables(children))
    return authority.scan


def keys(children):
    return sorted({key for day in DAYS for key in care_oracle.figures(children, day)})


def figures(those, scan, day, by=None, **values):
    by_family = {}
    for one in those:
        by_family.setdefault(one.family.key, []).append(one)
    rows = []
    for group in by_family.values():
        rows += asked.figures(group, context(scan, day), Query("x", "x", values), by).collect().to_dicts()
    return rows


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_figure_is_what_plain_python_counts(children, scan, day):
    expected = care_oracle.figures(children, day)
    those = chosen(sorted(expected), asked.official())
    found = {row["key"]: (row["numerator"], row["denominator"]) for row in figures(those, scan, day)}
    assert found == {key: (upper, below or None if key.startswith("adopt_a") else below)
                     for key, (upper, below) in expected.items()}  # fmt: skip
    assert sum(upper > 3 for upper, _ in expected.values()) > 20, "too little is compared"


def test_a_year_of_months_is_each_month_end_by_itself(children, scan):
    stock = ["cla_open", "cla_12m", "cla_foster_inhouse", "cla_3plus", "cla_health_year", "cla_stable_2y"]
    those = chosen(stock, asked.official())
    months = figures(those, scan, date(2026, 3, 31), "month")
    for row in months:
        day = date.fromisoformat(row["group"])
        upper, below = care_oracle.figures(children, day)[row["key"]]
        assert (row["numerator"], row["denominator"]) == (upper, below), row
    assert len(months) == 12 * len(stock)


@pytest.mark.parametrize("by", ["sex", "disability", "team", "age_band", "uasc"])
def test_groups_add_up_to_the_whole(children, scan, by):
    day = date(2026, 3, 31)
    added = [one for one in asked.official() if one.measure.statistic in ("count", "share", "sum")]
    those = [one for one in added if one.key.startswith(("cla_", "adopt_")) and by in one.dimensions]
    those = [one for one in those if not one.measure.spread]
    whole = {row["key"]: (row["numerator"], row["denominator"]) for row in figures(those, scan, day)}
    groups = figures(those, scan, day, by)
    for key, (upper, below) in whole.items():
        mine = [row for row in groups if row["key"] == key]
        assert sum(row["numerator"] for row in mine) == (upper or 0), key
        if below is not None:
            assert sum(row["denominator"] for row in mine) == below, key


def test_the_caseload_report_shows_the_same_number(children, scan):
    """It has three or more workers under the official key, of its own records."""
    day = date(2026, 3, 31)
    those = chosen(["cla_3plus_workers"], asked.official())
    ours = [(row["numerator"], row["denominator"]) for row in figures(those, scan, day)]
    caseload = chosen(["caseload.cla_3plus_workers"], every([load("caseload")]))
    theirs = of_report(caseload, context(scan, day), Query("caseload", caseload[0].breakdowns[0].key), None)
    assert theirs.collect().select("numerator", "denominator").rows() == ours
