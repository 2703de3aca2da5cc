"""The answer to `fcl-tui rules`: what is in force, with or without a snapshot."""

from datetime import date
from pathlib import Path

import polars as pl

from data.errors import DataError
from data.frames import collect
from fcl_tui.config.current_snapshot import snapshot_in_use
from fcl_tui.config.settings import read
from fcl_tui.reports.answer import Answer
from fcl_tui.timescales.rulebook.in_force import in_force
from fcl_tui.timescales.rulebook.packaged import load_rules
from fcl_tui.timescales.rulebook.rules import Rules, RulesError
from fcl_tui.timescales.teams import unknown_teams


class Rulebook(Answer):
    """The rules in force; where nothing is loaded it speaks of no snapshot."""

    @property
    def headline(self) -> str:
        """The line over the rules."""
        if self.snapshot_id:
            return super().headline
        return f"{self.title} · as at {self.as_at:%d/%m/%Y} · nothing is loaded yet"


def own_rules(home: Path) -> Rules:
    """The packaged rules with this home's `rules.toml` laid over them.

    Raises:
        DataError: the file asks for what it may not: the line and the reason.
    """
    try:
        return load_rules(home / "rules.toml")
    except RulesError as error:
        raise DataError(str(error)) from error


def rules_told(home: Path, as_at: date | None) -> Answer:
    """Every rule in force on a day; with a snapshot, whether its source can feed it.

    Raises:
        DataError: the authority's own rules, or the snapshot, cannot be used.
    """
    rules, day = own_rules(home), as_at or date.today()
    title = "Rules in force"
    settings = pl.DataFrame(
        [
            (name, str(value).lower(), rules.settings_in.get(name, "packaged"))
            for name, value in vars(rules.settings).items()
        ],
        schema=["setting", "value", "set_in"],
        orient="row",
    )
    parts: dict[str, pl.DataFrame | dict[str, object]] = {"settings": settings}
    own = read(home)
    if own.snapshots is None and not (home / "snapshots" / "current").exists():
        return Rulebook("rules", title, day, "", day, in_force(rules, day), parts=parts)
    snapshot = snapshot_in_use(own)
    rows = in_force(
        rules,
        day,
        coverage=collect(snapshot.scan("coverage")),
        loaded=collect(snapshot.scan("rules")),
        unknown_teams=unknown_teams(rules, snapshot.scan("allocations")),
    )
    return Rulebook("rules", title, day, snapshot.id, snapshot.manifest.data_date, rows, parts=parts)


def team_notes(home: Path, allocations: pl.LazyFrame) -> pl.DataFrame:
    """A note for each team of the authority's own rules that no allocation has, as a row of `issues`."""
    from data.issues.model import frame

    rules = own_rules(home)
    unknown = unknown_teams(rules, allocations)
    return frame(
        {
            "source": rule.changed_in,
            "place": f"rule.{rule.key}",
            "row": f"line {policy.line}",
            "column": "team",
            "value": policy.team,
            "rule": "unknown_team",
            "severity": "note",
            "effect": "kept",
            "reason": "No allocation in this snapshot names the team, so its intervals are not used. "
            "Check how the case system writes it.",
            "person_id": None,
            "ssd_table": None,
        }
        for rule in rules.rules.values()
        for key, policy in rule.teams.items()
        if key in unknown
    )
