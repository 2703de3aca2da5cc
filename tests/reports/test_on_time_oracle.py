"""Visits and Reviews against an account in plain Python, on 200 small random authorities."""

from collections import defaultdict
from datetime import date

import polars as pl
import pytest

from tests.asking import ask
from tests.reports.by_hand import CALENDAR
from tests.reports.on_time_hand import reckoned
from tests.reports.on_time_oracle import KINDS, Counted, Random

HOLIDAYS = set(CALENDAR.holidays)
SETTINGS = {"cp_visit_internal": 7, "cin_visit_internal": 15}
DAYS = [date(2025, 12, 29), date(2026, 2, 28), date(2024, 2, 29), date(2026, 4, 8)]
EACH = 50


def batch(number):
    """50 authorities of a day, as one: no child, team or worker is in two of them."""
    as_at = DAYS[number]
    span = (date(as_at.year - 1, as_at.month, 14), as_at)
    authorities = [Random(one, f"{number}-{one}", as_at) for one in range(EACH)]
    rows = defaultdict(list)
    for authority in authorities:
        for table, more in authority.tables.items():
            rows[table] += more
    expected = [Counted(authority, span, HOLIDAYS) for authority in authorities]
    authority = reckoned(**rows)
    items = authority.frames["due_items"].filter(pl.col("rule").is_in(list(KINDS)))
    authority.frames["due_items"] = items  # the oracle here walks plans and care, not pathway plans
    return authority, as_at, span, expected


@pytest.fixture(scope="module", params=range(len(DAYS)))
def told(request):
    return batch(request.param)


def sums(expected, question):
    """The figures of every authority by team, and by team and worker; "No team" is shared by all."""
    found = defaultdict(lambda: defaultdict(int))
    for one in expected:
        for (asked, group), figures in one.figures.items():
            if asked == question:
                for name, value in figures.items():
                    found[group][name] += value
    return found


def agree(told, report, question, views, names, **more):
    authority, as_at, span, expected = told
    now = question.endswith("now") or question.startswith("every")
    days = {} if now else {"from_": span[0], "to_": span[1]}
    for view, by in views.items():
        rows = ask(
            report, authority.scan, as_at=as_at, by=view, known={"settings": SETTINGS}, **days, **more
        ).rows
        if question.startswith("every"):
            rows = rows.filter(pl.col("kind") == question.split()[1])
        theirs = {tuple(row[name] for name in by): row for row in rows.to_dicts()}
        ours = {
            group: figures for group, figures in sums(expected, question).items() if len(group) == len(by)
        }
        assert set(theirs) == set(ours)
        assert len(ours) > EACH / 3, "too little is compared"
        for group, figures in ours.items():
            for name in names:
                assert theirs[group][name] == figures[name], (view, group, name)
        yield theirs, ours


BANDS = ("late_1_5", "late_6_10", "late_11_20", "late_over_20")
DUE = ("fell_due", "in_time", "late", "missed", "outstanding", "moved")


def percent(part, whole):
    return pytest.approx(100 * part / whole) if whole else None


def test_visits_now(told):
    names = ("children", "up_to_date", "overdue", *BANDS, "never", "due_5", "due_10", "over_internal")
    views = {"now-team": ("team",), "now-worker": ("team", "worker")}
    for theirs, ours in agree(told, "visits", "visits now", views, names):
        for group, row in theirs.items():
            assert row["percent_up_to_date"] == percent(ours[group]["up_to_date"], ours[group]["children"])


def test_visits_of_a_period(told):
    views = {"period-team": ("team",), "period-worker": ("team", "worker")}
    for theirs, ours in agree(told, "visits", "visits period", views, (*DUE, "visit_count", "not_seen")):
        for group, row in theirs.items():
            mine = ours[group]
            assert row["percent_in_time"] == percent(mine["in_time"], mine["fell_due"])
            assert row["percent_seen_alone"] == percent(
                mine["seen_alone"], mine["visit_count"] - mine["not_seen"]
            )


def test_reviews(told):
    now = ("open", "overdue", "up_to_date", "due_4w", "due_8w")
    assert list(agree(told, "reviews", "reviews now", {"now-team": ("team",)}, now))
    assert list(agree(told, "reviews", "reviews period", {"period-team": ("team",)}, DUE))


def test_every_review_in_time(told):
    for kind in ("plans", "care"):
        _, as_at, _, expected = told
        ours = {k: v for k, v in sums(expected, f"every {kind}").items() if len(k) == 1}
        rows = ask("reviews", told[0].scan, as_at=as_at, by="every-team").rows.filter(pl.col("kind") == kind)
        theirs = {(row["team"],): row for row in rows.to_dicts()}
        assert set(theirs) == set(ours)
        assert len(ours) > EACH / 5, "too little is compared"
        for group, figures in ours.items():
            assert theirs[group]["counted"] == figures["counted"], group
            assert theirs[group]["every"] == figures["every"], group


def test_reviews_held(told):
    for theirs, ours in agree(
        told, "reviews", "held", {"held-team": ("team",)}, ("reviews", "review_cancelled")
    ):
        for group, row in theirs.items():
            assert row["percent_took_part"] == percent(ours[group]["took_part"], ours[group]["asked"])
