"""Values that need no validation library are what Typer itself would have made of them."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import pytest
import typer
from typer import core
from typer.testing import CliRunner

from fcl_tui.cli import fast_options as plain_options
from fcl_tui.cli.fast_options import _AsGiven, leave_plain_values_as_they_are

app = typer.Typer(rich_markup_mode=None)


@app.command()
def given(
    words: Annotated[list[str] | None, typer.Argument()] = None,
    place: Annotated[Path | None, typer.Option()] = None,
    must: Annotated[Path | None, typer.Option(exists=True)] = None,
    day: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d", "%d/%m/%Y"])] = None,
    any_day: Annotated[datetime | None, typer.Option()] = None,
    number: Annotated[int, typer.Option(min=1)] = 7,
    name: str = "nobody",
) -> None:
    typer.echo(f"{(words, place, must, day, any_day, number, name)!r}")


ASKED = (
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
)


def answer(words):
    result = CliRunner().invoke(app, words)
    return result.exit_code, result.output


@pytest.fixture
def own(monkeypatch):
    """Typer as it comes."""
    before = plain_options._Own.conversion or core._TyperParameter.get_runtime_param
    monkeypatch.setattr(plain_options._Own, "conversion", None)
    monkeypatch.setattr(core._TyperParameter, "get_runtime_param", before)


@pytest.mark.parametrize("words", ASKED, ids=" ".join)
def test_the_same_values_and_the_same_refusals(own, words):
    before = answer(words)
    leave_plain_values_as_they_are()
    code, said = answer(words)
    assert code == before[0]
    if code == 0 or "--day" not in words:  # a wrong day is refused in a sentence of our own
        assert said == before[1]


def test_the_cases_hold_values_and_refusals(own):
    codes = [answer(words)[0] for words in ASKED]
    assert codes.count(0) == 9
    assert codes.count(2) == 5


def test_it_is_done_once_however_often_it_is_asked_for(own):
    for _ in range(2000):  # as the tests of a run do in one process
        leave_plain_values_as_they_are()
    assert answer(["--number", "12"])[0] == 0


class Converts:
    def coerce(self, value, **_):
        return "converted", value


@pytest.mark.parametrize("value", ["a", None, ("a",)])
def test_where_typer_describes_its_options_otherwise_it_converts_them_itself(value):
    unknown = object()
    assert _AsGiven(unknown, lambda _: Converts()).coerce(value, param=None, ctx=None) == ("converted", value)
