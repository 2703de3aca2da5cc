"""Figures of audits against a plain calculation, row by row; the briefing's small groups."""

import random
from datetime import datetime

import polars as pl
import pytest

from fcl_tui.quality import figures
from fcl_tui.quality.briefing_grades import FEW, few_together
from fcl_tui.quality.intervals import interval
from fcl_tui.reports.management.audit_known import CASES

AT = datetime(2026, 5, 1)


def audits(seed, count=160):
    dice = random.Random(seed)
    rows = []
    for number in range(count):
        state = dice.choice(["drawn", "submitted", "moderated", "closed", "replaced"])
        done = state in ("moderated", "closed")
        own = dice.randint(1, 4) if state in ("submitted", "moderated", "closed") else None
        grade = min(4, max(1, own + dice.choice([0, 0, 0, 1, -1]))) if done else None
        rows.append(
            {
                "case_id": f"c{number}", "period": dice.choice(["2026-27Q1", "2026-27Q2"]), "state": state,
                "kind": dice.choice(["quarterly", "quarterly", "dip"]), "pod": dice.choice("AAAABBC"),
                "auditor_grade": own, "grade": grade, "moved": grade - own if done else None,
                "submitted_at": AT if own else None, "part": "manage",
                "outcome": dice.choice(["improved", "improving", "worse", "too_early"]) if own else None,
            }
        )  # fmt: skip
    return pl.DataFrame(rows, schema_overrides={k: v for k, v in CASES.items() if k in rows[0]})


@pytest.mark.parametrize("seed", range(5))
def test_quarters_as_counted_by_hand(seed):
    frame = audits(seed)
    told = {row["period"]: row for row in figures.quarters(frame.lazy()).collect().to_dicts()}
    for period, row in told.items():
        mine = [
            one for one in frame.to_dicts()
            if one["period"] == period and one["kind"] == "quarterly" and one["state"] != "replaced"
        ]  # fmt: skip
        graded = [one for one in mine if one["grade"] is not None]
        good = [one for one in graded if one["grade"] >= 3]
        counted = [one for one in graded if one["outcome"] != "too_early"]
        assert (row["drawn"], row["moderated"], row["good_or_better"]) == (len(mine), len(graded), len(good))
        assert row["audited"] == len([one for one in mine if one["submitted_at"]])
        assert row["moved_up"] == len([one for one in graded if one["grade"] > one["auditor_grade"]])
        assert (row["better"], row["counted"]) == (
            len([one for one in counted if one["outcome"] in ("improved", "improving")]), len(counted)
        )  # fmt: skip
        low, high = interval(len(good), len(graded))
        assert (row["low"], row["high"]) == (pytest.approx(low), pytest.approx(high))
        assert sum(row[one] for one in ("outstanding", "good", "requires_improvement", "inadequate")) == len(
            graded
        )


@pytest.mark.parametrize("seed", range(3))
def test_standards_as_counted_by_hand(seed):
    frame, dice = audits(seed), random.Random(seed)
    ratings = [
        {"case_id": one, "standard_key": key, "value": dice.choice([None, 1, 2, 3, 4])}
        for one in frame["case_id"] for key in ("voice", "plan")
    ]  # fmt: skip
    rows = figures.standards(frame.lazy(), pl.LazyFrame(ratings), {"voice": "Voice"}).collect().to_dicts()
    standing = {one["case_id"] for one in frame.to_dicts() if one["state"] in ("moderated", "closed")}
    for row in rows:
        mine = [
            one["value"]
            for one in ratings
            if one["case_id"] in standing and one["standard_key"] == row["standard_key"]
        ]
        given = [value for value in mine if value is not None]
        assert (row["graded"], row["good_or_better"]) == (len(given), sum(value >= 3 for value in given))
        assert row["not_applicable"] == len(mine) - len(given)
    assert {row["standard"] for row in rows} == {"Voice", "plan"}


def test_fifty_three_cases_give_about_twelve_points_either_way():
    assert figures.half_width(53) == pytest.approx(11.7, abs=0.1)
    low, high = interval(40, 53)
    assert 22 < high - low < 24


@pytest.mark.parametrize(
    ("sizes", "named", "together"),
    [
        ({"A": 9, "B": 5}, {"A", "B"}, 0),
        ({"A": 9, "B": 6, "C": 2}, {"A"}, 8),  # two alone could be worked out from the whole
        ({"A": 9, "B": 3, "C": 2}, {"A"}, 5),
        ({"A": 3}, set(), 3),
    ],
)
def test_groups_of_few_are_put_together_so_that_none_can_be_worked_out(sizes, named, together):
    rows = pl.DataFrame({"pod": [pod for pod, count in sizes.items() for _ in range(count)]})
    counts = dict(few_together(rows, "pod", 5).group_by("pod").len().rows())
    assert set(counts) - {FEW} == named
    assert counts.get(FEW, 0) == together


def test_second_gradings_stand_beside_the_first():
    frame = audits(1).head(2).with_columns(
        case_id=pl.Series(["first", "again"]), checks_case_id=pl.Series([None, "first"]),
        state=pl.Series(["moderated", "submitted"]), grade=pl.Series([3, None]),
        auditor_grade=pl.Series([2, 4]), person_id=pl.lit("1"), name=pl.lit(None, pl.String),
        auditor=pl.lit("ann"),
    )  # fmt: skip
    [row] = figures.second_gradings(frame.lazy()).collect().to_dicts()
    assert (row["first"], row["own"], row["second"], row["difference"]) == (3, 2, 4, 1)
    table = {one["validated"]: one for one in figures.four_by_four(
        figures.second_gradings(frame.lazy())).collect().to_dicts()}  # fmt: skip
    assert (table["Good"]["outstanding"], table["Good"]["all"], table["Inadequate"]["all"]) == (1, 1, 0)
    told = figures.agreement_rows(figures.agreement_of(pl.DataFrame([row])), "Second")
    assert told[0][:4] == ("Second: same grade, %", 0.0, 0, 1)
    agree = {"first": 3, "own": 3, "second": 3, "difference": 0}
    told = figures.agreement_rows(
        figures.agreement_of(pl.DataFrame([row | agree, row | agree, row])), "Second"
    )
    assert told[0][:4] == ("Second: same grade, %", 66.7, 2, 3)


def test_another_pods_few_audits_cannot_be_worked_out_from_the_rest():
    from types import SimpleNamespace

    from fcl_tui.reports.management.audit_grades import finished
    from fcl_tui.reports.management.audit_known import none_known

    groups = pl.LazyFrame(
        {
            "pod": ["A", "B", "C", "Mine"], "audits_moderated": [12, 6, 2, 3], "audits_good": [9, 5, 1, 2],
            "audits_inadequate": [0, 0, 1, 0], "qa_audit_grade": [75.0, 83.3, 50.0, 66.7],
            "qa_audit_moved": [0.0] * 4, "audits_outcomes_better": [0.0] * 4,
        }
    )  # fmt: skip
    known = none_known()
    known = known.__class__(**vars(known) | {"pods": frozenset({"Mine"})})
    told = finished(SimpleNamespace(audits=lambda: known), None, groups, groups).collect()
    assert dict(told.select("pod", "audits_good").rows()) == {"A": 9, "B": None, "C": None, "Mine": 2}
