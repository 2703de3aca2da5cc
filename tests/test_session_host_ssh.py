"""Sessions over a real SSH server while a session host runs: as without it, and when one of the two dies."""

import inspect
import os
import re
import signal
from pathlib import Path

import pytest

from fcl_tui.config.session_host import SOCKET
from tests import test_ssh_roles as roles
from tests import test_ssh_sessions as sessions
from tests.session_host import SessionHost
from tests.ssh_roles import House
from tests.sshd import ssh, ssh_server
from tests.test_ssh_sessions import agent

__all__ = ["agent", "ssh", "ssh_server"]
ERASED = rb"\x1b\[\d+X"
"""Blanks erased in colour, which a VT100 cannot do"""


@pytest.fixture(scope="module")
def running(ssh_server):
    host = SessionHost([ssh_server.program], ssh_server.home, LANG="en_GB.ISO-8859-1", TERM="linux")
    yield host
    host.stop()


@pytest.fixture
def host(running):
    """The host, which has nothing left to do at the end of each test."""
    yield running
    running.quiet()


@pytest.mark.parametrize(
    "test",
    [
        sessions.test_a_person_logs_in_and_sees_the_client_overview,
        sessions.test_keys_that_lead_out_elsewhere_do_nothing_here,
        sessions.test_a_paste_of_a_megabyte_is_one_paste,
        sessions.test_a_line_cut_under_a_flood_of_keys_ends_the_session,
        sessions.test_a_line_cut_in_the_middle_of_a_mark_keeps_it,
        sessions.test_without_a_terminal_the_reports_are_named,
        sessions.test_reports_for_scripts,
    ],
    ids=lambda test: test.__name__[5:],
)
def test_as_without_a_host(test, request, host):
    before = host.ended()
    test(**{name: request.getfixturevalue(name) for name in inspect.signature(test).parameters})
    host.quiet()
    for_screens = "ssh" in inspect.signature(test).parameters
    assert (host.ended() > before) is for_screens, "it went through the host"


def test_the_session_has_the_environment_of_its_own_client(ssh, host):
    plain = ssh(options=("-o", "SetEnv=LC_ALL=C"), TERM="vt100")
    plain.see("? Help")
    assert plain.raw.isascii()
    assert not re.search(ERASED, plain.raw)
    other = ssh()
    other.see("⏎ Open")
    assert re.search(ERASED, other.raw)
    for client in (plain, other):
        client.press(b"q")
        client.wait(client.gone, "leaving")
        assert client.status == 0


def test_strange_variables_of_the_client_change_nothing(ssh, host):
    sent = "SetEnv=TEXTUAL=devtools PYTHONINSPECT=1 FCL_ASCII=1 RUST_BACKTRACE=full COLUMNS=20"
    client = ssh(options=("-o", sent))
    client.see("⏎ Open")
    client.press(b"q")
    client.wait(client.gone, "leaving")
    assert client.status == 0
    assert b">>>" not in client.raw


def test_a_new_size_of_the_window_reaches_it(ssh, host):
    client = ssh()
    client.see("? Help")
    client.resize(120, 45)
    client.wait(lambda: "? Help" in client.screen.display[44], "the last line is the new last one")
    client.press(b"q")
    client.wait(client.gone, "leaving")


def test_a_client_that_is_killed_takes_its_session_along(ssh, ssh_server, host):
    client = ssh()
    client.see("? Help")
    assert len(host.sessions()) == 1
    (thin,) = ssh_server.sessions()
    assert b"-I" not in Path(f"/proc/{thin}/cmdline").read_bytes().split(b"\0"), "it was started once"
    os.kill(thin, signal.SIGKILL)
    client.wait(client.gone, "the connection ends")
    host.quiet()


def test_a_session_that_is_killed_leaves_no_name_on_the_terminal(ssh, ssh_server, host):
    client = ssh()
    client.see("? Help")
    (session,) = host.sessions()
    os.kill(session, signal.SIGKILL)
    client.wait(client.gone, "the client ends")
    assert client.status == 128 + signal.SIGKILL
    assert b"\x1b[2J" in client.raw[client.raw.rindex(b"\x1b[?1049l") - 200 :]
    assert not ssh_server.sessions()


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_who_has_left_the_service_is_sent_away_by_a_signal_to_the_client(ssh, ssh_server, host, number):
    client = ssh()
    client.see("? Help")
    (thin,) = ssh_server.sessions()
    os.kill(thin, number)
    client.wait(client.gone, "leaving")
    assert client.status == 0
    assert b"\x1b[2J" in client.raw[client.raw.rindex(b"\x1b[?1049l") - 200 :]


