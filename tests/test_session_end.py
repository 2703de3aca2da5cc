"""The end of a session in the log: once, and leaving never waits long for it."""

import logging
import threading

import pytest

from data.errors import DataError
from fcl_tui.access import session_end as ending
from fcl_tui.access.session_end import CUT, IDLE, LEFT, Ending


class Door:
    """Notes what it is told to write down."""

    def __init__(self, wait=None, error=None):
        self.told, self.wait, self.error = [], wait, error

    def record(self, action, *, detail):
        if self.wait is not None:
            self.wait.wait()
        if self.error is not None:
            raise self.error
        self.told.append((action, detail))


def test_the_first_to_come_writes_it():
    door = Door()
    end = Ending(door)
    end.write()
    end.cut()
    assert door.told == [("session ended", LEFT)]


@pytest.mark.parametrize("how", [IDLE, CUT])
def test_it_says_how(how):
    door = Door()
    end = Ending(door)
    if how == CUT:
        end.cut()
    else:
        end.how = how
        end.write()
    assert door.told == [("session ended", how)]


def test_a_log_that_cannot_be_written_keeps_nobody(monkeypatch):
    monkeypatch.setattr(ending, "PATIENCE", 0.01)
    go = threading.Event()
    door = Door(wait=go)
    end = Ending(door)
    end.write()  # comes back though nothing is written yet
    assert door.told == []
    go.set()
    end._writing.join()
    assert door.told == [("session ended", LEFT)]


@pytest.mark.parametrize("error", [DataError("full"), RuntimeError("her name")])
def test_whatever_keeps_it_from_being_written_the_session_ends_without_a_word_of_it(error, caplog):
    caplog.set_level(logging.INFO, "fcl_tui")
    Ending(Door(error=error)).write()
    assert caplog.messages == [f"the end was not written down: {type(error).__name__}"]


def test_who_comes_second_waits_for_the_one_who_writes():
    go = threading.Event()
    door = Door(wait=go)
    end = Ending(door)
    threading.Timer(0.05, go.set).start()
    threads = [threading.Thread(target=end.write) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert door.told == [("session ended", LEFT)]
