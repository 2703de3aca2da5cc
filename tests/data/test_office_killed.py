"""Sessions, and the PostgreSQL server, killed in the middle of the log's rows and of marks.

FCL_KILLS (a number, 44 when it was last looked at) kills more of them, FCL_SEED others.
"""

import json
import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path

import pytest

from data.errors import DataError
from data.office import JOURNAL, patience
from data.office.access_log import OPENED, AccessLog, Look
from data.office.journal import Journal
from data.office.marks import same
from data.office.office import Office
from tests.data import killed_writers
from tests.postgres import running_server, url_of

KILLS = int(os.environ.get("FCL_KILLS", "4"))
SEED = os.environ.get("FCL_SEED", "12")
SHUT = "The access log cannot be written now, so nothing is shown. Try again; if this continues, tell your"


def begun(home, url, *words):
    return subprocess.Popen(
        [sys.executable, killed_writers.__file__, str(home), url, SEED, *map(str, words)],
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended_well(program):
    out, err = program.communicate()
    assert program.returncode == 0, err[-1500:]
    return [json.loads(line) for line in out.splitlines()]


def nothing_lost_and_nothing_twice(told, home, url):
    """Whatever was acknowledged is there once, and the chain is whole."""
    log, office = AccessLog(home, url or None), Office(home, url or None)
    rows, marks = log.rows(), office.read()
    assert log.verify() == (rows.height, [])
    logged = Counter(rows.select("who", "person_id").iter_rows())
    marked = Counter(marks.marks.select("made_by", "note").iter_rows())
    acknowledged = {
        kind: {(one[1], str(one[2])) for one in told if one[0] == kind} for kind in ("log", "mark")
    }
    assert acknowledged["log"]
    assert acknowledged["mark"]
    assert acknowledged["log"] <= set(logged)
    assert acknowledged["mark"] <= set(marked)
    assert set(logged.values()) == {1}
    assert set(marked.values()) == {1}
    assert (marks.unsaved, marks.trouble) == (0, "")
    assert Journal(home / JOURNAL).pending() == ([], 0)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_writers_killed_at_any_moment_lose_nothing_they_have_shown(tmp_path, request, kind):
    url = request.getfixturevalue("postgres") if kind == "postgresql" else ""
    told = ended_well(begun(tmp_path, url, KILLS))
    assert not [one for one in told if one[0] == "refused"]
    nothing_lost_and_nothing_twice(told, tmp_path, url)


@pytest.fixture
def own_server():
    """A server of this test alone."""
    with running_server() as server:
        yield server


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the server's processes are found in /proc")
def test_a_server_killed_under_the_log_shows_nothing_without_its_row(tmp_path, own_server):
    """No write to the log is acknowledged that the server forgets; meanwhile the log is shut."""
    url = url_of(own_server).render_as_string(hide_password=False)
    AccessLog(tmp_path, url).append(Look("first", "", "here", OPENED))
    program = begun(tmp_path, url, 0, own_server.get_pid())
    heard = []
    while not heard or heard[-1] != '["killed"]\n':
        heard.append(program.stdout.readline())
        assert heard[-1], program.stderr.read()[-1500:]
    with pytest.raises(DataError, match=SHUT):
        AccessLog(tmp_path, url).append(Look("sam", "", "here", OPENED, person_id="meanwhile"))
    seen = Office(tmp_path, url).save(same(["9|r|s|1"], "note", "sam", note="meanwhile"))
    assert "cannot be reached" in seen.trouble
    again(own_server)
    program.stdin.write("\n")
    program.stdin.flush()
    told = ended_well(program)
    told += [json.loads(line) for line in heard[:-1]]
    refused = {one[1] for one in told if one[0] == "refused"}
    assert len(refused) == 1, refused
    assert refused.pop().startswith(SHUT)
    assert AccessLog(tmp_path, url).rows(client="meanwhile").is_empty()
    told.append(["mark", "sam", "meanwhile"])
    nothing_lost_and_nothing_twice(told, tmp_path, url)


def again(server):
    """Start it: what it had written and not yet put in its place it puts there now."""
    # a killed process that nobody has waited for yet counts as running: the notes of it go by hand
    for note in ("postmaster.pid", ".s.PGSQL.5432.lock"):
        (server.pgdata / note).unlink()
    for _ in range(5):
        try:
            server.ensure_postgres_running()
        except subprocess.SubprocessError:  # it has ten seconds, on however busy a machine
            continue
        return
    raise AssertionError("PostgreSQL does not start again")


@pytest.fixture
def silent(tmp_path, postgres):
    """A log and an office on one server, whose two processes for them are stopped until the end."""
    log, office = AccessLog(tmp_path, postgres), Office(tmp_path, postgres)
    log.append(Look("sam", "", "here", OPENED, person_id="1"))
    assert office.save(same(["1|r|s|1"], "chased", "sam")).unsaved == 0
    stopped = []
    for one in (log, office):
        with one._engine.connect() as connection:
            stopped.append(connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one())
    for process in stopped:
        os.kill(process, signal.SIGSTOP)
    yield log, office
    for process in stopped:
        os.kill(process, signal.SIGCONT)


def answered(question):
    """What it answers or raises; a thread waits, so that one which never does fails this test alone."""
    answers = []

    def ask():
        try:
            answers.append(question())
        except Exception as error:
            answers.append(error)

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(60)
    assert answers, "no answer"
    return answers[0]


def test_a_server_that_stopped_answering_is_given_up(tmp_path, silent, monkeypatch):
    """The line is well and the network knows of nothing: only the session itself can stop waiting."""
    monkeypatch.setattr(patience, "LONGEST", 0.2)
    log, office = silent
    refused = answered(lambda: log.append(Look("sam", "", "here", OPENED, person_id="2")))
    assert isinstance(refused, DataError)
    assert str(refused).startswith(SHUT)
    seen = answered(lambda: office.save(same(["2|r|s|1"], "chased", "sam")))
    assert seen.unsaved == 1
    assert "cannot be reached" in seen.trouble
    assert [mark.item_id for mark in Journal(tmp_path / JOURNAL).pending()[0]] == ["2|r|s|1"]


def test_once_it_answers_again_everything_goes_on(tmp_path, silent, monkeypatch, postgres):
    monkeypatch.setattr(patience, "LONGEST", 0.2)
    log, office = silent
    assert isinstance(answered(lambda: log.append(Look("sam", "", "here", OPENED))), DataError)
    assert answered(lambda: office.save(same(["2|r|s|1"], "chased", "sam"))).unsaved == 1
    monkeypatch.undo()
    log.append(Look("sam", "", "here", OPENED, person_id="3"))  # another process serves it
    assert log.rows(client="3").height == 1
    assert log.verify()[1] == []
    seen = office.read()
    assert seen.marks["item_id"].to_list() == ["1|r|s|1", "2|r|s|1"]
    assert (seen.unsaved, seen.trouble) == (0, "")


def test_the_session_waits_longer_than_the_server_itself():
    """So that what is only busy is said to be busy."""
    from data.office.database import BUSY

    assert BUSY < patience.LONGEST <= BUSY + 5