@pytest.fixture(scope="module")
def own_home(ssh_server, ready):
    """A home with a reader and no host yet."""
    home = ready.awkward(ssh_server.folder / "hosted")
    (home / "settings.toml").write_text("open_without_list = true\n")
    (home / "settings.toml").chmod(0o600)
    ssh_server.allow("hosted.reader", home)
    return home


def test_a_session_outlives_its_host_and_the_next_opens_without(ssh, ssh_server, own_home):
    host = SessionHost([ssh_server.program], own_home)
    try:
        first = ssh(user="hosted.reader")
        first.see("? Help")
        (session,) = host.sessions()
        os.kill(host.pid, signal.SIGKILL)
        host.process.wait()
        assert (own_home / SOCKET).exists()
        second = ssh(user="hosted.reader")
        second.see("? Help")
        first.press(b"2\r")
        first.see("[red]O'Brien[")
        for client in (first, second):
            client.press(b"q")
            client.wait(client.gone, "leaving")
        assert second.status == 0
        host.wait_until(lambda: not Path(f"/proc/{session}").exists(), "the session ends")
    finally:
        host.stop()


def test_a_host_that_does_not_answer_is_none_and_never_comes_back_to_the_terminal(ssh, host):
    before = host.ended()
    os.kill(host.pid, signal.SIGSTOP)
    client = ssh()
    client.see("? Help")
    os.kill(host.pid, signal.SIGCONT)
    host.wait_until(lambda: host.ended() > before, "what it forked for the client that had gone on ends")
    host.quiet()
    client.press(b"2\r")
    client.see("[red]O'Brien[")
    client.press(b"q")
    client.wait(client.gone, "leaving")
    assert client.status == 0
    assert client.raw.count(b"\x1b[?1049h") == 1


def test_the_checks_are_made_in_the_session(ssh, ssh_server, own_home):
    host, settings = SessionHost([ssh_server.program], own_home), own_home / "settings.toml"
    kept = settings.read_text()
    try:
        for spoil, mend, said in (
            (lambda: own_home.chmod(0o755), lambda: own_home.chmod(0o700), "chmod -R go="),
            (lambda: settings.write_text(""), lambda: settings.write_text(kept), "There is no access list"),
        ):
            before = host.ended()
            spoil()
            client = ssh(user="hosted.reader", columns=120)
            client.wait(client.gone, "it is refused")
            mend()
            assert client.status == 1
            assert said in " ".join(client.text.split())
            assert host.ended() > before
    finally:
        host.stop()


def test_the_session_is_as_private_as_without(ssh, host):
    client = ssh()
    client.see("? Help")
    (session,) = host.sessions()
    assert re.search(r"Max core file size +0 +0 ", Path(f"/proc/{session}/limits").read_text())
    status = Path(f"/proc/{session}/status").read_text()
    assert re.search(r"Umask:\s+0077", status)
    ignored = int(re.search(r"SigIgn:\s+(\w+)", status)[1], 16)
    assert ignored & 1 << signal.SIGQUIT - 1
    assert not ignored & 1 << signal.SIGHUP - 1
    files = [str(one.readlink()) for one in Path(f"/proc/{session}/fd").iterdir()]
    assert sum(one.startswith("socket:") for one in files) == 3, (
        "its own line, and the two ends of the loop's"
    )
    client.press(b"q")
    client.wait(client.gone, "leaving")


@pytest.fixture(scope="module")
def house(ssh_server, ready):
    return House(ssh_server, ready)


@pytest.fixture(scope="module")
def host_of_the_house(ssh_server, house):
    host = SessionHost([ssh_server.program], house.home)
    yield host
    host.stop()


def test_nothing_of_another_child_reaches_a_reader(house, host_of_the_house, ssh):
    roles.test_nothing_of_another_child_reaches_a_reader(house, ssh, "wes")
    assert host_of_the_house.ended()


def test_who_may_come_in_and_what_is_written_down_are_as_without(house, host_of_the_house, ssh):
    before = host_of_the_house.ended()
    roles.test_who_is_not_listed_comes_no_further_than_one_sentence(house, ssh)
    roles.test_an_administrator_has_the_access_log_and_no_child(house, ssh)
    roles.test_the_log_says_that_a_session_began_and_how_it_ended(house, ssh)
    host_of_the_house.quiet()
    assert host_of_the_house.ended() > before
