"""What the session host imports, who may ask it, and when it is none."""

import json
import os
import socket
import stat
import subprocess
import sys
from array import array

import pytest

from fcl_tui.config.permissions import not_private
from fcl_tui.config.session_host import SOCKET
from fcl_tui.ssh.environment import KEPT
from fcl_tui.ssh.host import client, serve
from fcl_tui.ssh.host.line import NO, READY, fingerprint
from fcl_tui.ssh.host.session import OTHER_PROGRAM
from tests.session_host import SessionHost
from tests.sshd import REPOSITORY

SETTLED = {"HOME", "LANG", "LC_ALL", "LC_CTYPE", "LC_TERMINAL"}
"""What imports read of a session's own variables: taken back in each session, or (HOME) the account's"""

OURS = f"import sys; sys.path.insert(0, {str(REPOSITORY)!r}); from fcl_tui.start import main; main()"
PROGRAM = [sys.executable, "-c", OURS]

IMPORTED = """
import json, os, sys
read, whole = set(), type(os.environ).__getitem__
def asked(self, name):
    read.add(name)
    return whole(self, name)
type(os.environ).__getitem__ = asked
from fcl_tui.ssh.host import imports
settle = imports.everything()
type(os.environ).__getitem__ = whole
threads = imports.threads()
import polars as pl
frame, answers = pl.LazyFrame({"key": [1, 1, 2], "value": [1, 2, 3]}), []
for engine in ("in-memory", "streaming") * 3:
    process = os.fork()
    if not process:
        settle()
        summed = frame.group_by("key").agg(pl.col("value").sum()).sort("key").collect(engine=engine)
        os._exit(0 if summed["value"].to_list() == [3, 3] and imports.threads() > 1 else 1)
    answers.append(os.waitpid(process, 0)[1])
print(json.dumps([threads, imports.threads(), answers, sorted(read)]))
"""


def test_polars_begins_no_thread_before_the_first_query_of_a_session():
    """And none of a session's own variables is read without being taken back."""
    done = subprocess.run(
        [sys.executable, "-c", IMPORTED], check=True, capture_output=True, text=True, timeout=120
    )
    threads, afterwards, answers, read = json.loads(done.stdout)
    assert (threads, afterwards) == (1, 1)
    assert answers == [0] * 6
    own = {name for name in read if name in KEPT or name.startswith("LC_")}
    assert own <= SETTLED
    assert {"LANG", "TEXTUAL_FPS"} <= set(read), "reading is seen at all"


def test_polars_alone_begins_a_thread():
    """The day this fails, nothing need be put off any more."""
    count = "import os, polars; print(len(os.listdir('/proc/self/task')))"
    quiet = os.environ | {"_RJEM_MALLOC_CONF": "background_thread:false"}
    done = subprocess.run([sys.executable, "-c", count], check=True, capture_output=True, env=quiet)
    assert int(done.stdout) > 1


def test_the_thin_client_imports_the_standard_library_alone():
    words = "import sys; import fcl_tui.ssh.environment, fcl_tui.ssh.host.client; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", words], check=True, capture_output=True, text=True)
    theirs = {name.partition(".")[0] for name in done.stdout.split()} - set(sys.stdlib_module_names)
    assert {name for name in theirs if not name.startswith("_")} <= {"fcl_tui", "sitecustomize"}
    assert "pathlib" not in done.stdout.split()


@pytest.fixture(scope="module")
def host(ready, tmp_path_factory):
    started = SessionHost(PROGRAM, ready.awkward(tmp_path_factory.mktemp("host") / "home"))
    yield started
    started.stop()


@pytest.fixture
def line(host):
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as one:
        one.settimeout(20)
        one.connect(str(host.home / SOCKET))
        yield one


@pytest.fixture
def terminal():
    ours, theirs = os.openpty()
    yield theirs
    os.close(ours)
    os.close(theirs)


def request(**other):
    told = {"program": fingerprint(), "user": "ann.lee", "home": "/nowhere", "folder": "/", "environment": {}}
    return json.dumps(told | {"streams": [["utf-8", "strict"]] * 3} | other).encode()


def send(line, data, *files):
    handed = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array("i", files))] if files else []
    line.sendmsg([data], handed)


def test_its_socket_is_for_its_own_account_alone(host):
    info = (host.home / SOCKET).stat()
    assert stat.S_ISSOCK(info.st_mode)
    assert stat.S_IMODE(info.st_mode) == 0o600
    assert not_private(host.home) == []


def test_a_client_of_another_version_is_refused(host, line, terminal):
    send(line, request(program="another"), terminal, terminal, terminal)
    assert line.recv(64) == NO
    assert line.recv(64) == b"code %d" % OTHER_PROGRAM
    host.quiet()
    assert host.process.poll() is None, "it is the client that is another"


@pytest.mark.parametrize("sent", [b"", b"{", b"[]", b"{}", b"x" * 60_000, request()[:-1]])
def test_what_is_no_request_opens_nothing(host, line, terminal, sent):
    send(line, sent, terminal, terminal, terminal)
    assert line.recv(64) == b"code 1"
    host.quiet()


