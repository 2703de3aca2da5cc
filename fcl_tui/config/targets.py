"""The tables of settings.toml that hold the authority's targets of measures."""

from pathlib import Path
from typing import Any

from data.errors import DataError

Target = tuple[float, float | None]
"""Green, and where amber ends; None: what is not green is red"""
MOST = 10_000_000
"""What no target comes near; a number that is none (nan) is not below it either"""


def targets(path: Path, told: Any) -> dict[str, Target]:
    """The table [targets]: a number, or green and amber, by a measure's key.

    Raises:
        DataError: it is not a table, or one of its values is no number.
    """
    if not isinstance(told, dict):
        raise DataError(f"{path}: targets is a table: [targets], then rereferral_pct = 20 and so on.")
    return {key: _target(path, key, value) for key, value in told.items()}


def _target(path: Path, key: str, value: Any) -> Target:
    if isinstance(value, dict) and {"green"} <= set(value) <= {"green", "amber"}:
        return _number(path, key, value["green"]), (
            _number(path, key, value["amber"]) if "amber" in value else None
        )
    return _number(path, key, value), None


def _number(path: Path, key: str, value: Any) -> float:
    if (
        isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 10_000_000
    ):  # nan too
        raise DataError(
            f"{path}: [targets] {key} = {value!r} is not usable; it takes a number, or green and amber: "
            f"{key} = {{ green = 20, amber = 24 }}."
        )
    return float(value)


def keys(path: Path, told: Any) -> tuple[str, ...]:
    """The list highlights: keys of measures in the order of the page.

    Raises:
        DataError: it is no list of words.
    """
    if not isinstance(told, list) or not all(isinstance(one, str) and one.strip() for one in told):
        raise DataError(
            f'{path}: highlights takes a list of measures, such as ["rereferral_pct", "cla_rate"].'
        )
    return tuple(dict.fromkeys(one.strip() for one in told))
