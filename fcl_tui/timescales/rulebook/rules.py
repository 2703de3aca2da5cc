"""What a rule is, and all of them together with the settings that the sources leave open."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date

import polars as pl

from data.dataclass import dataclass
from data.schema.fields import Field, schema_of

UNITS = ("wd", "d", "w", "m")

FIELDS = (
    Field("rule", "String", "kept", "the key of the timescale"),
    Field("name", "String", "kept", "as people read it"),
    Field("kind", "String", "kept", "visit, review, assessment …"),
    Field("applies_to", "String", "kept", "which children, in words"),
    Field("starts_from", "String", "kept", "what starts its clock, in words"),
    Field("unit", "String", "kept", "wd, d, w or m"),
    Field("statutory", "Boolean", "kept", "whether a regulation sets it"),
    Field("soon", "Int32", "kept", "how long before its due date it is due soon"),
    Field("soon_unit", "String", "kept", "wd or d"),
    Field("source", "String", "kept", "the regulation or guidance"),
    Field("needs", "String", "kept", "tables without which it cannot be applied, comma-separated"),
    Field("available", "Boolean", "kept", "whether it can be applied to this data"),
    Field("unavailable_reason", "String", "kept", "why not, in words"),
    Field("intervals", "String", "kept", "every interval in short"),
    Field("note", "String", "kept", "what else there is to say, or null"),
    Field("clears", "String", "kept", "what would get it done"),
    Field("changed_in", "String", "kept", "the overrides file, or null"),
    Field("changed_lines", "String", "kept", "where in that file, comma-separated, or null"),
)
"""The prepared frame `rules`: one row per rule. It holds no child."""


class RulesError(ValueError):
    """A rule or a setting that cannot be used; the message names the line and the reason."""


@dataclass(frozen=True)
class Interval:
    """How long there is: `every` units, for clocks started from `valid_from` until before `until`."""

    every: int
    unit: str
    soon: int | None = None
    soon_unit: str | None = None
    valid_from: date | None = None
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Whether a clock started on this day runs by this interval."""
        return _within(day, self.valid_from, self.until)


@dataclass(frozen=True)
class TeamPolicy:
    """What a team does differently from its authority: the steps that differ, and the line that says so."""

    team: str
    steps: Mapping[str, tuple[Interval, ...]]
    line: int = 1


@dataclass(frozen=True)
class Rule:
    """One timescale. `steps` names each interval for when it holds (first, later, long_term …).

    A rule with `valid_from` or `until` is for clocks started from then, or before then.
    """

    key: str
    name: str
    kind: str
    applies_to: str
    starts_from: str
    statutory: bool
    source: str
    needs: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    soon: int = 0
    soon_unit: str = "d"
    limit_age: int | None = None
    on: bool = True
    unavailable: str = ""
    note: str = ""
    clears: str = ""
    steps: Mapping[str, tuple[Interval, ...]] = field(default_factory=dict)
    valid_from: date | None = None
    until: date | None = None
    teams: Mapping[str, TeamPolicy] = field(default_factory=dict)
    """by the team's name as `team_key` makes it"""
    changed_in: str = ""
    """the overrides file, when it changed this rule"""
    changed_lines: tuple[int, ...] = ()
    """where in that file"""

    def holds(self, day: date) -> bool:
        """Whether the rule is for clocks started on this day."""
        return _within(day, self.valid_from, self.until)

    @property
    def unit(self) -> str | None:
        """The unit of the interval that comes back again and again, else of the first one."""
        for step in ("later", *self.steps):
            if step in self.steps:
                return self.steps[step][-1].unit
        return None


def _within(day: date, first: date | None, until: date | None) -> bool:
    return (first is None or day >= first) and (until is None or day < until)


def team_key(name: str) -> str:
    """The name by which teams are told apart: whatever its case and the blanks around it."""
    return name.strip().lower()


@dataclass(frozen=True)
class Settings:
    """Choices that the sources leave open; `rules.toml` says what each means."""

    count_from_day: int = 0
    event_on_start_day_counts: bool = True
    unseen_visits_count: bool = False
    blank_seen_counts: bool = True
    inquorate_reviews_count: bool = True
    proceedings_inclusive: bool = True
    assessment_clock: str = "referral"


