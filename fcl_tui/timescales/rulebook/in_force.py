"""The rules in force on a day, in words, and where each comes from."""

from collections.abc import Collection, Mapping
from datetime import date

import polars as pl

from fcl_tui.timescales.phrases import counted
from fcl_tui.timescales.rulebook.rules import Interval, Rule, Rules

COLUMNS: dict[str, type[pl.DataType]] = {
    "rule": pl.String,
    "name": pl.String,
    "team": pl.String,
    "first": pl.String,
    "later": pl.String,
    "otherwise": pl.String,
    "unit": pl.String,
    "due_soon": pl.String,
    "standing": pl.String,
    "set_in": pl.String,
    "available": pl.Boolean,
    "unavailable_reason": pl.String,
    "source": pl.String,
    "applies_to": pl.String,
    "starts_from": pl.String,
    "note": pl.String,
}
NOTHING_LOADED = "nothing is loaded yet"
NOT_WHOLE_INTERVALS = ("long_term_after", "eligible_after", "lapses_after")
"""Steps that say when another one begins to hold."""


def in_force(
    rules: Rules,
    day: date,
    *,
    coverage: pl.DataFrame | None = None,
    loaded: pl.DataFrame | None = None,
    unknown_teams: Collection[str] = (),
) -> pl.DataFrame:
    """What holds for a clock started on this day.

    Args:
        rules: packaged rules with the authority's own laid over them.
        day: the day asked about. A rule that has not begun by then, or has ended, is not listed.
        coverage: what the snapshot's source holds; None: nothing is loaded.
        loaded: the snapshot's own frame `rules`; where it differs, the snapshot was made before a change.
        unknown_teams: keys of teams that no allocation has.

    Returns:
        one row per rule, and under it one per team with intervals of its own: rule, name, team (null: all
        teams), first and later (the interval in words; null: there is none, or for a team: as for all),
        otherwise (intervals of special circumstances), unit (wd, d, w, m of the interval that comes back),
        due_soon (in words), standing (statutory or local), set_in (packaged, or the file and lines),
        available (Boolean; null where that cannot be known before a source is loaded),
        unavailable_reason, source, applies_to, starts_from, note (all String).
    """
    then = {} if loaded is None else {row["rule"]: row for row in loaded.iter_rows(named=True)}
    now = {row["rule"]: row for row in rules.frame(coverage).iter_rows(named=True)}
    rows = []
    for rule in rules.rules.values():
        if not rule.holds(day):
            continue
        missing = rules.missing(rule, coverage)
        unknown = not missing and coverage is None
        notes = [rule.note] if rule.note else []
        if rule.key in then and _changed(then[rule.key], now[rule.key]):
            notes.append("Changed since the snapshot was made: load again for it to count.")
        rows.append(
            _row(rule, day, rule.steps)
            | {
                "set_in": _where(rule, rule.changed_lines),
                "available": None if unknown else not missing,
                "unavailable_reason": missing or (NOTHING_LOADED if unknown else None),
                "note": " ".join(notes) or None,
            }
        )
        for key, policy in rule.teams.items():
            said = "No allocation in the snapshot names this team." if key in unknown_teams else None
            rows.append(
                _row(rule, day, policy.steps)
                | {"team": policy.team, "set_in": _where(rule, (policy.line,)), "note": said}
                | {name: rows[-1][name] for name in ("available", "unavailable_reason")}
            )
    return pl.DataFrame(rows, schema=COLUMNS)


def _row(rule: Rule, day: date, steps: Mapping[str, tuple[Interval, ...]]) -> dict[str, str | bool | None]:
    held = {step: one for step, several in steps.items() for one in several if one.holds(day)}
    special = [
        f"{step.replace('_', ' ')}: {counted(one.every, one.unit)}"
        for step, one in held.items()
        if step not in ("first", "later")
    ]
    lasting = held.get("later") or next(
        (one for step, one in held.items() if step not in NOT_WHOLE_INTERVALS), None
    )
    return {
        "rule": rule.key,
        "name": rule.name,
        "first": _words(held.get("first")),
        "later": _words(held.get("later")),
        "otherwise": "; ".join(special) or None,
        "unit": lasting.unit if lasting else None,
        "due_soon": _soon(rule, lasting),
        "standing": "statutory" if rule.statutory else "local",
        "source": rule.source,
        "applies_to": rule.applies_to,
        "starts_from": rule.starts_from,
    }


def _words(one: Interval | None) -> str | None:
    if one is None:
        return None
    until = f" (clocks started before {one.until:%d/%m/%Y})" if one.until else ""
    return counted(one.every, one.unit) + until


def _soon(rule: Rule, one: Interval | None) -> str | None:
    if one is None or not (one.soon or rule.soon):
        return None
    within, unit = (one.soon, one.soon_unit) if one.soon is not None else (rule.soon, rule.soon_unit)
    return f"within {counted(within, unit or rule.soon_unit)}"


def _where(rule: Rule, lines: tuple[int, ...]) -> str:
    if not rule.changed_in:
        return "packaged"
    told = ", ".join(map(str, lines))
    return f"{rule.changed_in}, line{'s' if len(lines) > 1 else ''} {told}"


def _changed(then: Mapping[str, object], now: Mapping[str, object]) -> bool:
    return any(then.get(name) != now.get(name) for name in ("intervals", "soon", "soon_unit", "available"))
