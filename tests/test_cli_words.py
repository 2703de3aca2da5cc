"""What the command line says: plain English in headings, near names, one sentence where nothing was found."""

from datetime import date

import pytest

from data.errors import DataError
from fcl_tui.cli.asking.lookups import reasons
from fcl_tui.cli.asking.session import answer
from fcl_tui.cli.doctor import _office
from fcl_tui.cli.fast_options import leave_plain_values_as_they_are
from fcl_tui.cli.main import app
from fcl_tui.export.cells import left_out_line
from fcl_tui.reports.answer import Answer
from fcl_tui.reports.question.resolve import match_name
from fcl_tui.terminal import launch

DAY = date(2026, 11, 27)
PODS = [f"Pod {number}" for number in range(1, 21)]


@pytest.fixture(scope="module")
def home(tmp_path_factory, ready):
    return ready.loaded(60, 1, DAY, tmp_path_factory.mktemp("words"), demo=True)


def test_headings_are_in_plain_english(home):
    made = answer(home, "client-overview", {"overdue": True}, as_at=DAY)
    assert made.headline.startswith("Client Overview · overdue only · as at 27/11/2026")
    assert made.parameters == {"overdue": "true"}  # for scripts as it was
    told = answer(home, "assessments", {"from": date(2026, 7, 1), "by": "worker"}, as_at=DAY).headline
    assert told.startswith("Assessments · from 01/07/2026 · workers · as at 27/11/2026")


def test_near_names_come_first_and_the_others_are_counted():
    with pytest.raises(DataError) as refused:
        match_name("podd 12", PODS, "team")
    told = str(refused.value)
    assert "Did you mean: Pod 12, " in told
    assert told.endswith("There are 17 others.")
    assert told.count("Pod ") == 3


def test_what_is_shown_is_not_said_to_be_left_out():
    left = [
        {"count": 12, "what": "items", "reason": "shown without a due date, because a date is missing"},
        {"count": 2, "what": "children", "reason": "outside the day"},
    ]
    import polars as pl

    made = Answer("x", "X", DAY, "s", DAY, pl.DataFrame(), left_out=left)
    assert left_out_line(made) == (
        "Left out: 2 children outside the day. "
        "In the list: 12 items shown without a due date, because a date is missing"
    )


def test_a_day_that_is_none_is_refused_with_how_to_write_one(capsys):
    leave_plain_values_as_they_are()
    with pytest.raises(SystemExit) as stopped:
        app(["report", "client-overview", "--as-at", "28.11.2026"])
    assert stopped.value.code == 2
    told = capsys.readouterr().err
    assert "2026-11-28 or 28/11/2026" in told
    assert "%Y" not in told


def test_finding_nobody_is_one_sentence_and_exit_one(home, capfd):
    with pytest.raises(DataError, match="No one found"):
        app(["find", "zzzzqq", "--home", str(home)], standalone_mode=False)
    assert capfd.readouterr().out == ""


def test_why_says_that_there_is_no_such_child(home):
    with pytest.raises(DataError, match="No child in this snapshot has that number"):
        reasons(home, "1", "cp_visit", DAY)


def test_doctor_says_which_office_database(home):
    ((mark, told),) = list(_office(home))
    assert mark == "ok"
    assert f"{home}/demo-office/office.db (the demo's own" in told


def test_screens_are_not_opened_where_standard_error_is_a_file(monkeypatch):
    class Terminal:
        def __init__(self, tty):
            self.isatty = lambda: tty

    monkeypatch.setenv("TERM", "xterm")
    for name in ("stdin", "stdout"):
        monkeypatch.setattr(f"sys.{name}", Terminal(True))
    monkeypatch.setattr("sys.stderr", Terminal(False))
    assert "leave out 2>" in (launch.refuse_unfit_terminal() or "")
    monkeypatch.setattr("sys.stderr", Terminal(True))
    assert launch.refuse_unfit_terminal() is None
