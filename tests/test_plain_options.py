"""Sparing Typer the conversion of text changes nothing of what a command is given."""

import pytest
import typer
from typer import core
from typer.testing import CliRunner

from fcl_tui import plain_options
from fcl_tui.plain_options import _AsGiven, leave_text_as_it_is

app = typer.Typer()


@app.command()
def given(text: str, many: list[str] | None = None, more: str | None = None, number: int = 3) -> None:
    typer.echo(f"{text!r} {many!r} {more!r} {number!r}")


ASKED = (["7"], ["a", "--many", "1", "--many", "b"], ["a", "--more", ""], ["a", "--number", "12"])


def answers():
    return [CliRunner().invoke(app, words).output for words in [*ASKED, ["a", "--number", "x"]]]


@pytest.fixture
def own(monkeypatch):
    """Typer as it comes."""
    before = plain_options._Own.conversion or core._TyperParameter.get_runtime_param
    monkeypatch.setattr(plain_options._Own, "conversion", None)
    monkeypatch.setattr(core._TyperParameter, "get_runtime_param", before)


def test_a_command_is_given_what_typer_gives_it(own):
    before = answers()
    assert before[1].startswith("'a' ['1', 'b'] None 3")
    leave_text_as_it_is()
    assert answers() == before


def test_it_is_done_once_however_often_it_is_asked_for(own):
    for _ in range(2000):  # as the tests of a run do in one process
        leave_text_as_it_is()
    assert answers()[3] == "'a' None None 12\n"


class Converts:
    def coerce(self, value, **_):
        return "converted", value


@pytest.mark.parametrize("value", ["a", None, ("a",)])
def test_where_typer_describes_its_options_otherwise_it_converts_them_itself(value):
    unknown = object()
    assert _AsGiven(unknown, lambda _: Converts()).coerce(value, param=None, ctx=None) == ("converted", value)
