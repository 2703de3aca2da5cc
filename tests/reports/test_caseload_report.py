"""Caseload: each boundary by hand, and every count worked out again in plain Python."""

import random
from datetime import date, timedelta

import polars as pl
import pytest

from data.errors import DataError
from fcl_tui.config import settings
from fcl_tui.records.workload.caseload import MIX
from fcl_tui.reports.question.query import Drill
from tests.asking import ask
from tests.reports.by_hand import AS_AT, Authority, child, episode, involved, item, plan, referral

KINDS = tuple("in_need_no_plan" if kind == "cin_no_plan" else kind for kind in MIX)
DAY = timedelta(days=1)
LONG_AGO = date(2020, 1, 6)
YEAR_AGO = date(2025, 3, 31)
POD = {"invo_professional_team": "Pod 1"}


def held(number, worker="w", start=LONG_AGO, end=None, **more):
    return involved(str(number), worker, start, end, **POD | more)


def worker(number, fte=1.0, **more):
    row = {"prof_professional_id": number, "prof_professional_name": f"Worker {number}"}
    return row | {"prof_full_time_equivalency": fte} | more


def cases(count, **more):
    """So many children in need, all held by one worker."""
    rows = {
        "cin_episodes": [referral(str(n), LONG_AGO) for n in range(count)],
        "involvements": [held(n) for n in range(count)],
        "professionals": [worker("w")],
    }
    return Authority(**rows | more).scan


def one(report_rows, **where):
    rows = [row for row in report_rows.to_dicts() if all(row[key] == value for key, value in where.items())]
    assert len(rows) == 1
    return rows[0]


def with_settings(**more):
    return {"settings": {"assessment_target": 90.0} | more}


@pytest.mark.parametrize(
    ("count", "limit", "load", "over"),
    [(9, 10.0, "within", 0), (10, 10.0, "near", 0), (11, 10.0, "over", 1), (3, None, None, None)],
)
def test_the_limit_is_passed_only_above_it(count, limit, load, over):
    known = with_settings(caseload_limit=limit)
    assert one(ask("caseload", cases(count), by="worker", known=known).rows)["load"] == load
    team = one(ask("caseload", cases(count), known=known).rows)
    assert team["over_limit"] == over
    assert team["load"] == (load if load in ("over", None) else "within")


@pytest.mark.parametrize(("fte", "per", "assumed"), [(0.5, 4.0, 0), (None, 2.0, 1), (0.0, None, 0)])
def test_cases_per_full_time_worker(fte, per, assumed):
    scan = cases(2, professionals=[worker("w", fte)])
    result = ask("caseload", scan, by="worker")
    assert one(result.rows)["per_fte"] == per
    said = [line for line in result.left_out["reason"] if "full-time equivalent" in line]
    assert len(said) == assumed


def test_a_child_whom_nobody_holds_is_unallocated_and_in_no_average():
    scan = cases(2, involvements=[held(0), held(1, end=AS_AT)])
    result = ask("caseload", scan, by="worker")
    assert result.rows["worker"].to_list() == ["Unallocated", "Worker w"]
    assert result.rows["unallocated"].to_list() == [1, 0]
    assert result.rows["per_fte"].to_list() == [None, 1.0]
    assert "2 children   !! 1 unallocated   1.0 per FTE over 1 worker" in result.headline
    listed = ask("caseload", scan, drill=Drill("worker", "unallocated", {"worker": "Unallocated"}))
    assert listed.rows["person_id"].to_list() == ["1"]


def test_a_child_with_two_case_workers_counts_once_for_the_later():
    later = held(0, "v", LONG_AGO + DAY, invo_professional_team="Pod 2")
    scan = cases(1, involvements=[held(0), later], professionals=[worker("w"), worker("v")])
    result = ask("caseload", scan, by="worker")
    row = one(result.rows)
    assert (row["team"], row["worker"], row["children"], row["dual_allocated"]) == ("Pod 2", "Worker v", 1, 1)
    assert any("more than one case worker" in line for line in result.left_out["reason"])


