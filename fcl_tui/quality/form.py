"""What an auditor writes: a draft that is never lost, and what is missing before it can be handed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from datetime import date
from typing import Any

from data.dataclass import dataclass
from fcl_tui.quality.grades import GOOD, GRADES, NOT_APPLICABLE, OUTCOMES
from fcl_tui.quality.suggestion import suggested
from fcl_tui.quality.tool import Tool

OVERALL = "overall_grade"
"""The line of the overall grade, beside the keys of standards and, with `OUTCOME` before them, of outcomes"""
OUTCOME = "outcome:"
TEXTS = {
    "summary": "Summary",
    "strengths": "Strengths",
    "learning": "Learning",
    "child_family_view": "What the child and family say, or why they were not asked",
    "practitioner_view": "The practitioner's view",
}
"""Lines for words about the case as a whole"""
LONGEST = 4000
"""Characters a text may have"""


@dataclass(frozen=True)
class Entry:
    """What one line of the form holds."""

    value: int | None = None
    """the grade"""
    outcome: str | None = None
    """one of OUTCOMES, on a line of part B"""
    not_applicable: str | None = None
    """a letter of NOT_APPLICABLE"""
    text: str = ""
    """evidence; on the overall line why the grade is another than the suggested one"""
    no_action: str = ""
    """why a standard below Good needs no action"""

    @property
    def answered(self) -> bool:
        """Whether the line says something."""
        return self.value is not None or self.outcome is not None or self.not_applicable is not None


@dataclass(frozen=True)
class Action:
    """One thing to do that the audit asks for. `due` is a day as 2026-12-31."""

    standard: str
    text: str
    owner: str = ""
    due: str = ""
    kind: str = "child"
    priority: str = "normal"

    @property
    def words(self) -> str:
        """What, by whom and by when, as people read it."""
        day = f"{date.fromisoformat(self.due):%d/%m/%Y}" if self.due else "no day"
        return f"{self.text} ({self.owner or 'no owner'}, {day})"


@dataclass(frozen=True)
class Draft:
    """One audit as it is being written; immutable, so that a change can be taken back."""

    entries: Mapping[str, Entry] = field(default_factory=dict)
    actions: tuple[Action, ...] = ()

    def entry(self, key: str) -> Entry:
        """The line of this key."""
        return self.entries.get(key, Entry())

    def changed(self, key: str, **values: Any) -> Draft:
        """With other values on a line."""
        return replace(self, entries={**self.entries, key: replace(self.entry(key), **values)})

    def with_action(self, action: Action) -> Draft:
        """With a further action."""
        return replace(self, actions=(*self.actions, action))

    def told(self) -> dict[str, Any]:
        """As JSON can hold it."""
        return {
            "entries": {key: vars(one) for key, one in self.entries.items()},
            "actions": [vars(one) for one in self.actions],
        }

    @classmethod
    def heard(cls, told: Mapping[str, Any]) -> Draft:
        """From what `told` gave. KeyError or TypeError when it is something else."""
        return cls(
            {str(key): Entry(**one) for key, one in told["entries"].items()},
            tuple(Action(**one) for one in told["actions"]),
        )


def lines(tool: Tool) -> list[tuple[str, str, str]]:
    """The lines of the form in their order: key, kind (standard, outcome, overall, text), name."""
    return [
        *((one.key, "standard", one.name) for one in tool.standards),
        *((OUTCOME + one.key, "outcome", one.name) for one in tool.outcomes),
        (OVERALL, "overall", "Overall grade"),
        *((key, "text", name) for key, name in TEXTS.items()),
    ]


def values_of(tool: Tool, draft: Draft) -> dict[str, int | None]:
    """The grade of each standard by key."""
    return {one.key: draft.entry(one.key).value for one in tool.standards}


def missing(tool: Tool, draft: Draft, *, words: bool = True) -> list[tuple[str, str]]:
    """What must be there before it can be handed in: the line's key, and a sentence each.

    Every standard is graded or does not apply, for a reason; the required outcomes and the overall grade are
    there; a grade other than the suggested one says why; a standard below Good has evidence, and an action or
    the reason for none.

    Args:
        words: false leaves out what has to be written, as where the tool asks for grades alone.
    """
    told: list[tuple[str, str]] = []
    acted = {one.standard for one in draft.actions}
    for one in tool.standards:
        entry = draft.entry(one.key)
        if not entry.answered:
            told.append((one.key, f"Grade, or why it does not apply: {one.name}"))
        elif words and tool.scale == "grades" and entry.value is not None and entry.value < GOOD:
            if not entry.text.strip():
                told.append((one.key, f"Evidence: {one.name}"))
            if one.key not in acted and not entry.no_action.strip():
                told.append((one.key, f"Action, or why none: {one.name}"))
        elif entry.not_applicable == "o" and not entry.text.strip():
            told.append((one.key, f"Words, why it does not apply: {one.name}"))
    told += [
        (OUTCOME + one.key, f"What became of it: {one.name}")
        for one in tool.outcomes
        if one.required and draft.entry(OUTCOME + one.key).outcome is None
    ]
    overall = draft.entry(OVERALL)
    grade, why = suggested(tool, values_of(tool, draft))
    if overall.value is None:
        told.append((OVERALL, "Give the overall grade"))
    elif grade is not None and overall.value != grade and not overall.text.strip():
        told.append((OVERALL, f"{GRADES[grade]} is suggested ({why.rstrip('.')}): say why another grade"))
    return told


def shown(kind: str, entry: Entry, scale: str = "grades") -> str:
    """What a line holds, in words."""
    if entry.not_applicable is not None:
        return f"Not applicable: {NOT_APPLICABLE[entry.not_applicable].lower()}"
    if entry.outcome is not None:
        return OUTCOMES[entry.outcome]
    if entry.value is not None:
        return GRADES[entry.value] if kind == "overall" or scale == "grades" else f"{entry.value} of 10"
    return ""
