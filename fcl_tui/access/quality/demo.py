"""Six quarters of audits for the demo authority, made from its own data: no real child is in them."""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import polars as pl

from data.frames import collect
from data.office.quality import store
from fcl_tui.access.office import office_of
from fcl_tui.access.quality.demo_words import ACTIONS, DONE, EVIDENCE, VIEWS
from fcl_tui.definitions.board_periods import Period, quarter_of, quarters_to
from fcl_tui.definitions.periods import months_before
from fcl_tui.quality.population import Rules, population
from fcl_tui.quality.rounds import CONSISTENCY, KINDS, QUARTERLY
from fcl_tui.quality.sampling import METHOD, SELECTED, draw, seed_of
from fcl_tui.quality.states import ASSIGNED, CLOSED, DRAWN, IN_PROGRESS, MODERATED, SUBMITTED
from fcl_tui.quality.suggestion import suggested
from fcl_tui.quality.tool import packaged

if TYPE_CHECKING:
    from data.office.office import Office
    from data.snapshots.reader import Snapshot
    from fcl_tui.config.settings import Settings

QUARTERS = 6
CHECKED = 2
"""How many quarters ago the one is whose consistency was checked"""
Rows = dict[str, list[dict[str, Any]]]


class Dice:
    """Throws that come out the same each time, by what they are for."""

    def __init__(self, seed: int) -> None:
        self._seed = seed

    def throw(self, *about: object) -> float:
        """From 0 to below 1."""
        text = "\x1f".join(map(str, (self._seed, *about)))
        return int(hashlib.sha256(text.encode()).hexdigest()[:12], 16) / 16**12

    def pick(self, of: Sequence[Any], *about: object) -> Any:
        """One of them."""
        return of[int(self.throw(*about) * len(of))]


def make_audits(settings: Settings, snapshot: Snapshot, as_at: date, seed: int) -> None:
    """Write six quarters of audits, the newest under way, into the office of the demo authority.

    Nothing where its audits are there already; where they are of another demo authority, that office is begun
    anew: rows cannot be removed from it.
    """
    from fcl_tui.access.quality.demo_registers import registers

    office = office_of(settings, demo=True)
    if office.in_use():
        before = store.read(office, "audit_cases")["audit_cases"]["person_id"]
        there = collect(snapshot.scan("people").select("person_id"))["person_id"]
        if before.len() and before.is_in(there.implode()).all():
            return
        if before.len():
            for name in ("office.db", "office.db-wal", "office.db-shm"):
                (office.home / name).unlink(missing_ok=True)
    maker = Maker(settings, snapshot, as_at, Dice(seed), office)
    tool = packaged()
    tool_id = store.new_id()
    names = ("key", "kind", "version", "valid_from", "body", "sha256")
    maker.add({"audit_tools": [{"tool_id": tool_id, **{one: getattr(tool, one) for one in names}}]}, as_at)
    for age, each in enumerate([*quarters_to(as_at, QUARTERS - 1), quarter_of(as_at)][::-1]):
        maker.ages[each.name] = age
    for each in [*quarters_to(as_at, QUARTERS - 1), quarter_of(as_at)]:
        maker.round(each, tool_id)
    maker.consistency(tool_id)
    registers(maker)


