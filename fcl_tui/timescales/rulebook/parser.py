"""Reading rules from TOML: what each key may hold, and what an authority may change."""

import itertools
import re
import tomllib
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date, datetime
from typing import Any, NoReturn

from fcl_tui.timescales.rulebook.rules import (
    UNITS,
    Interval,
    Rule,
    Rules,
    RulesError,
    Settings,
    TeamPolicy,
    team_key,
)

TEXTS = ("name", "kind", "applies_to", "starts_from", "clears", "source", "unavailable", "note")
CONVENTIONS = ("lapses_after",)
"""Steps of statutory rules that no law sets: an authority may."""
NOT_STEPS = (*TEXTS, "statutory", "needs", "fields", "soon", "limit_age", "on", "from", "until")
KINDS = (
    "visit",
    "review",
    "assessment",
    "conference",
    "health",
    "contact",
    "plan",
    "court",
    "adoption",
    "interview",
)
CLOCKS = ("referral", "assessment")
LONGEST = 5000


class _Place:
    """Where in a file something stands, for messages."""

    def __init__(self, text: str, file: str) -> None:
        self._lines, self._file = text.splitlines(), file

    def line(self, table: str, key: str | None = None) -> int:
        """The line of `key` in `[table]`, else of the table, else of the one around it; 1 when not found."""
        while table:
            if found := (key is not None and self._find(table, key)) or self._find(table, None):
                return found
            table, _, key = table.rpartition(".")
        return 1

    def _find(self, table: str, key: str | None) -> int:
        wanted, whole = _bare(table), _bare(f"{table}.{key}")
        here = False
        for number, line in enumerate(self._lines, 1):
            header = re.match(r"\s*\[+\s*([^\]]+?)\s*\]+", line)
            if header:
                inside = _bare(header.group(1))
                if inside == (wanted if key is None else whole):
                    return number
                here = inside == wanted
            elif here and key is not None and re.match(rf'\s*["\']?{re.escape(key)}["\']?\s*[.=]', line):
                return number
        return 0

    def refuse(self, reason: str, table: str, key: str | None = None) -> NoReturn:
        raise RulesError(f"{self._file}, line {self.line(table, key)}: {reason}")


def _bare(name: str) -> str:
    return re.sub(r"[\"'\s]", "", name)


