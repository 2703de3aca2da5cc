"""A program whose writers add to the access log and make marks until they are killed, each at some moment.

Words: home, URL or nothing, seed, and how many writers are to be killed. One JSON line on stdout for each
line that a writer had said, with the last of what it did acknowledged: ["log", who, number], ["mark", who,
number], ["refused", sentence, why].

With 0 to be killed it kills the PostgreSQL server instead, once: every process of it, in the middle of what
six writers write. It says ["killed"], reads a line when the server is back, and ends when all have written
again.
"""

import contextlib
import itertools
import json
import os
import random
import signal
import sys
import time
from pathlib import Path

import sqlalchemy.dialects.postgresql.psycopg
import sqlalchemy.dialects.sqlite  # noqa: F401 - imported once, before the first fork

import data.office.database
import data.office.models  # noqa: F401
from data.errors import DataError
from data.office import access_log_head
from data.office.access_log import OPENED, AccessLog, Look
from data.office.marks import Mark
from data.office.office import Office

access_log_head.PATIENCE = 600.0  # they take turns, on however busy a machine
AT_ONCE = 3


class Writer:
    """A process that writes, and what it has said so far."""

    def __init__(self, who: str, home: Path, url: str | None) -> None:
        self.who, self.logged, self._left = who, 0, b""
        told, self._saying = os.pipe()
        self.process = os.fork()
        if not self.process:
            os.close(told)
            with contextlib.suppress(BrokenPipeError):  # nobody listens any more
                self._write(home, url)
            os._exit(1)
        os.close(self._saying)
        self._told = told

    def _write(self, home: Path, url: str | None) -> None:
        log, office = AccessLog(home, url), Office(home, url)
        for number in itertools.count():
            try:
                log.append(Look(self.who, "social worker", "here", OPENED, person_id=str(number)))
            except DataError as error:
                self._say("refused", str(error), type(error.__cause__).__name__)
                time.sleep(0.01)
                continue
            self._say("log", self.who, number)  # what is shown to somebody is shown here
            office.save([Mark(f"{self.who}|rule|spell|{number}", "note", self.who, note=str(number))])
            self._say("mark", self.who, number)

    def _say(self, *words: object) -> None:
        os.write(self._saying, json.dumps(words).encode() + b"\n")

    def hear(self) -> bool:
        """Wait for the next it says and pass it on; False when it is no more."""
        part = os.read(self._told, 65536)
        *lines, self._left = (self._left + part).split(b"\n")
        for line in lines:
            self.logged += line.startswith(b'["log"')
            os.write(1, line + b"\n")
        return bool(part)

    def hear_logged(self, more: int) -> None:
        """Until it has written so many rows of the log more."""
        until = self.logged + more
        while self.logged < until:
            if not self.hear():
                sys.exit(f"{self.who} is no more")

    def kill(self) -> None:
        os.kill(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)
        while self.hear():
            pass
        os.close(self._told)


def kill_server(postmaster: int) -> None:
    """The server's process is stopped first, so that it starts no other while its own are killed."""
    os.kill(postmaster, signal.SIGSTOP)
    own = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
    for process in (*map(int, own), postmaster):
        os.kill(process, signal.SIGKILL)


def main() -> None:
    home, url, seed, kills = Path(sys.argv[1]), sys.argv[2] or None, int(sys.argv[3]), int(sys.argv[4])
    dice = random.Random(seed)
    if not kills:
        writers = [Writer(f"W{number}", home, url) for number in range(6)]
        for one in writers:
            one.hear_logged(2)
        kill_server(int(sys.argv[5]))
        os.write(1, b'["killed"]\n')
        sys.stdin.readline()
        for one in writers:
            one.hear_logged(2)
    else:
        writers = [Writer(f"W{number}", home, url) for number in range(AT_ONCE)]
        for number in range(kills):
            one = writers.pop(dice.randrange(AT_ONCE))
            one.hear_logged(dice.randrange(1, 4))
            os.sched_yield()
            for _ in range(dice.randrange(20_000)):  # some way into the next thing it does
                pass
            one.kill()
            writers.append(Writer(f"W{AT_ONCE + number}", home, url))
    for one in writers:
        one.kill()


if __name__ == "__main__":
    main()
