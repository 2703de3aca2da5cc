"""How one audit of the demo authority goes: how far it comes, by whom, what is found and what is asked."""

from __future__ import annotations

import hashlib
import itertools
from datetime import date, timedelta
from typing import Any

from data.dataclass import dataclass
from data.office.quality import store
from fcl_tui.access.quality.demo_dice import Dice
from fcl_tui.access.quality.demo_words import ACTIONS, DONE, EVIDENCE, VIEWS
from fcl_tui.definitions.days.periods import months_before
from fcl_tui.quality.states import ASSIGNED, CLOSED, DRAWN, IN_PROGRESS, MODERATED, SUBMITTED
from fcl_tui.quality.suggestion import suggested
from fcl_tui.quality.tool import Tool

Rows = dict[str, list[dict[str, Any]]]
"""Rows to be saved, by table"""
ORDER = (DRAWN, ASSIGNED, IN_PROGRESS, SUBMITTED, MODERATED, CLOSED)


@dataclass(frozen=True)
class Course:
    """One case of a quarter, from the day on which it was drawn."""

    case: dict[str, Any]
    quarter: str
    age: int
    """how many quarters ago the quarter was"""
    day: date
    """on which the case was drawn"""
    dice: Dice
    tool: Tool
    workers: list[tuple[Any, ...]]
    """team and worker"""
    reader: str

    def steps(self) -> list[tuple[str, Rows]]:
        """Each step the case has made: the state it came to, and the rows saved with it."""
        told: list[tuple[str, Rows]] = []
        case_id, reached = self.case["case_id"], self._reached()
        own = self._own_grade()
        grade = self._validated(own)
        for start, end in itertools.pairwise(ORDER):
            if ORDER.index(end) > ORDER.index(reached):
                break
            rows: Rows = {"audit_events": [{"case_id": case_id, "from_state": start, "to_state": end,
                                            "part": "auditor"}]}  # fmt: skip
            if end == ASSIGNED:
                rows["audit_allocations"] = [
                    {
                        "case_id": case_id,
                        "auditor": self._auditor(),
                        "moderator": f"Manager, {self.case['pod']}",
                    }
                ]
            elif end == SUBMITTED:
                rows |= self._revision(own)
            elif end == MODERATED:
                head = {"case_id": case_id, "stage": "moderation", "overall_grade": grade}
                if grade != own:
                    head["reason_for_difference"] = "The evidence seen in moderation leads to another grade"
                rows["audit_revisions"] = [head]
            elif end == CLOSED:
                rows["audit_action_events"] = [
                    {"action_id": self._action_id(n), "event": what, "note": note}
                    for n in range(self._actions(own))
                    for what, note in (
                        ("done", self.dice.pick(DONE, "done", case_id, n)),
                        ("verified", None),
                    )
                ]
            told.append((end, rows))
        return told

    def _reached(self) -> str:
        thrown = self._thrown("reached")
        if self.age == 0:
            for state, below in ((DRAWN, 0.15), (ASSIGNED, 0.4), (IN_PROGRESS, 0.5), (SUBMITTED, 0.75)):
                if thrown < below:
                    return state
            return MODERATED
        if self.age == 1:
            return SUBMITTED if thrown < 0.05 else MODERATED
        return CLOSED if thrown < 0.8 else MODERATED

    def _thrown(self, about: str, *more: object) -> float:
        again = ("again",) if "reaudit_of_case_id" in self.case else ()
        return self.dice.throw(about, self.quarter, self.case["person_id"], *again, *more)

    def _auditor(self) -> str:
        """A worker of another team; in the quarter under way the reader has a few."""
        person = self.case["person_id"]
        if self.age == 0 and self.dice.throw("mine", person) < 0.12:
            return self.reader
        others = [worker for team, worker in self.workers if team != self.case["pod"]] or [self.reader]
        return str(self.dice.pick(others, "auditor", self.quarter, person))

    def _own_grade(self) -> int:
        """Practice has become a little better over the quarters."""
        thrown = self._thrown("grade") + 0.02 * self.age
        return 4 if thrown < 0.14 else 3 if thrown < 0.74 else 2 if thrown < 0.96 else 1

    def _validated(self, own: int) -> int:
        thrown = self._thrown("moderated")
        return max(1, own - 1) if thrown < 0.1 else min(4, own + 1) if thrown > 0.96 else own

    def _revision(self, own: int) -> Rows:
        """What the auditor hands in: ratings with evidence, outcomes, actions and the grade."""
        revision_id, person = store.new_id(), self.case["person_id"]
        values = {one.key: self._standard(own, one.key) for one in self.tool.standards}
        suggestion = suggested(self.tool, values)[0]
        outcomes = ("improved", "improving", "improving", "no_change", "too_early", "worse")
        outcome = outcomes[min(5, int(self._thrown("outcome") * (7 - own)))]
        ratings = [
            {
                "revision_id": revision_id, "standard_key": key, "value": value,
                "evidence": self.dice.pick(EVIDENCE[value], "evidence", self.quarter, person, key),
            }
            for key, value in values.items()
        ]  # fmt: skip
        poor = [key for key, value in values.items() if value < 3] or ["planning"]
        actions = [
            {
                "action_id": self._action_id(n), "case_id": self.case["case_id"],
                "standard_key": poor[n % len(poor)], "owner": self.case["allocated_worker"] or self.reader,
                "text": self.dice.pick(ACTIONS, "action", person, n),
                "due": self.day + timedelta(days=70 + 7 * n),
                "priority": "normal", "kind": "child",
            }
            for n in range(self._actions(own))
        ]  # fmt: skip
        head = {
            "revision_id": revision_id, "case_id": self.case["case_id"], "stage": "audit",
            "overall_grade": own, "suggested_grade": suggestion,
            "look_back_from": months_before(self.day, 12), "look_back_to": self.day,
            "child_family_view": self.dice.pick(VIEWS, "view", self.quarter, person),
        }  # fmt: skip
        if suggestion != own:
            head["reason_for_difference"] = "Taken together the work is better described by this grade"
        return {
            "audit_revisions": [head],
            "audit_ratings": ratings,
            "audit_outcomes": [{"revision_id": revision_id, "area": "overall", "outcome": outcome}],
            "audit_actions": actions,
        }

    def _standard(self, own: int, key: str) -> int:
        thrown = self._thrown("standard", key)
        weak = 0.12 if key in ("identity", "family", "oversight") else 0.0
        return max(1, own - 1) if thrown < 0.2 + weak else min(4, own + 1) if thrown > 0.88 else own

    @staticmethod
    def _actions(own: int) -> int:
        return {4: 0, 3: 1, 2: 2, 1: 3}[own]

    def _action_id(self, number: int) -> str:
        return hashlib.sha256(f"{self.case['case_id']} {number}".encode()).hexdigest()[:32]