def test_a_care_leaver_without_a_case_worker_is_held_by_the_adviser():
    leaver = {"clea_person_id": "1", "clea_care_leaver_eligibility": "Former Relevant"}
    adviser = involved("1", "a", LONG_AGO, **POD | {"invo_professional_role_id": "PA"})
    scan = Authority(
        person=[child("1", pers_dob=date(2006, 5, 5))],
        care_leavers=[leaver],
        involvements=[adviser],
        professionals=[worker("a")],
    ).scan
    row = one(ask("caseload", scan, by="worker").rows)
    assert (row["worker"], row["care_leaver"], row["unallocated"]) == ("Worker a", 1, 0)


def test_three_brothers_and_sisters_are_three_children_and_one_family():
    families = [{"fami_person_id": str(n), "fami_family_id": "f"} for n in range(3)]
    row = one(ask("caseload", cases(4, family=families)).rows)
    assert (row["children"], row["families"]) == (4, 2)


def test_a_child_counts_once_by_what_comes_first():
    scan = cases(
        6,
        cla_episodes=[episode("0", LONG_AGO), episode("1", LONG_AGO)],
        cp_plans=[plan("1", LONG_AGO), plan("2", LONG_AGO)],
        cin_plans=[
            {"cinp_person_id": "3", "cinp_cin_plan_start_date": LONG_AGO},
            {"cinp_person_id": "4", "cinp_cin_plan_start_date": LONG_AGO, "cinp_cin_plan_end_date": AS_AT},
        ],
    )
    row = one(ask("caseload", scan).rows)
    assert {kind: row[kind] for kind in KINDS if row[kind]} == {
        "looked_after": 1, "both": 1, "child_protection": 1, "cin_plan": 1, "in_need_no_plan": 2,
    }  # fmt: skip


@pytest.mark.parametrize(("due", "late"), [(AS_AT, 0), (AS_AT - DAY, 1)])
def test_something_overdue(due, late):
    scan = cases(2, due=[item("0", "cin_visit", LONG_AGO, due)])
    row = one(ask("caseload", scan).rows)
    assert (row["with_overdue"], row["overdue"], row["percent_overdue"]) == (late, late, late * 50.0)


@pytest.mark.parametrize(
    ("start", "end", "moved"),
    [
        (LONG_AGO, None, (1, 0, 0, 1)),
        (date(2026, 3, 1), None, (0, 1, 0, 1)),
        (date(2026, 2, 28), None, (1, 0, 0, 1)),
        (LONG_AGO, date(2026, 3, 1), (1, 0, 1, 0)),
        (LONG_AGO, AS_AT, (1, 0, 1, 0)),
        (LONG_AGO, AS_AT + DAY, (1, 0, 0, 1)),
        (date(2026, 3, 9), date(2026, 3, 9), (0, 1, 1, 0)),
        (AS_AT, AS_AT, (0, 1, 1, 0)),
    ],
)
def test_movement_at_the_edges_of_the_period(start, end, moved):
    scan = cases(1, involvements=[held(0, start=start, end=end)])
    row = one(ask("caseload", scan, by="movement", from_=date(2026, 3, 1)).rows)
    assert tuple(row[key] for key in ("opening", "came_in", "went_out", "closing")) == moved
    assert row["opening"] + row["came_in"] - row["went_out"] == row["closing"]


def test_from_one_worker_to_another_of_the_team_is_no_movement():
    change = date(2026, 3, 9)
    stay = [held(0, "w", LONG_AGO, change), held(0, "v", change)]
    row = one(ask("caseload", cases(1, involvements=stay), by="movement").rows)
    assert (row["opening"], row["came_in"], row["went_out"], row["closing"]) == (1, 0, 0, 1)
    left = [held(0, "w", LONG_AGO, change), held(0, "v", change, invo_professional_team="Pod 2")]
    rows = ask("caseload", cases(1, involvements=left), by="movement").rows
    assert rows["net"].to_list() == [-1, 1]


