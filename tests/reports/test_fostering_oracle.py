"""The Fostering Overview against an account in plain Python, on 100 small random authorities."""

import random
from collections import Counter
from datetime import date, timedelta
from statistics import median

import pytest

from tests.asking import ask
from tests.reports.by_hand import Authority, child, episode, involved

DAY = timedelta(days=1)
EACH = 25
DAYS = {date(2026, 3, 31): date(2025, 4, 1), date(2024, 2, 29): date(2023, 3, 1),
        date(2025, 2, 28): date(2024, 3, 1), date(2025, 12, 31): date(2025, 1, 1)}  # fmt: skip
"""The as-at day, and the first of the twelve months that end on it, by hand"""
WITH = {"PR1": "In-house", "PR2": "Another authority", "PR3": "Other public body", "PR4": "Agency",
        "PR5": "Agency", None: "Provider not recorded"}  # fmt: skip
BAD = {"CREQB", "CREQO", "ALLEG", "STAND", "APPRR", "CLOSE", "CHILD"}
REASONS = [*sorted(BAD), "CARPL", "PLACE", "LAREQ", "OTHER", "CUSTOD", None]


def authority(number, as_at, first, rows, told):
    """The rows of one authority, and what is to be told of its children and of placements that ended."""
    dice = random.Random(f"{as_at} {number}")
    near = [as_at, as_at - DAY, as_at + DAY, first, first - DAY, first + DAY]
    for one in range(dice.randint(2, 7)):
        person = f"{number}-{one}"
        rows["person"].append(child(person))
        begun = as_at - timedelta(days=dice.choice([0, 30, 400, 1500]))
        over = dice.choice([None, None, None, None, as_at, as_at + DAY, as_at - DAY])
        care = begun <= as_at and (over is None or over > as_at)
        if over is not None and over < begun:
            begun = over - DAY
        rows["cla_episodes"].append(episode(person, begun, over, clae_cla_id=f"c{person}"))
        team = dice.choice(["Pod 1", "Pod 2"]) if dice.random() < 0.8 else None
        if team:
            rows["involvements"].append(involved(person, "w", date(2010, 1, 1), invo_professional_team=team))
        placed = []
        for each in range(dice.randint(0, 5)):
            start = dice.choice([*near, as_at - timedelta(days=dice.randint(2, 900)), None])
            end = dice.choice([None, *near, as_at - timedelta(days=dice.randint(2, 500))])
            if start and end and end < start:
                start, end = end, start
            kind = dice.choice(["U1", "U2", "U3", "U4", "U5", "U6", "U6", "K2", "T1", "A3"])
            row = {
                "clap_cla_placement_id": f"{person}-{each}", "clap_person_id": person,
                "clap_cla_placement_start_date": start, "clap_cla_placement_end_date": end,
                "clap_cla_placement_type": kind, "clap_cla_placement_provider": dice.choice(list(WITH)),
                "clap_cla_placement_distance": dice.choice([None, 3.0, 20.0, 20.1, 90.0]),
                "clap_cla_placement_change_reason": dice.choice(REASONS) if end else None,
            }  # fmt: skip
            rows["cla_placement"].append(row)
            placed.append(row)
        due = {"visit": [], "review": []}
        for what, rule in (("visit", "cla_visit"), ("review", "cla_review_later")):
            for cycle in range(dice.randint(0, 2)):
                day = as_at + timedelta(days=dice.choice([-30, -1, 0, 1, 50]))
                rows["due"].append({
                    "item_id": f"{person}|{rule}|{cycle}", "person_id": person, "rule": rule, "kind": what,
                    "cycle": cycle + 1, "started": as_at - timedelta(days=100), "due_date": day, "unit": "d",
                    "started_by": "last",
                })  # fmt: skip
                due[what].append(day)
        account(told, person, team or "No team", care, placed, due, as_at, first)


