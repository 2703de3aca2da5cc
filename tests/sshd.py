"""A real OpenSSH server on loopback for the tests, one for the whole run, and a real client in a terminal."""

import contextlib
import fcntl
import getpass
import os
import pty
import select
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path

import pyte
import pytest

from tests.ready import Ready
from tests.terminal import PATIENCE, Screen, Terminal

REPOSITORY = Path(__file__).parent.parent
HARSH = ("AcceptEnv *", "AllowTcpForwarding yes", "AllowAgentForwarding yes", "X11Forwarding yes")
"""A server that lets everything through: what holds the door is the line of the key alone."""


class Server:
    """The server, a home with a small authority, and keys."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.home = folder, folder / "home"
        self.program = folder / "bin" / "fcl-tui"
        self.authorized = folder / "authorized_keys"
        self.port = free_port()
        self.accepted: tuple[str, ...] = HARSH
        self.process: subprocess.Popen[bytes] | None = None

    def prepare(self, ready: Ready) -> None:
        self.program.parent.mkdir()
        code = f"import sys; sys.path.insert(0, {str(REPOSITORY)!r}); from fcl_tui.start import main; main()"
        self.program.write_text(f'#!/bin/sh\nexec {sys.executable} -c "{code}" "$@"\n')
        self.program.chmod(0o755)
        for name in ("host", "ann.lee", "nobody"):
            self.key(name)
        self.allow("ann.lee")
        ready.awkward(self.home)
        (self.home / "settings.toml").touch(mode=0o600)
        (self.home / "settings.toml").write_text("open_without_list = true\n")  # most tests list nobody

    def key(self, name: str) -> Path:
        """The private key of a person, made when first asked for."""
        path = self.folder / f"key-{name}"
        if not path.exists():
            words = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(path)]
            subprocess.run(words, check=True, capture_output=True)
        return path

    def allow(self, user: str, home: Path | None = None) -> None:
        """Let a person in, to a home (this one when not named), with the line that fcl-tui prints."""
        words = [self.program, "ssh", "authorized-keys", user, f"{self.key(user)}.pub"]
        made = subprocess.run(
            [*words, "--home", home or self.home, "--program", self.program],
            check=True,
            capture_output=True,
            text=True,
        )
        assert len(made.stdout.splitlines()) == 1
        with self.authorized.open("a") as file:
            file.write(made.stdout)
        self.authorized.chmod(0o600)

    def start(self) -> None:
        config = self.folder / "sshd_config"
        lines = [
            f"Port {self.port}",
            "ListenAddress 127.0.0.1",
            f"HostKey {self.key('host')}",
            f"AuthorizedKeysFile {self.authorized}",
            f"PidFile {self.folder / 'pid'}",
            "UsePAM no",
            "StrictModes no",
            "PermitRootLogin forced-commands-only",
            "PasswordAuthentication no",
            "KbdInteractiveAuthentication no",
            "Subsystem sftp internal-sftp",
            "MaxStartups 100",
            "LogLevel VERBOSE",
            "SetEnv SHLVL=1",  # bash then reads no .bashrc here, which may print, or wait for others
            *self.accepted,
        ]
        config.write_text("\n".join(lines) + "\n")
        if os.geteuid() == 0:
            Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)  # where the server's parts are locked in
        with (self.folder / "log").open("wb") as log:
            self.process = subprocess.Popen(
                [sshd(), "-D", "-e", "-f", str(config)], stdout=log, stderr=log, stdin=subprocess.DEVNULL
            )
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self.process.poll() is None:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return
            time.sleep(0.02)
        raise RuntimeError(self.log())

    def log(self) -> str:
        return (self.folder / "log").read_text(errors="replace")

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait()

    def client(self, *options: str, user: str = "ann.lee", agent: str = "none") -> list[str]:
        """The words that start ssh, with nothing of this machine's own configuration."""
        fixed = (
            "StrictHostKeyChecking=no",
            f"UserKnownHostsFile={self.folder / 'known_hosts'}",
            "IdentitiesOnly=yes",
            f"IdentityAgent={agent}",
            "BatchMode=yes",
            *(() if "-v" in options else ("LogLevel=ERROR",)),
        )
        words = ["ssh", "-F", "none", "-p", str(self.port), "-i", str(self.key(user))]
        return [*words, *(word for one in fixed for word in ("-o", one)), *options]

    def ask(self, *words: str, options: tuple[str, ...] = (), user: str = "ann.lee", **more):
        """Run ssh without a terminal to its end."""
        command = [*self.client(*options, user=user), f"{getpass.getuser()}@127.0.0.1", *words]
        more = {"stdin": subprocess.DEVNULL} | more if "input" not in more else more
        return subprocess.run(
            command, check=False, capture_output=True, timeout=PATIENCE, env=plain_environment(), **more
        )

    def sessions(self, home: Path | None = None) -> list[int]:
        """The processes of sessions of a home (this one when not named) that are running on this machine."""
        found = []
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            with contextlib.suppress(OSError):
                words = path.read_bytes().split(b"\0")
                if b"session" in words and os.fsencode(home or self.home) in words and b"-c" in words:
                    found.append(int(path.parent.name))
        return found