@pytest.mark.parametrize(
    ("spells", "three"),
    [
        ([("a", LONG_AGO, YEAR_AGO), ("b", LONG_AGO, AS_AT), ("c", LONG_AGO, None)], 0),
        ([("a", LONG_AGO, YEAR_AGO + DAY), ("b", LONG_AGO, AS_AT), ("c", LONG_AGO, None)], 1),
        ([("a", YEAR_AGO + DAY, YEAR_AGO + DAY), ("b", AS_AT, AS_AT), ("c", AS_AT, None)], 1),
        ([("a", LONG_AGO, AS_AT - DAY), ("b", LONG_AGO, AS_AT), ("a", AS_AT, None)], 0),
        ([("a", LONG_AGO, None), ("b", LONG_AGO, AS_AT), ("c", AS_AT + DAY, None)], 0),
    ],
)
def test_three_or_more_workers_in_twelve_months(spells, three):
    scan = cases(
        2,
        involvements=[held(0, *spell) for spell in spells] + [held(1)],
        cla_episodes=[episode("0", AS_AT)],
        professionals=[],
    )
    rows = ask("caseload", scan).rows
    assert rows["three_workers"].sum() == three
    assert rows["cla_3plus_workers"].drop_nulls().to_list() == [100.0 * three]
    listed = ask("caseload", scan, drill=Drill("team", "three_workers"))
    assert listed.rows["person_id"].to_list() == ["0"] * three


def test_cases_are_weighted_only_where_the_authority_says_so():
    scan = cases(3, cla_episodes=[episode("0", LONG_AGO)], professionals=[worker("w", 0.5)])
    assert not {"points", "points_per_fte"} & {*ask("caseload", scan).rows.columns}
    known = with_settings(caseload_points={"looked_after": 2.5, "cin_no_plan": 0.0, "both": 9.0})
    row = one(ask("caseload", scan, known=known).rows)
    assert (row["points"], row["points_per_fte"]) == (2.5, 5.0)
    row = one(ask("caseload", scan, known=with_settings(caseload_points={"looked_after": 2.5})).rows)
    assert row["points"] == 4.5, "a kind that is not named counts 1"


def test_the_comparator_stands_beside_the_average_with_its_year():
    known = with_settings(caseload_comparator="England 15.2 (September 2025)")
    assert (
        "2.0 per FTE (England 15.2 (September 2025)) over" in ask("caseload", cases(2), known=known).headline
    )
    assert "2.0 per FTE over" in ask("caseload", cases(2)).headline


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("[caseload_points]\nlooked_after = 2\n", None),
        ("[caseload_points]\nadopted = 2\n", "no child counts as"),
        ("[caseload_points]\nboth = 'two'\n", "takes a number"),
        ("[caseload_points]\nboth = true\n", "takes a number"),
        ("[caseload_points]\nboth = nan\n", "takes a number"),
        ("caseload_points = 2\n", "is a table"),
    ],
)
def test_the_table_of_points_in_the_settings(tmp_path, written, told):
    (tmp_path / "settings.toml").write_text(written)
    if told is None:
        assert settings.read(tmp_path).caseload_points == {"looked_after": 2.0}
        assert settings.read(tmp_path).unknown == ()
        return
    with pytest.raises(DataError, match=told):
        settings.read(tmp_path)


def test_points_can_be_given_to_everything_a_child_counts_as():
    assert set(settings.CASELOAD_KINDS) == set(MIX)


# Every count again, in plain Python


def open_on_day(start, end, day):
    return start <= day and (end is None or end > day)


def made_up(dice, number):
    """A small authority: two teams, three workers, up to six children with what they have."""
    children = []
    for order in range(dice.randint(1, 6)):
        spells, used = [], set()
        for _ in range(dice.randint(0, 4)):
            start = AS_AT - dice.choice([0, 1, 30, 31, 100, 364, 365, 366, 500, 900]) * DAY - order * DAY
            if start in used:
                continue
            used.add(start)
            end = None if dice.random() < 0.5 else start + dice.choice([0, 1, 20, 90, 400, 900]) * DAY
            team = f"{number}{dice.choice('AB')}"
            spells.append((f"{number}-{dice.randint(1, 3)}", team, start, end))
        has = [kind for kind in ("cla", "cp", "cinp") if dice.random() < 0.4]
        closed = AS_AT if dice.random() < 0.15 else None
        children.append((f"{number}-{order}", spells, has, closed))
    return children


