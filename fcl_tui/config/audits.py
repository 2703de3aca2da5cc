"""The authority's rules for audits of practice: the table [audits] of settings.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from data.dataclass import dataclass
from data.errors import DataError

STRATA = ("pod", "status", "pod_status")


@dataclass(frozen=True, kw_only=True)
class Audits:
    """What the table may say; every value has a default."""

    cases: int = 53
    """children drawn in a quarter"""
    strata: str = "pod"
    """by what the draw is spread: pod, status, or pod_status"""
    months_without_repeat: int = 12
    weeks_open: int = 6
    """weeks a case must have been open to be judged"""
    teams_left_out: tuple[str, ...] = ()
    """teams whose cases are not audited, by the names in the case system"""
    fewest_shown: int = 5
    """figures of fewer audits are not shown outside the pod"""
    audit_weeks: int = 4
    moderation_weeks: int = 2
    """weeks after that in which an audit is due to be moderated"""
    grant_days: int = 28
    """days after moderation in which the child's record stays open to auditor and moderator"""
    reaudit_months: int = 3
    """months after which an audit that was Inadequate is repeated"""
    inadequate_is_confirmed: bool = True
    """whether an Inadequate is validated only once the head of service, a senior manager whose entry names
    the pod, has confirmed it; where none is listed, the pod manager's grade stands"""
    words_years: int = 6
    """years `purge` leaves the words of an audit after its last step; grades stay"""
    tool: str = "social-work-2026"


def of_table(path: Path, told: Any) -> Audits:
    """The rules from the table [audits] as it was read.

    Raises:
        DataError: a value is not one it can have; the sentence names the file, the key and the value.
    """
    if not isinstance(told, Mapping):
        raise DataError(f"{path}: audits is a table: [audits], then cases = 53 and the rest under it.")
    usual = Audits()
    names = {one.name for one in fields(Audits)}
    known: dict[str, Any] = {}
    for key, value in told.items():
        if key not in names:
            listed = ", ".join(sorted(names))
            raise DataError(f"{path}: [audits] has {key!r}, which means nothing. There are: {listed}.")
        known[key] = _value(path, key, value, getattr(usual, key))
    return Audits(**known)


def _value(path: Path, key: str, value: Any, usual: Any) -> Any:
    if isinstance(usual, tuple):
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            return tuple(value)
        wanted = 'a list of names, such as ["Early Help Hub"]'
    elif isinstance(usual, bool):
        if isinstance(value, bool):
            return value
        wanted = "true or false"
    elif isinstance(usual, int):
        if isinstance(value, int) and not isinstance(value, bool) and 0 < value <= 1000:
            return value
        wanted = "a whole number from 1 to 1,000"
    else:
        if isinstance(value, str) and value.strip() and (key != "strata" or value in STRATA):
            return value
        wanted = f"one of {', '.join(STRATA)}" if key == "strata" else "the name of a tool"
    raise DataError(f"{path}: [audits] {key} = {value!r} is not usable; it takes {wanted}.")
