"""A program that kills its own loads, each in a child process, at a step of their work told beforehand.

A step is whatever touches the home (the interpreter's audit events tell), each sync, each frame written
and each line of progress. Nothing is left to the clock. Polars starts its threads with its first query,
which is always in a child: to fork here is safe.

Reads lines `number home` on stdin; answers each with one line of JSON: the signal that ended the load (0
for none) and the steps up to there, each as [stage, what].
"""

import json
import os
import signal
import sys
import tempfile
from pathlib import Path

import polars as pl

import data.checks.run
import data.merging.merge
import data.snapshots.directory
import data.snapshots.writer  # noqa: F401 - imported once, before the first fork
from fcl_tui.loading.load import load

EVENTS = ("open", "os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.chmod", "shutil.rmtree")


def prepare(scan, rules, calendar):
    """A stand-in for the application's prepared frames."""
    return {
        "people": scan("person").select(person_id="pers_person_id"),
        "holidays": calendar.frame().lazy(),
    }


class Doomed:
    """One load in this process, and the step at which it dies."""

    def __init__(self, number: int, home: str, told: int) -> None:
        self.number, self.home, self.told, self.stage, self.steps = number, home, told, "Starting", 0

    def step(self, what: str) -> None:
        self.steps += 1
        os.write(self.told, json.dumps([self.stage, what]).encode() + b"\n")
        if self.steps == self.number:
            os.kill(os.getpid(), signal.SIGKILL)

    def audit(self, event: str, arguments: tuple) -> None:
        if event in EVENTS and str(arguments[0]).startswith(self.home):
            self.step(f"{event} {Path(str(arguments[0])).name}")

    def progress(self, what: str, _done: int, _total: int | None) -> None:
        self.stage = what
        self.step("progress")

    def run(self, url: str) -> None:
        write, sync = pl.DataFrame.write_parquet, os.fsync

        def half_written(frame, path, **options) -> None:
            write(frame, path, **options)
            if self.steps + 1 == self.number:
                os.truncate(path, Path(path).stat().st_size // 2)
            self.step(f"write {Path(path).name}")

        def synced(descriptor: int) -> None:
            self.step("sync")
            sync(descriptor)

        pl.DataFrame.write_parquet, os.fsync = half_written, synced
        sys.addaudithook(self.audit)
        load([url], Path(self.home), prepare=prepare, progress=self.progress, keep=2)


def main() -> None:
    url = sys.argv[1]
    for line in sys.stdin:
        number, home = line.split(maxsplit=1)
        with tempfile.TemporaryFile() as told:
            child = os.fork()
            if not child:
                Doomed(int(number), home.strip(), told.fileno()).run(url)
                os._exit(0)
            status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            told.seek(0)
            steps = [json.loads(each) for each in told]
        print(json.dumps([-status, steps]), flush=True)


if __name__ == "__main__":
    main()