def reckon(children, fte, first):
    """By team: children, mix, per full-time worker, three workers; by team: movement."""
    teams, moves = {}, {}
    for _, spells, has, closed in children:
        by_team = {}
        for _, team, start, end in spells:
            if start <= AS_AT:
                by_team.setdefault(team, []).append((start, end if end and end <= AS_AT else date.max))
        for team, times in by_team.items():
            joined = []
            for start, end in sorted(times):
                if joined and start <= joined[-1][1]:
                    joined[-1][1] = max(joined[-1][1], end)
                else:
                    joined.append([start, end])
            row = moves.setdefault(team, [0, 0, 0, 0])
            for start, end in joined:
                row[0] += start < first and end >= first
                row[1] += start >= first
                row[2] += first <= end <= AS_AT
                row[3] += end > AS_AT
        if closed is not None and not {"cla", "cp"} & {*has}:
            continue  # a child in need plan alone makes no client
        now = [one for one in spells if open_on_day(one[2], one[3], AS_AT)]
        holder = max(now, key=lambda one: one[2], default=None)
        team = holder[1] if holder else "No team"
        row = teams.setdefault(team, {"children": 0, "unallocated": 0, "three": 0, "dual": 0, "held": {}})
        row["children"] += 1
        row["unallocated"] += holder is None
        row["dual"] += len({one[0] for one in now}) > 1
        if {"cla", "cp"} <= {*has}:
            mix = "both"
        elif "cla" in has or "cp" in has:
            mix = "looked_after" if "cla" in has else "child_protection"
        else:
            mix = "cin_plan" if "cinp" in has else "in_need_no_plan"
        row[mix] = row.get(mix, 0) + 1
        year = {one[0] for one in spells if one[2] <= AS_AT and (one[3] is None or one[3] > YEAR_AGO)}
        row["three"] += "cla" in has and len(year) >= 3
        if holder:
            row["held"][holder[0]] = row["held"].get(holder[0], 0) + 1
    for row in teams.values():
        full = sum(1.0 if fte[one] is None else fte[one] for one in row["held"])
        row["per_fte"] = sum(row["held"].values()) / full if full else None
    return teams, {team: row for team, row in moves.items() if any(row)}


@pytest.mark.parametrize("part", range(4))
def test_fifty_small_authorities_worked_out_again(part):
    dice = random.Random(20260331 + part)
    first = dice.choice([date(2025, 4, 1), date(2026, 3, 1), AS_AT])
    made = {number: made_up(dice, number) for number in range(50)}
    everybody = [one for children in made.values() for one in children]
    fte = {f"{number}-{w}": dice.choice([None, 0.5, 0.8, 1.0]) for number in range(50) for w in (1, 2, 3)}
    scan = Authority(
        cin_episodes=[referral(who, LONG_AGO, closed) for who, _, _, closed in everybody],
        cla_episodes=[episode(who, LONG_AGO) for who, _, has, _ in everybody if "cla" in has],
        cp_plans=[plan(who, LONG_AGO) for who, _, has, _ in everybody if "cp" in has],
        cin_plans=[
            {"cinp_person_id": who, "cinp_cin_plan_start_date": LONG_AGO}
            for who, _, has, _ in everybody
            if "cinp" in has
        ],
        involvements=[
            involved(who, w, start, end, invo_professional_team=team)
            for who, spells, _, _ in everybody
            for w, team, start, end in spells
        ],
        professionals=[worker(number, share) for number, share in fte.items()],
    ).scan
    teams, moves = reckon(everybody, fte, first)
    told = {row["team"]: row for row in ask("caseload", scan).rows.to_dicts()}
    assert set(told) == set(teams)
    for team, row in teams.items():
        found = told[team]
        assert found["children"] == row["children"], team
        assert found["unallocated"] == row["unallocated"]
        assert found["dual_allocated"] == row["dual"], team
        assert found["three_workers"] == row["three"], team
        assert {kind: found[kind] for kind in KINDS} == {kind: row.get(kind, 0) for kind in KINDS}
        assert found["per_fte"] == (
            row["per_fte"] if row["per_fte"] is None else pytest.approx(row["per_fte"])
        )
    workers = ask("caseload", scan, by="worker").rows.filter(pl.col("unallocated") == 0)
    assert {(row["team"], row["worker"]): row["children"] for row in workers.to_dicts()} == {
        (team, f"Worker {one}"): count for team, row in teams.items() for one, count in row["held"].items()
    }
    moved = ask("caseload", scan, by="movement", from_=first).rows
    keys = ("opening", "came_in", "went_out", "closing")
    assert {row["team"]: [row[key] for key in keys] for row in moved.to_dicts()} == moves