@pytest.mark.parametrize("files", [0, 2, 4])
def test_a_request_without_a_whole_terminal_opens_nothing(host, line, terminal, files):
    send(line, request(), *([terminal] * files))
    assert line.recv(64) == b"code 1"


def test_what_is_no_terminal_opens_nothing(host, line, tmp_path):
    with (tmp_path / "file").open("w") as file:
        send(line, request(), *[file.fileno()] * 3)
        assert line.recv(64) == b"code 1"


def test_a_client_that_has_gone_on_gets_no_session(host, line, terminal):
    send(line, request(), terminal, terminal, terminal)
    assert line.recv(64) == READY
    line.close()
    host.quiet()


def test_clients_that_say_nothing_keep_nobody_out(host, terminal):
    silent = [socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) for _ in range(30)]
    for one in silent:
        one.connect(str(host.home / SOCKET))
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as line:
        line.settimeout(20)
        line.connect(str(host.home / SOCKET))
        send(line, request(), terminal, terminal, terminal)
        assert line.recv(64) == READY
    for one in silent:
        one.close()
    host.quiet()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another account")
def test_another_account_is_turned_away_even_where_the_file_lets_it(host):
    folder = host.home.parent
    modes = [(path, stat.S_IMODE(path.stat().st_mode)) for path in (*folder.parents, folder, host.home)]
    try:
        for path, mode in modes:
            path.chmod(mode | 0o011)
        (host.home / SOCKET).chmod(0o666)
        words = (
            "import os, sys; from socket import *; os.setuid(65534); one = socket(AF_UNIX, SOCK_SEQPACKET);"
            "one.settimeout(20); one.connect(sys.argv[1]); print(one.recv(64))"
        )
        asked = [sys.executable, "-c", words, str(host.home / SOCKET)]
        done = subprocess.run(asked, check=False, capture_output=True, text=True)
        assert done.stdout.strip() == "b''" or "ConnectionResetError" in done.stderr
        assert not client._is_private(str(host.home / SOCKET))
        assert "open to other accounts" in " ".join(not_private(host.home))
    finally:
        (host.home / SOCKET).chmod(0o600)
        for path, mode in reversed(modes):
            path.chmod(mode)


def test_a_second_host_is_refused_and_one_that_died_is_cleared_away(host, tmp_path):
    with pytest.raises(Exception, match="Another session host runs"), serve._listening(host.home, None):
        pass
    left = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    left.bind(str(tmp_path / SOCKET))
    left.close()
    with serve._listening(tmp_path, None):
        assert client._is_private(str(tmp_path / SOCKET))
    assert not (tmp_path / SOCKET).exists()


def test_what_lies_in_the_place_of_the_socket_is_no_host(tmp_path):
    path = tmp_path / SOCKET
    assert client.through_host("ann.lee", str(tmp_path)) is None
    path.write_text("")
    assert not client._is_private(str(path))
    path.unlink()
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as other:
        other.bind(str(tmp_path / "elsewhere"))
        path.symlink_to(tmp_path / "elsewhere")
        assert not client._is_private(str(path))
    tmp_path.chmod(0o700)
    (tmp_path / "elsewhere").chmod(0o600)
    assert "elsewhere" in " ".join(not_private(tmp_path)), "a home has no other socket"


def test_a_host_is_older_once_another_version_is_installed(monkeypatch):
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener:
        host = serve.Host(listener, fingerprint(), serve._place(), lambda: None, lambda user, home: 0)
        assert not host._is_older()
        monkeypatch.setattr(serve, "fingerprint", lambda: "newer")
        assert host._is_older()
        monkeypatch.undo()
        monkeypatch.setattr(sys, "argv", ["/opt/fcl/next/bin/fcl-tui"])
        assert host._is_older()


ACTIVATED = """
import os, socket, sys
home, *words = sys.argv[1:]
one = socket.socket(socket.AF_UNIX, getattr(socket, words.pop(0)))
os.umask(0o177); one.bind(home + "/session-host"); one.listen(8)
os.dup2(one.fileno(), 3); os.set_inheritable(3, True)
os.environ["LISTEN_FDS"], os.environ["LISTEN_PID"] = "1", str(os.getpid())
os.execvp(words[0], words)
"""
"""As systemd starts a service for a socket"""


def test_it_takes_the_socket_that_systemd_opened(ready, terminal, tmp_path):
    home = ready.awkward(tmp_path / "home")
    started = SessionHost([sys.executable, "-c", ACTIVATED, str(home), "SOCK_SEQPACKET", *PROGRAM], home)
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as line:
            line.settimeout(20)
            line.connect(str(home / SOCKET))
            send(line, request(), terminal, terminal, terminal)
            assert line.recv(64) == READY
        started.process.terminate()
        started.process.wait(20)
        assert (home / SOCKET).exists(), "it is the unit's to remove"
    finally:
        started.stop()


def test_a_socket_of_another_kind_is_refused(tmp_path):
    words = [sys.executable, "-c", ACTIVATED, str(tmp_path), "SOCK_STREAM", *PROGRAM]
    tmp_path.chmod(0o700)
    done = subprocess.run(
        [*words, "ssh", "host", "--home", str(tmp_path)], check=False, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert "ListenSequentialPacket" in done.stderr
