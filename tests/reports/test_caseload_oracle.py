"""Caseload's own tables against an account in plain Python, on 200 small random authorities."""

import os
from collections import defaultdict
from datetime import date
from statistics import median

import polars as pl
import pytest

from tests.asking import ask
from tests.reports.by_hand import CALENDAR
from tests.reports.caseload_oracle import KINDS, NOBODY, Held, Staffed
from tests.reports.on_time_hand import reckoned
from tests.reports.on_time_oracle import KINDS as RULES

SETTINGS = {"caseload_limit": 2.0, "caseload_points": {"both": 3.0, "looked_after": 2.0}}
DAYS = [date(2025, 12, 29), date(2026, 2, 28), date(2024, 2, 29), date(2026, 4, 8)]
EACH = max(50, int(os.environ.get("FCL_ORACLE_EXAMPLES", "0")) // len(DAYS))
COUNTS = (
    *("children", "unallocated", *KINDS, "with_overdue", "overdue", "dual_allocated", "three_workers"),
    *("points", "families", "workers", "fte_assumed", "over_limit"),
)


@pytest.fixture(scope="module", params=range(len(DAYS)))
def told(request):
    """Some authorities of a day, as one: no child, team or worker is in two of them."""
    as_at = DAYS[request.param]
    span = (date(as_at.year - 1, as_at.month, 14), as_at)
    made = [Staffed(one, f"caseload {request.param}-{one}", as_at) for one in range(EACH)]
    rows = defaultdict(list)
    for authority in made:
        for table, more in authority.tables.items():
            rows[table] += more
    whole = reckoned(**rows)
    whole.frames["due_items"] = whole.frames["due_items"].filter(pl.col("rule").is_in(list(RULES)))
    return whole.scan, as_at, span, [Held(one, span, set(CALENDAR.holidays)) for one in made]


def together(ours):
    """The figures of every authority; the children whom nobody holds are one team of all."""
    sums, days = defaultdict(lambda: defaultdict(int)), defaultdict(list)
    for one in ours:
        for group, figures in one.told.items():
            for name, value in figures.items():
                sums[group][name] += value
            days[group] += one.days[group]
    return sums, days


@pytest.mark.parametrize(("view", "by"), [("team", ("team",)), ("worker", ("team", "worker"))])
def test_teams_and_workers(told, view, by):
    scan, as_at, _, ours = told
    sums, days = together(ours)
    rows = ask("caseload", scan, as_at=as_at, by=view, known={"settings": SETTINGS}).rows
    theirs = {tuple(row[name] for name in by): row for row in rows.to_dicts()}
    expected = {group: figures for group, figures in sums.items() if len(group) == len(by)}
    assert set(theirs) == set(expected)
    assert len(expected) > EACH / 2, "too little is compared"
    assert any(figures["dual_allocated"] for figures in expected.values())
    assert any(figures["three_workers"] for figures in expected.values())
    for group, mine in expected.items():
        row = theirs[group]
        assert {name: row[name] or 0 for name in COUNTS} == {name: mine[name] for name in COUNTS}, group
        assert row["median_days"] == (median(days[group]) if days[group] else None), group
        assert row["longest_open"] == 900, group
        assert row["percent_overdue"] == pytest.approx(100 * mine["with_overdue"] / mine["children"]), group
        cared = mine["looked_after"] + mine["both"]
        share = pytest.approx(100 * mine["three_workers"] / cared) if cared else None
        assert row["cla_3plus_workers"] == share, group
        if group[0] == NOBODY[0]:
            assert row["fte"] is None
            continue
        assert row["fte"] == pytest.approx(mine["fte"]), group
        for name, held in (("per_fte", "held"), ("points_per_fte", "held_points")):
            assert row[name] == (pytest.approx(mine[held] / mine["fte"]) if mine["fte"] else None), group


def test_movement_in_a_period(told):
    scan, as_at, span, ours = told
    rows = ask("caseload", scan, as_at=as_at, by="movement", from_=span[0], to_=span[1]).rows
    theirs = {row["team"]: row for row in rows.to_dicts()}
    expected = {team: figures for one in ours for team, figures in one.moved.items() if any(figures.values())}
    assert set(theirs) == set(expected)
    assert sum(figures["came_in"] for figures in expected.values()) > EACH / 3
    for team, mine in expected.items():
        names = ("opening", "came_in", "went_out", "closing")
        assert {name: theirs[team][name] for name in names} == {name: mine[name] for name in names}, team
        assert theirs[team]["net"] == mine["closing"] - mine["opening"], team


def test_the_children_behind_a_team_are_as_many_as_its_figure(told):
    scan, as_at, _, _ = told
    rows = ask("caseload", scan, as_at=as_at, by="team", known={"settings": SETTINGS}).rows
    listed = ask("caseload", scan, as_at=as_at, detail=True, known={"settings": SETTINGS}).rows
    by_team = dict(listed.group_by("team").len().rows())
    assert by_team == dict(rows.select("team", "children").rows())
