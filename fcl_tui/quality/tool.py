"""An audit tool as data: standards of part A, outcomes of part B, the scale, and its checksum."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import field
from datetime import date
from importlib.resources import files
from typing import Any

from data.dataclass import dataclass
from data.errors import DataError
from fcl_tui.quality.grades import GRADES

KINDS = ("social_work", "thematic", "multi_agency", "observation")
SCALES: Mapping[str, tuple[int, ...]] = {"grades": (1, 2, 3, 4), "0-10": tuple(range(11))}
"""The values a standard can have: the four grades, or the scale of 0 to 10"""
FACTS = ("visits", "assessments", "reviews")
"""Figures that can be shown beside a standard. None is ever turned into a grade."""
DEFAULT = "social-work-2026"


@dataclass(frozen=True)
class Standard:
    """One quality standard of part A."""

    key: str
    name: str
    question: str
    prompts: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    applies_to: tuple[str, ...] = ()
    """statuses it is for; none given: all"""
    descriptors: Mapping[int, str] = field(default_factory=dict)
    """by grade"""


@dataclass(frozen=True)
class Area:
    """One outcome area of part B."""

    key: str
    name: str
    required: bool = False


@dataclass(frozen=True)
class Suggestion:
    """How the overall grade is suggested from the standards; a person decides."""

    decisive: tuple[str, ...] = ("assessment", "decision", "oversight")
    most_below_good: int = 3
    least_outstanding: int = 8


@dataclass(frozen=True)
class Tool:
    """One version of a tool. `body` is its text as it was read, `sha256` the checksum of that."""

    key: str
    version: str
    title: str
    kind: str
    valid_from: date
    standards: tuple[Standard, ...]
    outcomes: tuple[Area, ...]
    body: str
    scale: str = "grades"
    look_back_months: int = 12
    judged_months: int = 6
    suggest_overall: bool = True
    suggestion: Suggestion = Suggestion()

    @property
    def sha256(self) -> str:
        """The checksum of its text."""
        return hashlib.sha256(self.body.encode("utf-8")).hexdigest()

    @property
    def values(self) -> tuple[int, ...]:
        """What a standard can be given."""
        return SCALES[self.scale]

    def standard(self, key: str) -> Standard:
        """The standard of a key. KeyError: there is none."""
        for one in self.standards:
            if one.key == key:
                return one
        raise KeyError(key)


def packaged(name: str = DEFAULT) -> Tool:
    """A tool that comes with the application. FileNotFoundError: there is none of that name."""
    text = files("fcl_tui.quality").joinpath("tools", f"{name}.toml").read_text(encoding="utf-8")
    return read(text, f"{name}.toml")


def read(text: str, called: str) -> Tool:
    """A tool from the text of its file.

    Raises:
        DataError: it is not TOML, or something in it is not as a tool has it; the sentence names the file,
        the
            standard and what to do.
    """
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"The audit tool {called} is not valid TOML: {error}. Fix the file.") from error
    try:
        standards = tuple(_standard(one, called) for one in _tables(told, "standard", called))
        tool = Tool(
            key=_text(told, "key", called),
            version=_text(told, "version", called),
            title=_text(told, "title", called),
            kind=_text(told, "kind", called),
            valid_from=told["valid_from"],
            standards=standards,
            outcomes=tuple(
                Area(_text(one, "key", called), _text(one, "name", called), one.get("required", False))
                for one in _tables(told, "outcome", called)
            ),
            body=text,
            scale=told.get("scale", "grades"),
            look_back_months=told.get("look_back_months", 12),
            judged_months=told.get("judged_months", 6),
            suggest_overall=told.get("suggest_overall", True),
            suggestion=_suggestion(told.get("suggestion", {})),
        )
    except (KeyError, TypeError) as error:
        raise DataError(
            f"The audit tool {called} lacks {error} or has it in another form. Fix the file."
        ) from error
    _check(tool, called)
    return tool


def _suggestion(told: Mapping[str, Any]) -> Suggestion:
    usual = Suggestion()
    return Suggestion(
        tuple(told.get("decisive", usual.decisive)),
        told.get("most_below_good", usual.most_below_good),
        told.get("least_outstanding", usual.least_outstanding),
    )


def _standard(told: Mapping[str, Any], called: str) -> Standard:
    return Standard(
        key=_text(told, "key", called),
        name=_text(told, "name", called),
        question=_text(told, "question", called),
        prompts=tuple(told.get("prompts", ())),
        facts=tuple(told.get("facts", ())),
        applies_to=tuple(told.get("applies_to", ())),
        descriptors={grade: told[str(grade)] for grade in GRADES if str(grade) in told},
    )


def _tables(told: Mapping[str, Any], name: str, called: str) -> list[Mapping[str, Any]]:
    rows = told.get(name, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise DataError(f"The audit tool {called} writes {name} as [[{name}]], once for each. Fix the file.")
    return rows


def _text(told: Mapping[str, Any], key: str, called: str) -> str:
    value = told[key]
    if not isinstance(value, str) or not value.strip():
        raise DataError(f"The audit tool {called} has {key} = {value!r}; it takes words. Fix the file.")
    return value


def _check(tool: Tool, called: str) -> None:
    faults = []
    keys = [one.key for one in tool.standards]
    areas = [one.key for one in tool.outcomes]
    if tool.kind not in KINDS:
        faults.append(f"kind is one of {', '.join(KINDS)}, not {tool.kind!r}")
    if tool.scale not in SCALES:
        faults.append(f"scale is one of {', '.join(SCALES)}, not {tool.scale!r}")
    if type(tool.valid_from) is not date:
        faults.append("valid_from takes a day such as 2026-04-01, without quotes")
    if not keys:
        faults.append("it has no [[standard]]")
    for name, known in (("standard", keys), ("outcome", areas)):
        faults += [
            f"{name} {key!r} is there twice" for key in sorted({k for k in known if known.count(k) > 1})
        ]
    for one in tool.standards:
        faults += [
            f"{one.key} names the fact {fact!r}, which there is not"
            for fact in one.facts
            if fact not in FACTS
        ]
    faults += [
        f"decisive names {key!r}, which is no standard" for key in tool.suggestion.decisive if key not in keys
    ]
    if faults:
        raise DataError(f"The audit tool {called} cannot be used: {'; '.join(faults)}. Fix the file.")
