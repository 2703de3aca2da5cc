"""The official keys of the management reports against an account in plain Python, on random authorities."""

import os
from collections import defaultdict
from datetime import date

import pytest

from fcl_tui.reports.measured.measure import rows_behind
from fcl_tui.reports.official.asked import official
from fcl_tui.reports.question.query import Query
from tests.asking import ask, context, measured
from tests.official.management_oracle import Managed, Official, of_values, together
from tests.reports.by_hand import CALENDAR, child, plan
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


MINE = ("visit_", "review_", "caseload_", "missing_", "rhi_", "away_", "sup_")


def test_every_key_answers_by_each_of_its_dimensions_and_gives_its_rows(told):
    """One figure of a count is as many rows; what is asked by anything that is declared has an answer."""
    scan, as_at, _, _ = told
    if as_at != DAYS[0]:
        return  # one authority shows what is declared
    asked = [one for one in official() if one.key.startswith(MINE)]
    by_family = {}
    for one in asked:
        by_family.setdefault(id(one.report), []).append(one)
    for those in by_family.values():
        for by in those[0].dimensions:
            of_them = [one.key for one in those if by in one.dimensions]
            assert set(measured(scan, of_them, as_at, by=by, known=KNOWN)) <= set(of_them)
        told_rows = rows_behind(those, context(scan, as_at, **KNOWN), Query("x", "x"), None).collect()
        figures = measured(scan, [one.key for one in those], as_at, known=KNOWN)
        for one in those:
            mine = told_rows.filter(told_rows["key"] == one.key)
            numerator, denominator, value = next(iter(figures[one.key].values()), (None,) * 3)
            if value is None or one.measure.spread:
                continue
            if one.measure.statistic == "share":
                assert (mine["in_numerator"].sum(), mine.height) == (numerator, denominator), one.key
            if one.measure.statistic == "count" and one.measure.out_of is None:
                assert mine.height == value, one.key


def test_of_a_source_with_the_latest_visit_and_review_alone_no_period_is_known():
    rows = {
        "person": [child("1")],
        "cp_plans": [plan("1", date(2025, 9, 1), None, cppl_cp_plan_id="p")],
        "cp_visits": [
            {"cppv_person_id": "1", "cppv_cp_plan_id": "p", "cppv_cp_visit_date": date(2026, 3, 30)}
        ],
    }
    latest = ("cp_visits", "cin_visits", "cla_visits", "cp_reviews", "cla_reviews")
    keys = ("visit_cp_period", "visit_count", "visit_cla_first_week", "review_cp_current", "review_cancelled")
    as_at = date(2026, 3, 31)
    whole = measured(reckoned(**rows).scan, [*keys, "visit_cp_current"], as_at)
    told = measured(reckoned(latest_only=latest, **rows).scan, [*keys, "visit_cp_current"], as_at)
    assert told["visit_cp_current"] == whole["visit_cp_current"] == {None: (1, 1, 100)}
    assert (whole["visit_count"][None][2], whole["review_cp_current"][None][:2]) == (1, (0, 1))
    assert {key: told[key][None] for key in keys} == dict.fromkeys(keys, (None, None, None))


def test_the_official_figures_of_a_report_are_a_view_of_it(told):
    """Of a team, a worker and a child as of all: the number is the one that the key gives."""
    scan, as_at, span, ours = told
    if as_at != DAYS[0]:
        return
    days = {"from_": span[0], "to_": span[1]}
    team = ask("caseload", scan, as_at=as_at, by="team").rows["team"][-1]
    child_of = ours[0].rows["cp_plans"][0]["cppl_person_id"]
    for report, key in (("visits", "visit_count"), ("reviews", "review_overdue")):
        for more in ({}, {"team": team}):
            rows = ask(report, scan, as_at=as_at, by="official", known=KNOWN, **days, **more).rows
            shown = dict(rows.select("key", "value").rows())
            assert shown[key] == measured(scan, [key], as_at, known=KNOWN, **days, **more)[key][None][2]
    mine = ask("visits", scan, as_at=as_at, by="official", known=KNOWN, client=child_of, **days).rows
    whole = dict(mine.select("key", "denominator").rows())
    assert whole["visit_cp_current"] in (0, 1)
    left = ask("caseload", scan, as_at=as_at, by="official", known=KNOWN, **days).left_out
    said = " ".join(left["reason"].to_list())
    assert "cannot be given, " in said
    assert not any(key in said for key in ("caseload_over_limit", "caseload_points:")), "people know no keys"
