"""What a session costs when many are open at once, and how many a host of 16 GiB carries.

Run with `make bench-sessions`, or: python -m tests.benchmarks.sessions [--sessions N] [--host] ...
Each session is `fcl-tui session` in a pseudo-terminal of its own with the Client Overview open, all on one
demo home; they are opened one after the other, left alone, measured, and ended. It ends by itself.
With `--host` a session host forks them: each then counts with its client, and the host by itself.
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.session_host import SessionHost
from tests.sshd import REPOSITORY, Client, plain_environment

OPENED_WITHIN = 30.0
"""Seconds one session may take to open"""
QUIET = 10.0
"""Seconds in which nobody presses a key"""
HOST_GIB, SYSTEM_GIB = 16, 3
"""Memory of the host, and what is left of it for the system, the file cache and the nightly load"""


def words(*rest: str) -> list[str]:
    code = f"import sys; sys.path.insert(0, {str(REPOSITORY)!r}); from fcl_tui.start import main; main()"
    return [sys.executable, "-c", code, *rest]


@dataclass(frozen=True)
class Opened:
    """A session with the Client Overview on its screen, and what that took."""

    client: Client
    processes: tuple[int, ...]
    seconds: float
    work: float
    """seconds of processor time"""

    def memory(self) -> tuple[float, float]:
        """PSS and RSS of all its processes."""
        sizes = [memory(process) for process in self.processes]
        return sum(size[0] for size in sizes), sum(size[1] for size in sizes)

    def worked(self) -> float:
        """Seconds of processor time so far."""
        return sum(seconds_of_work(process) for process in self.processes)


def opened(home: Path, number: int, host: SessionHost | None) -> Opened:
    """Open one, by the keys of its reader."""
    before = set(host.sessions()) if host else set()
    begun = time.monotonic()
    client = Client(words("session", "--user", f"reader{number}", "--home", str(home)))
    for wanted, keys in (("Find", b"2"), ("Fostering", b"\r"), ("all teams", b"")):
        while wanted not in client.text:
            if not client.read(0.1) or time.monotonic() > begun + OPENED_WITHIN:
                told = client.text.strip()
                client.close()
                raise SystemExit(f"Session {number} did not open:\n{told}")
        client.press(keys)
    seconds = time.monotonic() - begun
    forked = set(host.sessions()) - before if host else set()
    processes = (client.pid, *forked)
    return Opened(client, processes, seconds, sum(map(seconds_of_work, processes)))


def memory(pid: int) -> tuple[float, float]:
    """PSS (shared pages are divided among those who share them) and RSS of a process, in 1,000,000 bytes."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    told = {line.split(":")[0]: int(line.split()[1]) * 1024 / 1e6 for line in lines}
    return told["Pss"], told["Rss"]


def seconds_of_work(pid: int) -> float:
    """Processor time the process has used so far."""
    told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def take(clients: list[Client], seconds: float) -> int:
    """Let them be for so long, taking what they write; how many bytes that was."""
    end, before = time.monotonic() + seconds, sum(len(client.raw) for client in clients)
    while time.monotonic() < end:
        for client in clients:
            client.read(0)
        time.sleep(0.1)
    return sum(len(client.raw) for client in clients) - before


def measure(home: Path, number: int, host: SessionHost | None = None) -> str:
    """Open the sessions, and say what they cost."""
    clients: list[Client] = []
    sessions: list[Opened] = []
    try:
        for one in range(number):
            sessions.append(opened(home, one, host))
            clients.append(sessions[-1].client)
            if one == 0:
                take(clients, 3)
                alone = sessions[0].memory()
        take(clients, 3)
        work = [session.worked() for session in sessions]
        written = take(clients, QUIET)
        work = [session.worked() - before for session, before in zip(sessions, work, strict=True)]
        sizes = [session.memory() for session in sessions]
        shared = memory(host.pid) if host else (0.0, 0.0)
    finally:
        for client in clients:
            if not client.gone():
                os.kill(client.pid, signal.SIGHUP)  # as when a line is cut
        end = time.monotonic() + 10
        while time.monotonic() < end and not all(client.gone() for client in clients):
            take(clients, 0.1)
        for client in clients:
            client.close()
    pss = sum(size[0] for size in sizes) / number
    rss = sum(size[1] for size in sizes) / number
    times = [session.seconds for session in sessions]
    middle = sorted(times)[number // 2]
    processor = sorted(session.work for session in sessions)[number // 2]
    fits = int((HOST_GIB - SYSTEM_GIB) * 2**30 / 1e6 / pss)
    rows = [
        (f"{number} sessions, each", "PSS", f"{pss:,.1f} MB (most {max(size[0] for size in sizes):,.1f})"),
        ("", "RSS", f"{rss:,.1f} MB"),
        *([("the host itself", "PSS, RSS", f"{shared[0]:,.1f} MB, {shared[1]:,.1f} MB")] if host else []),
        ("all together", "PSS", f"{(pss * number + shared[0]) / 1000:,.2f} GB"),
        ("one alone", "PSS, RSS", f"{alone[0]:,.1f} MB, {alone[1]:,.1f} MB"),
        (
            f"nobody presses a key, {QUIET:g} s",
            "CPU",
            f"{sum(work) / QUIET * 100:.1f} % of one core for all, {written:,} bytes written",
        ),
        (
            "opening one",
            "seconds",
            f"{middle:.2f} (first {times[0]:.2f}, last {times[-1]:.2f})",
        ),
        ("", "CPU", f"{processor:.2f} seconds"),
        (f"a host of {HOST_GIB} GiB, {SYSTEM_GIB} GiB left free", "sessions", f"{fits}"),
    ]
    return "\n".join(f"{what:<36}{unit:<10}{said}" for what, unit, said in rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=30)
    parser.add_argument("--children", type=int, default=2_000)
    parser.add_argument("--host", action="store_true", help="with a session host")
    told = parser.parse_args()
    if not Path("/proc/self/smaps_rollup").exists():
        raise SystemExit("This measures with /proc/PID/smaps_rollup, which is not on this machine.")
    folder = Path(tempfile.mkdtemp(prefix="fcl-sessions-"))
    try:
        make = ("--home", str(folder / "home"), "demo", "--children", str(told.children), "--no-open")
        subprocess.run(words(*make), check=True, stdout=subprocess.DEVNULL, env=plain_environment())
        print(f"{told.children:,} children, {os.cpu_count()} cores")
        settings = folder / "home" / "settings.toml"
        settings.write_text("open_without_list = true\n")  # nobody is listed here
        settings.chmod(0o600)
        host = SessionHost(words(), folder / "home") if told.host else None
        try:
            print(measure(folder / "home", told.sessions, host))
        finally:
            if host:
                host.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