def account(told, person, team, care, placed, due, as_at, first):
    """One child's line, and the ends of its placements."""
    known, turns, bad, latest = [], 0, 0, None
    for row in placed:
        start, end = row["clap_cla_placement_start_date"], row["clap_cla_placement_end_date"]
        if start is not None and start > as_at:
            continue
        ended = end is not None and end <= as_at
        kind, reason = row["clap_cla_placement_type"], row["clap_cla_placement_change_reason"]
        known.append((row, start, ended))
        in_year = not ended or end > first or (start is not None and start >= first)
        if in_year and kind != "T1" and not (ended and reason == "PLACE"):
            turns += 1
        if ended and end >= first and kind[0] == "U":
            bad += reason in BAD
            if reason != "PLACE":
                told["ends"][reason] += 1
    for row, start, ended in known:
        if not ended:
            rank = (start or date.min, row["clap_cla_placement_id"])
            if latest is None or rank > latest[0]:
                latest = (rank, row, start)
    if not care or latest is None or latest[1]["clap_cla_placement_type"][0] != "U":
        return
    _, row, start = latest
    kind = row["clap_cla_placement_type"]
    name = WITH[row["clap_cla_placement_provider"]]
    name = (
        "Fostering for adoption"
        if kind in ("U2", "U5")
        else "Connected person"
        if kind in ("U1", "U3")
        else name
    )
    told["children"][person] = {
        "kind_name": name, "team": team, "since": start, "days": (as_at - start).days if start else None,
        "miles": row["clap_cla_placement_distance"], "placements_12m": turns, "unplanned_12m": bad,
        "visit_due": min(due["visit"], default=None), "review_due": min(due["review"], default=None),
    }  # fmt: skip


@pytest.fixture(scope="module", params=DAYS)
def made(request):
    as_at = request.param
    tables = ("person", "cla_episodes", "involvements", "cla_placement", "due")
    rows = {table: [] for table in tables}
    told = {"children": {}, "ends": Counter()}
    for number in range(EACH):
        authority(number, as_at, DAYS[as_at], rows, told)
    rows["department"] = [{"dept_team_id": name, "dept_team_name": name} for name in ("Pod 1", "Pod 2")]
    return Authority(**rows).scan, as_at, told


def test_every_child(made):
    scan, as_at, told = made
    found = ask("fostering-overview", scan, as_at=as_at, by="children").rows.to_dicts()
    fields = next(iter(told["children"].values()))
    assert {row["person_id"]: {name: row[name] for name in fields} for row in found} == told["children"]
    for row in found:
        for what in ("visit", "review"):
            late = row[f"{what}_due"] is not None and row[f"{what}_due"] < as_at
            assert (row[f"{what}_state"] == "overdue") is late


@pytest.mark.parametrize(("view", "by"), [("kind", "kind_name"), ("team", "team")])
def test_every_figure(made, view, by):
    scan, as_at, told = made
    found = {row[by]: row for row in ask("fostering-overview", scan, as_at=as_at, by=view).rows.to_dicts()}
    groups = {}
    for row in told["children"].values():
        groups.setdefault(row[by], []).append(row)
    assert set(found) == set(groups)
    for name, rows in groups.items():
        figures, days = found[name], [row["days"] for row in rows if row["days"] is not None]
        three = sum(row["placements_12m"] >= 3 for row in rows)
        assert figures["foster_children"] == len(rows)
        assert figures["foster_three_or_more"] == three
        assert figures["foster_three_or_more_percent"] == pytest.approx(three / len(rows) * 100)
        assert figures["foster_disrupted"] == sum(row["unplanned_12m"] > 0 for row in rows)
        assert figures["foster_far"] == sum((row["miles"] or 0) > 20 for row in rows)
        assert figures["foster_no_distance"] == sum(row["miles"] is None for row in rows)
        assert figures["foster_median_days"] == (median(days) if days else None)
        for what in ("visit", "review"):
            late = sum(row[f"{what}_due"] is not None and row[f"{what}_due"] < as_at for row in rows)
            assert figures[f"foster_{what}_overdue"] == late


def test_every_end(made):
    scan, as_at, told = made
    rows = ask("fostering-overview", scan, as_at=as_at, by="ends").rows
    assert rows["foster_ends"].sum() == sum(told["ends"].values())
    assert rows["foster_unplanned"].sum() == sum(count for one, count in told["ends"].items() if one in BAD)
    missing = rows.filter(rows["reason"] == "Not recorded")["foster_ends"].sum()
    assert missing == told["ends"][None]
