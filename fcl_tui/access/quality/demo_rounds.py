"""The rounds of audits of the demo authority: the draw and audits of a quarter, the consistency check."""

from __future__ import annotations

import itertools
import json
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import polars as pl

from data.frames import collect
from data.office.quality import store
from fcl_tui.access.quality.again import COPIED
from fcl_tui.access.quality.demo_course import ORDER, Course, Rows
from fcl_tui.access.quality.demo_dice import Dice
from fcl_tui.definitions.board.periods import Period
from fcl_tui.definitions.days.periods import months_before
from fcl_tui.quality.grades import INADEQUATE
from fcl_tui.quality.population import Rules, population
from fcl_tui.quality.rounds import CONSISTENCY, DIP, KINDS, QUARTERLY
from fcl_tui.quality.sampling import METHOD, SELECTED, draw, seed_of
from fcl_tui.quality.states import DRAWN, MODERATED
from fcl_tui.quality.tool import packaged

if TYPE_CHECKING:
    from data.office.office import Office
    from data.snapshots.reader import Snapshot
    from fcl_tui.config.settings import Settings

SHARE = 0.1
"""Of the audits that are not Inadequate, how many are audited again"""
CHECKED = 2
"""How many quarters ago the one is whose consistency was checked"""


class Maker:
    """Makes one quarter after the other; what was audited before is not drawn again."""

    def __init__(
        self, settings: Settings, snapshot: Snapshot, as_at: date, dice: Dice, office: Office
    ) -> None:
        self._who, self._snapshot, self._as_at, self.dice = settings.who, snapshot, as_at, dice
        self._office = office
        self._tool = packaged()
        self._made: list[store.Saved] = []
        self._audited: list[tuple[str, date]] = []
        self._graded: dict[str, list[tuple[dict[str, Any], int]]] = {}
        self.ages: dict[str, int] = {}
        """by quarter how many quarters ago it was"""
        held = collect(
            snapshot.scan("allocations").select("team", "worker").drop_nulls().unique().sort("team", "worker")
        )
        self.workers = held.rows()

    def add(self, rows: Rows, day: date, made_by: str = "Quality manager") -> None:
        """Keep rows as they were made on a day, until `save`."""
        at = datetime.combine(min(day, self._as_at), time(10))
        self._made.append(store.Saved(made_by, at, rows))

    def save(self) -> None:
        """Save all that was made, in one transaction. DataError: it could not be saved; nothing of it was."""
        store.add_past(self._office, self._made)

    def round(self, quarter: Period, tool_id: str) -> None:
        """Draw a quarter's cases, and take each as far as it had come by the as-at day."""
        day = min(quarter.first + timedelta(days=14), self._as_at)
        since = months_before(day, 12)
        audited = [one for one, when in self._audited if when > since]
        population_ = collect(population(self._snapshot.scan, day, Rules(), restricted=(), audited=audited))
        open_now = population_.filter(pl.col("reason").is_null()).height
        rules = Rules(places=min(53, max(6, open_now // 4)))
        told = draw(population_, rules.places, seed_of(quarter.name, 1))
        round_id, draw_id = store.new_id(), store.new_id()
        due = day + timedelta(weeks=4)
        picked = told.rows.filter(pl.col("place") == SELECTED)
        cases = [
            {
                "case_id": store.new_id(), "round_id": round_id, "draw_id": draw_id,
                "allocated_worker": row["worker"],
                **{name: row[name] for name in ("person_id", "pod", "stratum", "status")},
            }
            for row in picked.iter_rows(named=True)
        ]  # fmt: skip
        names = ("person_id", "pod", "stratum", "status", "sort_key", "place", "rank", "reason")
        self._audited += [(one["person_id"], day) for one in cases]
        self.add(
            {
                "audit_rounds": [
                    {
                        "round_id": round_id, "kind": QUARTERLY, "period": quarter.name, "tool_id": tool_id,
                        "title": f"{KINDS[QUARTERLY]} {quarter.name}", "audits_due": due,
                        "moderation_due": due + timedelta(weeks=2), "briefing_due": due + timedelta(weeks=4),
                    }
                ],
                "audit_draws": [
                    {
                        "draw_id": draw_id, "round_id": round_id, "draw_no": 1, "as_at": day,
                        "snapshot_id": self._snapshot.manifest.id, "rules": json.dumps(asdict(rules)),
                        "seed": told.seed, "method_version": METHOD, "frame_size": told.rows.height,
                        "excluded": json.dumps(told.excluded), "frame_sha256": told.sha256,
                    }
                ],
                "audit_frame": [{**row, "draw_id": draw_id} for row in told.rows.select(names).to_dicts()],
                "audit_cases": cases,
                "audit_events": [
                    {"case_id": one["case_id"], "to_state": DRAWN, "part": "qa"} for one in cases
                ],
            },
            day,
        )  # fmt: skip
        self._audits(quarter, cases, day)

    def again(self, before: Period, quarter: Period, tool_id: str) -> None:
        """Audit again in a quarter, blind, what was Inadequate in the one before, and about one in ten."""
        day = min(quarter.first + timedelta(days=21), self._as_at)
        chosen = [
            case
            for case, grade in self._graded.get(before.name, [])
            if grade == INADEQUATE or self.dice.throw("again", case["person_id"], before.name) < SHARE
        ]
        if not chosen:
            return
        round_id, due = store.new_id(), day + timedelta(weeks=4)
        cases = [
            {one: case[one] for one in COPIED}
            | {"case_id": store.new_id(), "round_id": round_id, "reaudit_of_case_id": case["case_id"],
               "blind": True}
            for case in chosen
        ]  # fmt: skip
        self.add(
            {
                "audit_rounds": [
                    {
                        "round_id": round_id, "kind": DIP, "period": quarter.name, "tool_id": tool_id,
                        "title": f"Re-audits {quarter.name}", "audits_due": due,
                        "moderation_due": due + timedelta(weeks=2),
                    }
                ],
                "audit_cases": cases,
                "audit_events": [
                    {"case_id": one["case_id"], "to_state": DRAWN, "part": "system"} for one in cases
                ],
            },
            day,
        )  # fmt: skip
        self._audits(quarter, cases, day)

    def _audits(self, quarter: Period, cases: list[dict[str, Any]], day: date) -> None:
        """The steps of each case, saved by the day on which they were made."""
        by_step: dict[tuple[int, str], Rows] = {}
        age = self.ages[quarter.name]
        for case in cases:
            course = Course(case, quarter.name, age, day, self.dice, self._tool, self.workers, self._who)
            for place, (state, rows) in enumerate(course.steps()):
                if state == MODERATED and "reaudit_of_case_id" not in case:
                    grade = rows["audit_revisions"][0]["overall_grade"]
                    self._graded.setdefault(quarter.name, []).append((case, grade))
                kept = by_step.setdefault((place, state), {})
                for name, each in rows.items():
                    kept.setdefault(name, []).extend(each)
        for (place, _), rows in sorted(by_step.items(), key=lambda each: each[0]):
            self.add(rows, day + timedelta(days=10 * place), "Auditor")

    def consistency(self, tool_id: str) -> None:
        """The yearly check of one quarter: all of its audits graded a second time."""
        period = next(name for name, age in self.ages.items() if age == CHECKED)
        graded = self._graded.get(period, [])
        round_id = store.new_id()
        day = self._as_at - timedelta(days=40)
        rows: Rows = {
            "audit_rounds": [
                {
                    "round_id": round_id, "kind": CONSISTENCY, "period": period, "tool_id": tool_id,
                    "title": f"{KINDS[CONSISTENCY]} {period}", "audits_due": day + timedelta(days=30),
                }
            ]
        }  # fmt: skip
        for name in ("audit_cases", "audit_allocations", "audit_events", "audit_revisions"):
            rows[name] = []
        for case, grade in graded:
            case_id = store.new_id()
            copied = {one: case[one] for one in COPIED}
            rows["audit_cases"].append(
                copied | {"case_id": case_id, "round_id": round_id, "checks_case_id": case["case_id"],
                          "blind": True}
            )  # fmt: skip
            rows["audit_allocations"].append({"case_id": case_id, "auditor": "Quality manager"})
            order = [None, *ORDER]
            rows["audit_events"] += [
                {"case_id": case_id, "from_state": start, "to_state": end, "part": "qa"}
                for start, end in itertools.pairwise(order)
            ]
            thrown = self.dice.throw("second", case["person_id"], period)
            second = max(1, grade - 1) if thrown < 0.14 else min(4, grade + 1) if thrown > 0.93 else grade
            rows["audit_revisions"].append({"case_id": case_id, "stage": "audit", "overall_grade": second})
        if graded:
            self.add(rows, day)