@dataclass(frozen=True)
class Rules:
    """Every rule by its key, in the order of the file, and the settings."""

    rules: Mapping[str, Rule]
    settings: Settings = field(default_factory=Settings)
    settings_in: Mapping[str, str] = field(default_factory=dict)
    """the file and line of each setting that is not as packaged"""

    def __getitem__(self, key: str) -> Rule:
        return self.rules[key]

    def missing(self, rule: Rule, coverage: pl.DataFrame | None = None) -> str:
        """Why this rule cannot be applied, in words; empty when it can.

        Args:
            rule: the rule asked about.
            coverage: what the source holds (table, coverage full|partial|none, missing_columns); None asks
                nothing of it.
        """
        if rule.unavailable:
            return rule.unavailable
        if not rule.on:
            return "switched off"
        if coverage is None or coverage.is_empty():
            return ""
        none = set(coverage.filter(pl.col("coverage") == "none")["table"])
        absent = [table.replace("_", " ") for table in rule.needs if table in none]
        if not absent and "missing_columns" in coverage.columns:
            lacking = set(
                coverage["missing_columns"].fill_null("").str.split(",").explode().str.strip_chars()
            )
            absent = [one.partition("_")[2].replace("_", " ") for one in rule.fields if one in lacking]
        return f"not in this source: {', '.join(absent)}" if absent else ""

    def frame(self, coverage: pl.DataFrame | None = None) -> pl.DataFrame:
        """One row per rule, in the columns of `FIELDS`: the prepared frame `rules`."""
        rows = [
            {
                "rule": rule.key,
                "name": rule.name,
                "kind": rule.kind,
                "applies_to": rule.applies_to,
                "starts_from": rule.starts_from,
                "unit": rule.unit,
                "statutory": rule.statutory,
                "soon": rule.soon,
                "soon_unit": rule.soon_unit,
                "source": rule.source,
                "needs": ",".join(rule.needs),
                "available": not self.missing(rule, coverage),
                "unavailable_reason": self.missing(rule, coverage) or None,
                "intervals": "; ".join(_told(rule)),
                "note": rule.note or None,
                "clears": rule.clears or None,
                "changed_in": rule.changed_in or None,
                "changed_lines": ",".join(map(str, rule.changed_lines)) or None,
            }
            for rule in self.rules.values()
        ]
        return pl.DataFrame(rows, schema=schema_of(FIELDS))

    def intervals(self) -> pl.DataFrame:
        """One row per interval: rule, step, team, interval (Int32), unit, soon, soon_unit, valid_from, until.

        team is the key of the team whose own interval it is, empty for that of everyone else; local_team
        its name as the authority writes it, null for that of everyone else.
        """
        rows = [
            (
                rule.key,
                step,
                team,
                policy.team if policy else None,
                one.every,
                one.unit,
                rule.soon if one.soon is None else one.soon,
                one.soon_unit or rule.soon_unit,
                one.valid_from,
                one.until,
            )
            for rule in self.rules.values()
            for team, policy in [("", None), *rule.teams.items()]
            for step, several in (policy.steps if policy else rule.steps).items()
            for one in several
        ]
        schema: dict[str, type[pl.DataType]] = {
            "rule": pl.String,
            "step": pl.String,
            "team": pl.String,
            "local_team": pl.String,
            "interval": pl.Int32,
            "unit": pl.String,
            "soon": pl.Int32,
            "soon_unit": pl.String,
            "valid_from": pl.Date,
            "until": pl.Date,
        }
        return pl.DataFrame(rows, schema=schema, orient="row")


def _told(rule: Rule) -> list[str]:
    """Every interval of a rule in short: "later: 10 wd until 2027-04-01"."""
    everyone = [("", step, several) for step, several in rule.steps.items()]
    own = [(f"{p.team}, ", step, several) for p in rule.teams.values() for step, several in p.steps.items()]
    return [
        f"{whose}{step.replace('_', ' ')}: {one.every} {one.unit}"
        + (f" from {one.valid_from}" if one.valid_from else "")
        + (f" until {one.until}" if one.until else "")
        for whose, step, several in everyone + own
        for one in several
    ]
