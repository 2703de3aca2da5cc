"""Values that need no validation library are what Typer itself would have made of them."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import pytest
import typer
from typer.testing import CliRunner

from fcl_tui.plain_options import leave_plain_values_as_they_are


def told(words, monkeypatch, *, plain):
    """Exit code, what the command was given, and what was said."""
    given = []
    app = typer.Typer(rich_markup_mode=None)

    @app.command()
    def command(
        words: Annotated[list[str] | None, typer.Argument()] = None,
        place: Annotated[Path | None, typer.Option()] = None,
        must: Annotated[Path | None, typer.Option(exists=True)] = None,
        day: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d", "%d/%m/%Y"])] = None,
        any_day: Annotated[datetime | None, typer.Option()] = None,
        number: Annotated[int, typer.Option(min=1)] = 7,
        name: str = "nobody",
    ) -> None:
        given.append((words, place, must, day, any_day, number, name))

    with monkeypatch.context() as patch:
        parameter = typer.core._TyperParameter
        patch.setattr(parameter, "get_runtime_param", parameter.get_runtime_param)
        if plain:
            leave_plain_values_as_they_are()
        result = CliRunner().invoke(app, words)
    return result.exit_code, given, result.output


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["one", "two"],
        ["--place", "some/where", "--name", "[b]"],
        ["--place", ""],
        ["--must", "/nowhere/at/all"],
        ["--must", "/"],
        ["--day", "2026-11-23"],
        ["--day", "23/11/2026"],
        ["--day", "31/02/2026"],
        ["--day", "soon"],
        ["--any-day", "2026-11-23T10:30:00"],
        ["--number", "12"],
        ["--number", "0"],
        ["--number", "many"],
    ],
    ids=" ".join,
)
def test_the_same_values_and_the_same_refusals(words, monkeypatch):
    assert told(words, monkeypatch, plain=True) == told(words, monkeypatch, plain=False)