class Maker:
    """Makes one quarter after the other; what was audited before is not drawn again."""

    def __init__(
        self, settings: Settings, snapshot: Snapshot, as_at: date, dice: Dice, office: Office
    ) -> None:
        self._who, self._snapshot, self._as_at, self.dice = settings.who, snapshot, as_at, dice
        self._office = office
        self._tool = packaged()
        self._audited: list[tuple[str, date]] = []
        self._graded: dict[str, list[tuple[dict[str, Any], int]]] = {}
        self.ages: dict[str, int] = {}
        """by quarter how many quarters ago it was"""
        held = collect(
            snapshot.scan("allocations").select("team", "worker").drop_nulls().unique().sort("team", "worker")
        )
        self.workers = held.rows()

    def add(self, rows: Rows, day: date, made_by: str = "Quality manager") -> None:
        """Save rows as they were made on a day."""
        at = datetime.combine(min(day, self._as_at), time(10))
        store.add(self._office, made_by, rows, made_at=at)

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

    def _audits(self, quarter: Period, cases: list[dict[str, Any]], day: date) -> None:
        """The steps of each case, saved by the day on which they were made."""
        by_step: dict[tuple[int, str], Rows] = {}
        for case in cases:
            reached = self._reached(quarter, case)
            for place, (state, rows) in enumerate(self._steps(quarter, case, day, reached)):
                kept = by_step.setdefault((place, state), {})
                for name, each in rows.items():
                    kept.setdefault(name, []).extend(each)
        for (place, _), rows in sorted(by_step.items(), key=lambda each: each[0]):
            self.add(rows, day + timedelta(days=10 * place), "Auditor")

    def _reached(self, quarter: Period, case: dict[str, Any]) -> str:
        age, thrown = self.ages[quarter.name], self.dice.throw("reached", quarter.name, case["person_id"])
        if age == 0:
            for state, below in ((DRAWN, 0.15), (ASSIGNED, 0.4), (IN_PROGRESS, 0.5), (SUBMITTED, 0.75)):
                if thrown < below:
                    return state
            return MODERATED
        if age == 1:
            return SUBMITTED if thrown < 0.05 else MODERATED
        return CLOSED if thrown < 0.8 else MODERATED

    def _steps(
        self, quarter: Period, case: dict[str, Any], day: date, reached: str
    ) -> list[tuple[str, Rows]]:
        order = [DRAWN, ASSIGNED, IN_PROGRESS, SUBMITTED, MODERATED, CLOSED]
        told: list[tuple[str, Rows]] = []
        case_id, person = case["case_id"], case["person_id"]
        auditor = self._auditor(case, quarter)
        own = self._own_grade(quarter, person)
        grade = self._validated(own, quarter, person)
        for start, end in itertools.pairwise(order):
            if order.index(end) > order.index(reached):
                break
            rows: Rows = {"audit_events": [{"case_id": case_id, "from_state": start, "to_state": end,
                                            "part": "auditor"}]}  # fmt: skip
            if end == ASSIGNED:
                rows["audit_allocations"] = [
                    {"case_id": case_id, "auditor": auditor, "moderator": f"Manager, {case['pod']}"}
                ]
            elif end == SUBMITTED:
                rows |= self._revision(quarter, case, own, day)
            elif end == MODERATED:
                head = {"case_id": case_id, "stage": "moderation", "overall_grade": grade}
                if grade != own:
                    head["reason_for_difference"] = "The evidence seen in moderation leads to another grade"
                rows["audit_revisions"] = [head]
                self._graded.setdefault(quarter.name, []).append((case, grade))
            elif end == CLOSED:
                rows["audit_action_events"] = [
                    {"action_id": self._action_id(case, n), "event": what, "note": note}
                    for n in range(self._actions(own))
                    for what, note in (
                        ("done", self.dice.pick(DONE, "done", case_id, n)),
                        ("verified", None),
                    )
                ]
            told.append((end, rows))
        return told

    def _auditor(self, case: dict[str, Any], quarter: Period) -> str:
        """A worker of another team; in the quarter under way the reader has a few."""
        if self.ages[quarter.name] == 0 and self.dice.throw("mine", case["person_id"]) < 0.12:
            return self._who
        others = [worker for team, worker in self.workers if team != case["pod"]] or [self._who]
        return str(self.dice.pick(others, "auditor", quarter.name, case["person_id"]))

    def _own_grade(self, quarter: Period, person: str) -> int:
        """Practice has become a little better over the quarters."""
        thrown = self.dice.throw("grade", quarter.name, person) + 0.02 * self.ages[quarter.name]
        return 4 if thrown < 0.14 else 3 if thrown < 0.74 else 2 if thrown < 0.96 else 1

    def _validated(self, own: int, quarter: Period, person: str) -> int:
        thrown = self.dice.throw("moderated", quarter.name, person)
        return max(1, own - 1) if thrown < 0.1 else min(4, own + 1) if thrown > 0.96 else own

    def _revision(self, quarter: Period, case: dict[str, Any], own: int, day: date) -> Rows:
        revision_id, person = store.new_id(), case["person_id"]
        values = {one.key: self._standard(own, one.key, quarter, person) for one in self._tool.standards}
        suggestion = suggested(self._tool, values)[0]
        outcomes = ("improved", "improving", "improving", "no_change", "too_early", "worse")
        outcome = outcomes[min(5, int(self.dice.throw("outcome", quarter.name, person) * (7 - own)))]
        ratings = [
            {
                "revision_id": revision_id, "standard_key": key, "value": value,
                "evidence": self.dice.pick(EVIDENCE[value], "evidence", quarter.name, person, key),
            }
            for key, value in values.items()
        ]  # fmt: skip
        poor = [key for key, value in values.items() if value < 3] or ["planning"]
        actions = [
            {
                "action_id": self._action_id(case, n), "case_id": case["case_id"],
                "standard_key": poor[n % len(poor)], "owner": case["allocated_worker"] or self._who,
                "text": self.dice.pick(ACTIONS, "action", person, n),
                "due": day + timedelta(days=70 + 7 * n),
                "priority": "normal", "kind": "child",
            }
            for n in range(self._actions(own))
        ]  # fmt: skip
        head = {
            "revision_id": revision_id, "case_id": case["case_id"], "stage": "audit", "overall_grade": own,
            "suggested_grade": suggestion, "look_back_from": months_before(day, 12), "look_back_to": day,
            "child_family_view": self.dice.pick(VIEWS, "view", quarter.name, person),
        }  # fmt: skip
        if suggestion != own:
            head["reason_for_difference"] = "Taken together the work is better described by this grade"
        return {
            "audit_revisions": [head],
            "audit_ratings": ratings,
            "audit_outcomes": [{"revision_id": revision_id, "area": "overall", "outcome": outcome}],
            "audit_actions": actions,
        }

    def _standard(self, own: int, key: str, quarter: Period, person: str) -> int:
        thrown = self.dice.throw("standard", quarter.name, person, key)
        weak = 0.12 if key in ("identity", "family", "oversight") else 0.0
        return max(1, own - 1) if thrown < 0.2 + weak else min(4, own + 1) if thrown > 0.88 else own

    @staticmethod
    def _actions(own: int) -> int:
        return {4: 0, 3: 1, 2: 2, 1: 3}[own]

    @staticmethod
    def _action_id(case: dict[str, Any], number: int) -> str:
        return hashlib.sha256(f"{case['case_id']} {number}".encode()).hexdigest()[:32]

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
            copied = {one: case[one] for one in ("person_id", "pod", "stratum", "status", "allocated_worker")}
            rows["audit_cases"].append(
                copied | {"case_id": case_id, "round_id": round_id, "checks_case_id": case["case_id"],
                          "blind": True}
            )  # fmt: skip
            rows["audit_allocations"].append({"case_id": case_id, "auditor": "Quality manager"})
            order = [None, DRAWN, ASSIGNED, IN_PROGRESS, SUBMITTED, MODERATED, CLOSED]
            rows["audit_events"] += [
                {"case_id": case_id, "from_state": start, "to_state": end, "part": "qa"}
                for start, end in itertools.pairwise(order)
            ]
            thrown = self.dice.throw("second", case["person_id"], period)
            second = max(1, grade - 1) if thrown < 0.14 else min(4, grade + 1) if thrown > 0.93 else grade
            rows["audit_revisions"].append({"case_id": case_id, "stage": "audit", "overall_grade": second})
        if graded:
            self.add(rows, day)
