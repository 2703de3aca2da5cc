"""The official keys of the management reports against an account in plain Python, on random authorities."""

import os
from collections import defaultdict
from datetime import date

import pytest

from tests.asking import ask, measured
from tests.official.management_oracle import Managed, Official, of_values, together
from tests.reports.by_hand import CALENDAR
from tests.reports.on_time_hand import reckoned

DAYS = [date(2025, 12, 29), date(2026, 2, 28), date(2024, 2, 29), date(2026, 4, 8)]
EACH = int(os.environ.get("FCL_ORACLE_EXAMPLES", "40")) // len(DAYS)
SETTINGS = {"caseload_limit": 2.0, "missing_often": 3, "missing_often_days": 90}
KNOWN = {"settings": SETTINGS}


@pytest.fixture(scope="module", params=range(len(DAYS)))
def told(request):
    """Some authorities of a day, as one: no child, team or worker is in two of them."""
    as_at = DAYS[request.param]
    span = (date(as_at.year - 1, as_at.month, 14), as_at)
    made = [Managed(one, f"official {request.param}-{one}", as_at) for one in range(EACH)]
    rows = defaultdict(list)
    for authority in made:
        for table, more in authority.tables.items():
            rows[table] += more
    ours = [Official(authority, span, set(CALENDAR.holidays)) for authority in made]
    return reckoned(**rows).scan, as_at, span, ours


def test_every_key_is_what_its_definition_says(told):
    scan, as_at, span, ours = told
    expected = together(one.told for one in ours)
    twins = sum(len(one.twins) for one in ours)  # of two workers who started on one day either may be meant
    theirs = measured(scan, sorted(expected), as_at, known=KNOWN, from_=span[0], to_=span[1])
    wrong = {}
    for key, figure in expected.items():
        numerator, denominator, value = theirs[key][None]
        if isinstance(figure, list):
            if (value, denominator) != (of_values(figure), len(figure)):
                wrong[key] = (value, denominator), (of_values(figure), len(figure))
        elif key == "caseload_allocated_qualified":
            if not (0 <= numerator - figure[0] <= twins and denominator == figure[1] + twins):
                wrong[key] = (numerator, denominator), figure, twins
        elif (numerator, denominator) != (pytest.approx(figure[0]), pytest.approx(figure[1])):
            wrong[key] = (numerator, denominator), figure
    assert wrong == {}
    assert len(expected) > 55


def test_the_caseload_by_status(told):
    scan, as_at, _, ours = told
    expected = defaultdict(int)
    for one in ours:
        for name, count in one.mix.items():
            expected[name] += count
    theirs = measured(scan, ["caseload_status_mix"], as_at, known=KNOWN)["caseload_status_mix"]
    assert {name: figure[2] for name, figure in theirs.items()} == expected


def test_a_report_shows_the_number_that_its_official_key_gives(told):
    """Groups of a report's own view add up to the whole of the key."""
    scan, as_at, span, _ = told
    shown = {
        "visits": ("period-team", ("visit_count",)),
        "reviews": ("held-team", ("review_cancelled",)),
        "missing-children": ("team", ("missing_episodes", "rhi_overdue", "missing_now")),
    }
    for report, (view, keys) in shown.items():
        rows = ask(report, scan, as_at=as_at, by=view, known=KNOWN, from_=span[0], to_=span[1]).rows
        theirs = measured(scan, keys, as_at, known=KNOWN, from_=span[0], to_=span[1])
        for key in keys:
            assert rows[key].sum() == theirs[key][None][2], key


def test_teams_add_up_and_months_are_the_day_they_end(told):
    scan, as_at, span, _ = told
    keys = [
        "visit_cp_current",
        "review_overdue",
        "missing_episodes",
        "caseload_children",
        "visit_cla_current",
    ]
    whole = measured(scan, keys, as_at, known=KNOWN, from_=span[0], to_=span[1])
    teams = measured(scan, keys, as_at, by="team", known=KNOWN, from_=span[0], to_=span[1])
    for key in keys:
        if key != "caseload_children":  # a child of two teams is in both
            assert sum(figure[0] for figure in teams[key].values()) == whole[key][None][0], key
    first = date(as_at.year, as_at.month, 1)
    months = measured(scan, keys, as_at, by="month", known=KNOWN, from_=first, to_=as_at)
    last = measured(scan, keys, as_at, known=KNOWN, from_=first, to_=as_at)
    for key in keys:
        assert months[key][as_at.isoformat()] == last[key][None], key
