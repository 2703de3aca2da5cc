"""The rules in force: the packaged `rules.toml`, and what an authority puts in its place."""

from importlib.resources import files
from pathlib import Path

from fcl_tui.timescales.rulebook.parser import overridden, read
from fcl_tui.timescales.rulebook.rules import Rules, RulesError


def load_rules(overrides: Path | None = None) -> Rules:
    """The packaged rules, with an authority's own file laid over them.

    Args:
        overrides: a TOML file; None, or a path where there is no file, gives the packaged rules.

    Raises:
        RulesError: the file cannot be read, or asks for what it may not; names the line and the reason.
    """
    text = files("fcl_tui.timescales").joinpath("rules.toml").read_text(encoding="utf-8")
    rules = read(text, "rules.toml")
    if overrides is None or not overrides.exists():
        return rules
    try:
        theirs = overrides.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RulesError(f"{overrides.name}: cannot be read ({error}).") from error
    return overridden(rules, theirs, overrides.name)
