"""What a session costs when many are open at once, and how many a host of 16 GiB carries.

Run with `make bench-sessions`, or: python -m tests.benchmarks.sessions [--sessions N] [--children N].
Each session is `fcl-tui session` in a pseudo-terminal of its own with the Client Overview open, all on one
demo home; they are opened one after the other, left alone, measured, and ended. It ends by itself.
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

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


def opened(home: Path, number: int) -> tuple[Client, float]:
    """A session with the Client Overview on its screen, and the seconds that took."""
    begun = time.monotonic()
    client = Client(words("session", "--user", f"reader{number}", "--home", str(home)))
    for wanted, keys in (("Find", b"2"), ("Fostering", b"\r"), ("overdue", b"")):
        while wanted not in client.text:
            if not client.read(0.1) or time.monotonic() > begun + OPENED_WITHIN:
                told = client.text.strip()
                client.close()
                raise SystemExit(f"Session {number} did not open:\n{told}")
        client.press(keys)
    return client, time.monotonic() - begun


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


def measure(home: Path, number: int) -> str:
    """Open the sessions, and say what they cost."""
    clients: list[Client] = []
    try:
        times = []
        for one in range(number):
            client, took = opened(home, one)
            clients.append(client)
            times.append(took)
            if one == 0:
                take(clients, 3)
                alone = memory(client.pid)
        take(clients, 3)
        work = [seconds_of_work(client.pid) for client in clients]
        written = take(clients, QUIET)
        work = [seconds_of_work(client.pid) - before for client, before in zip(clients, work, strict=True)]
        sizes = [memory(client.pid) for client in clients]
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
    middle = sorted(times)[number // 2]
    fits = int((HOST_GIB - SYSTEM_GIB) * 2**30 / 1e6 / pss)
    rows = [
        (f"{number} sessions, each", "PSS", f"{pss:,.1f} MB (most {max(size[0] for size in sizes):,.1f})"),
        ("", "RSS", f"{rss:,.1f} MB"),
        ("all together", "PSS", f"{pss * number / 1000:,.2f} GB"),
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
        (f"a host of {HOST_GIB} GiB, {SYSTEM_GIB} GiB left free", "sessions", f"{fits}"),
    ]
    return "\n".join(f"{what:<36}{unit:<10}{said}" for what, unit, said in rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=30)
    parser.add_argument("--children", type=int, default=2_000)
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
        print(measure(folder / "home", told.sessions))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