class Client(Terminal):
    """A real ssh client on a pseudo-terminal."""

    def __init__(self, words: list[str], *, columns: int = 80, lines: int = 24, **environment: str) -> None:
        self.screen = Screen(columns, lines)
        self.stream = pyte.ByteStream(self.screen)
        self.raw = b""
        self.status: int | None = None
        self.pid, self.master = pty.fork()
        if self.pid == 0:
            os.execvpe(words[0], words, plain_environment() | environment)
        self.resize(columns, lines)

    def resize(self, columns: int, lines: int) -> None:
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self.screen.resize(lines, columns)

    def wait(self, fact, what: str = "") -> None:
        """Read until the fact holds; the end of the program, where it was not waited for, is a failure."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if fact():
                return
            if not self.read(0.1):
                time.sleep(0.01)
                if self.gone() and not fact():
                    break
        raise AssertionError(f"never came: {what}\n{self.text}")

    def paste(self, data: bytes) -> bytes:
        """Write much, reading meanwhile, as a terminal does; the rest is what was not taken."""
        os.set_blocking(self.master, False)
        refused = 0
        while data and refused < 100:
            _, free, _ = select.select([], [self.master], [], 0)
            refused = 0 if free else refused + 1
            if free:
                with contextlib.suppress(BlockingIOError):
                    data = data[os.write(self.master, data[:4096]) :]
            self.read(0.01)
        os.set_blocking(self.master, True)
        return data

    def kill(self) -> None:
        """The line is cut: the client is gone without a word."""
        os.kill(self.pid, signal.SIGKILL)


def plain_environment() -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "TERM": "xterm-256color", "LANG": "C.UTF-8"}


def sshd() -> str | None:
    """The server program; it wants to be started by its whole path."""
    return shutil.which("sshd", path=f"/usr/sbin:/usr/local/sbin:{os.environ.get('PATH', '')}")


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.fixture(scope="session")
def ssh_server(ready):
    """A running server, or a skip that says why there is none."""
    if sshd() is None or shutil.which("ssh") is None or shutil.which("ssh-keygen") is None:
        pytest.skip("OpenSSH is not installed (on Debian: apt install openssh-server)")
    folder = Path(tempfile.mkdtemp(prefix="fcl-sshd-"))
    server = Server(folder)
    try:
        server.prepare(ready)
        server.start()
        if b"Permission denied" in server.ask("fetch").stderr:
            pytest.skip(f"This account cannot be logged in to over SSH: {server.log()[-300:]}")
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def ssh(ssh_server):
    """Opens ssh clients on terminals; all are closed at the end."""
    opened: list[Client] = []

    def start(
        *words: str, options: tuple[str, ...] = (), user: str = "ann.lee", agent: str = "none", **more
    ) -> Client:
        command = ssh_server.client("-tt", *options, user=user, agent=agent)
        client = Client([*command, f"{getpass.getuser()}@127.0.0.1", *words], **more)
        opened.append(client)
        return client

    yield start
    for client in opened:
        client.close()
