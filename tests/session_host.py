"""A session host for the tests, on a home that a real SSH server opens sessions of."""

import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path

from fcl_tui.config.session_host import SOCKET
from tests.sshd import plain_environment
from tests.terminal import PATIENCE


class SessionHost:
    """`fcl-tui ssh host` as a process."""

    def __init__(self, program: list[str], home: Path, **environment: str) -> None:
        self.home = home
        self.process = subprocess.Popen(
            [*program, "ssh", "host", "--home", home],
            env=plain_environment() | environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.said = self.process.stderr.readline()
        assert "open through this process" in self.said, self.said

    @property
    def pid(self) -> int:
        return self.process.pid

    def sessions(self) -> list[int]:
        """The processes it has forked that are still there."""
        told = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text()
        return [int(one) for one in told.split()]

    def ended(self) -> int:
        """Grows with every session that it has seen the end of."""
        return int(Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()[8])

    def wait_until(self, fact, what) -> None:
        end = time.monotonic() + PATIENCE
        while not fact():
            assert time.monotonic() < end, f"never came: {what}"
            time.sleep(0.02)

    def quiet(self) -> None:
        self.wait_until(lambda: not self.sessions(), "all its sessions end")

    def stop(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGCONT)
        self.process.terminate()
        self.process.wait(PATIENCE)
        self.process.stderr.close()
        (self.home / SOCKET).unlink(missing_ok=True)