def _parsed(text: str, file: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RulesError(f"{file}: not readable as TOML: {error}.") from error


def _whole(value: object, lowest: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and lowest <= value <= LONGEST


def _soon(value: object, place: _Place, table: str, key: str) -> tuple[int, str]:
    if not isinstance(value, Mapping) or set(value) != {"within", "unit"}:
        place.refuse('"soon" is written { within = 5, unit = "wd" }.', table, key)
    if not _whole(value["within"], 0) or value["unit"] not in ("wd", "d"):
        place.refuse('"soon" takes a whole number of wd (working days) or d (days).', table, key)
    return int(value["within"]), str(value["unit"])


def _interval(value: object, place: _Place, table: str, key: str) -> Interval:
    if not isinstance(value, Mapping) or not {"every", "unit"} <= set(value):
        place.refuse(f'"{key}" is written {{ every = 10, unit = "wd" }}.', table, key)
    if unknown := set(value) - {"every", "unit", "soon", "from", "until"}:
        place.refuse(f'"{key}" does not take "{sorted(unknown)[0]}".', table, key)
    lowest = 0 if key == "not_up_to_date" else 1
    if not _whole(value["every"], lowest):
        place.refuse(
            f'"{key}": every must be a whole number from {lowest} to {LONGEST}, not {value["every"]!r}.',
            table,
            key,
        )
    if value["unit"] not in UNITS:
        place.refuse(f'"{key}": unit must be one of {", ".join(UNITS)}, not {value["unit"]!r}.', table, key)
    soon, soon_unit = _soon(value["soon"], place, table, key) if "soon" in value else (None, None)
    return Interval(
        int(value["every"]),
        str(value["unit"]),
        soon,
        soon_unit,
        _day(value.get("from"), place, table, key),
        _day(value.get("until"), place, table, key),
    )


def _day(value: object, place: _Place, table: str, key: str) -> date | None:
    if value is None:
        return None
    if isinstance(value, datetime) or not isinstance(value, date):
        place.refuse(f'"{key}": from and until are dates written 2027-04-01.', table, key)
    return value


def _intervals(value: object, place: _Place, table: str, key: str) -> tuple[Interval, ...]:
    """One interval, or several that follow one another without a gap and reach from ever to for ever."""
    several = value if isinstance(value, list) else [value]
    found = tuple(_interval(one, place, table, key) for one in several)
    whole = bool(found) and found[0].valid_from is None and found[-1].until is None
    joined = all(a.until is not None and a.until == b.valid_from for a, b in itertools.pairwise(found))
    if not whole or not joined:
        place.refuse(
            f'"{key}": the intervals must follow one another: the first without "from", the last without '
            '"until", and each starting on the day the one before it ends.',
            table,
            key,
        )
    return found


def _rule(key: str, raw: Mapping[str, Any], place: _Place) -> Rule:
    table = f"rule.{key}"
    for needed in ("name", "kind", "applies_to", "starts_from", "source", "statutory"):
        if needed not in raw:
            place.refuse(f'the rule {key} has no "{needed}".', table)
    if raw["kind"] not in KINDS:
        place.refuse(f'"kind" must be one of {", ".join(KINDS)}.', table, "kind")
    soon, soon_unit = _soon(raw["soon"], place, table, "soon") if "soon" in raw else (0, "d")
    texts: dict[str, Any] = {text: str(raw.get(text, "")) for text in TEXTS}
    return Rule(
        key=key,
        statutory=bool(raw["statutory"]),
        needs=tuple(raw.get("needs", ())),
        fields=tuple(raw.get("fields", ())),
        soon=soon,
        soon_unit=soon_unit,
        limit_age=raw.get("limit_age"),
        on=bool(raw.get("on", True)),
        valid_from=_day(raw.get("from"), place, table, "from"),
        until=_day(raw.get("until"), place, table, "until"),
        steps={
            step: _intervals(value, place, table, step)
            for step, value in raw.items()
            if step not in NOT_STEPS
        },
        **texts,
    )


def _settings(settings: Settings, raw: Mapping[str, Any], place: _Place) -> Settings:
    for key, value in raw.items():
        known = {one.name: getattr(settings, one.name) for one in fields(Settings)}
        if key not in known:
            place.refuse(
                f'there is no setting "{key}"; there are {", ".join(sorted(known))}.', "settings", key
            )
        if type(value) is not type(known[key]):
            kind = {bool: "true or false", int: "a whole number", str: "a text"}[type(known[key])]
            place.refuse(f'"{key}" must be {kind}.', "settings", key)
        if key == "count_from_day" and value not in (0, 1):
            place.refuse('"count_from_day" must be 0 or 1.', "settings", key)
        if key == "assessment_clock" and value not in CLOCKS:
            place.refuse(f'"assessment_clock" must be one of {", ".join(CLOCKS)}.', "settings", key)
        settings = replace(settings, **{key: value})
    return settings


def read(text: str, file: str) -> Rules:
    """A whole rules file."""
    raw, place = _parsed(text, file), _Place(text, file)
    rules = {key: _rule(key, value, place) for key, value in raw["rule"].items()}
    return Rules(rules, _settings(Settings(), raw.get("settings", {}), place))


def overridden(rules: Rules, text: str, file: str) -> Rules:
    """The rules with an authority's own file laid over them; RulesError when it may not."""
    raw, place = _parsed(text, file), _Place(text, file)
    for table in raw:
        if table not in ("rule", "settings"):
            place.refuse(f'only [settings] and [rule.<key>] are known, not "{table}".', table)
        if not isinstance(raw[table], Mapping):
            place.refuse(f'"{table}" must be a table.', table)
    changed = dict(rules.rules)
    for key, values in raw.get("rule", {}).items():
        if key not in changed:
            place.refuse(f'there is no rule "{key}".', f"rule.{key}")
        if not isinstance(values, Mapping):
            place.refuse(f"write [rule.{key}] and the changes under it.", "rule", key)
        changed[key] = _changed(changed[key], values, place, file)
    told = raw.get("settings", {})
    lines = {key: f"{file}, line {place.line('settings', key)}" for key in told}
    return Rules(changed, _settings(rules.settings, told, place), lines)


def _changed(rule: Rule, values: Mapping[str, Any], place: _Place, file: str) -> Rule:
    table = f"rule.{rule.key}"
    lines = []
    for key, value in values.items():
        lines.append(place.line(table, key))
        if key == "soon":
            soon, unit = _soon(value, place, table, key)
            rule = replace(rule, soon=soon, soon_unit=unit)
        elif key == "on":
            if not isinstance(value, bool):
                place.refuse('"on" must be true or false.', table, key)
            if rule.statutory and not value and rule.on:
                place.refuse(f"{rule.key} is statutory ({rule.source}) and stays on.", table, key)
            rule = replace(rule, on=value)
        elif key in rule.steps:
            _local(rule, place, table, key)
            rule = replace(rule, steps={**rule.steps, key: _intervals(value, place, table, key)})
        elif key == "team":
            _local(rule, place, table, key)
            rule = replace(rule, teams=_teams(rule, value, place))
            lines[-1:] = [policy.line for policy in rule.teams.values()]
        else:
            may = ["soon", "on"] + ([] if rule.statutory else [*rule.steps, "team"])
            place.refuse(f'{rule.key} does not take "{key}" here; it takes {", ".join(may)}.', table, key)
    return replace(rule, changed_in=file, changed_lines=tuple(sorted(set(lines))))


def _local(rule: Rule, place: _Place, table: str, key: str) -> None:
    if rule.statutory and key not in CONVENTIONS:
        place.refuse(
            f"{rule.key} is statutory ({rule.source}); its interval cannot be changed here.", table, key
        )


def _teams(rule: Rule, value: object, place: _Place) -> dict[str, TeamPolicy]:
    """The teams that have intervals of their own, by `team_key`."""
    table = f"rule.{rule.key}"
    if not isinstance(value, Mapping) or not value:
        place.refuse(f'write [{table}.team."Name of the team"] and its intervals under it.', table, "team")
    found: dict[str, TeamPolicy] = {}
    for name, steps in value.items():
        own = f"{table}.team.{name}"
        if not team_key(name) or team_key(name) in found:
            place.refuse(f'the team "{name}" is there twice, or has no name.', own)
        if not isinstance(steps, Mapping) or not steps:
            place.refuse(f'write the intervals of the team "{name}" under it, as {_example(rule)}.', own)
        for step in steps:
            if step not in rule.steps:
                place.refuse(
                    f'{rule.key} does not take "{step}" for a team; it takes {", ".join(rule.steps)}.',
                    own,
                    step,
                )
        intervals = {step: _intervals(given, place, own, step) for step, given in steps.items()}
        found[team_key(name)] = TeamPolicy(name.strip(), intervals, place.line(own, next(iter(steps))))
    return found


def _example(rule: Rule) -> str:
    return f'{next(iter(rule.steps), "later")} = {{ every = 30, unit = "wd" }}'
