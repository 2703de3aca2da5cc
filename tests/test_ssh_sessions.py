"""Sessions over a real SSH server: people get their reports, and nobody gets out."""

import contextlib
import getpass
import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

from data.errors import DataError
from fcl_tui.ssh.authorized import session_command
from fcl_tui.ssh.environment import kept, strangers
from fcl_tui.ssh.original import words
from tests.sshd import Client, free_port, plain_environment, ssh, ssh_server
from tests.terminal import PATIENCE, only_ours

__all__ = ["ssh", "ssh_server"]
ENVIRONMENT = plain_environment()


def wait_until(fact, what):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if fact():
            return
        time.sleep(0.02)
    raise AssertionError(f"never came: {what}")


def test_a_person_logs_in_and_sees_the_client_overview(ssh, ssh_server):
    client = ssh()
    client.see("Families, Children & Learning")
    client.press(b"2\r")
    client.see("[red]O'Brien[")
    client.press(b"q")
    client.wait(client.gone, "leaving")
    assert client.status == 0


def test_reports_for_scripts(ssh_server):
    asked = ssh_server.ask("report client-overview --format json")
    assert (asked.returncode, asked.stderr) == (0, b"")
    assert asked.stdout.startswith(b"{")
    assert ssh_server.ask("find zoe").returncode == 0


def test_a_key_without_a_line_is_refused(ssh_server):
    asked = ssh_server.ask("find zoe", user="nobody")
    assert (asked.returncode, asked.stdout) == (255, b"")


REFUSED = [
    "sh",
    "/bin/sh -i",
    "report; sh",
    "$(id)",
    "`id`",
    "report client-overview -o /tmp/fcl-out",
    "report client-overview -o/tmp/fcl-out",
    "report client-overview --output=/tmp/fcl-out",
    "report client-overview --home /tmp",
    "--home /tmp report client-overview",
    "report --team -o --by /tmp/fcl-out client-overview",
    "load /etc",
    "demo --write /tmp/fcl-out",
    "doctor",
    "session --user somebody.else",
    "ssh authorized-keys somebody.else /etc/passwd",
    "report 'client-overview",
    "find zoe\nid",
    "scp -f /etc/passwd",
    "internal-sftp",
    "x" * 5000,
]


@pytest.mark.parametrize("command", REFUSED, ids=lambda command: command[:30])
def test_what_else_may_not_be_asked_for(command):
    with pytest.raises(DataError, match="cannot be run here"):
        words(command)


@pytest.mark.parametrize("command", ["sh", "report; sh", "$(id)", "report client-overview -o /tmp/fcl-out"])
def test_other_commands_are_refused_with_one_sentence(ssh_server, command):
    asked = ssh_server.ask(command)
    assert (asked.returncode, asked.stdout) == (1, b"")
    assert asked.stderr.startswith(b"This cannot be run here.")
    assert asked.stderr.count(b"\n") == 1
    assert not Path("/tmp/fcl-out").exists()


def test_a_shell_reads_nothing_of_what_is_asked(ssh_server):
    asked = ssh_server.ask("report `id` $(id) | sh")
    assert asked.returncode != 0
    assert b"uid=" not in asked.stdout + asked.stderr


def test_files_cannot_be_carried_in_or_out(ssh_server, tmp_path):
    (tmp_path / "in").write_text("x")
    copy = shutil.which("scp"), "-F", "none"
    common = [*ssh_server.client()[3:]]  # without "ssh -F none"
    common[common.index("-p")] = "-P"
    place = f"{getpass.getuser()}@127.0.0.1"
    for how in ((), ("-O",)):
        for words_ in (
            (f"{place}:/etc/passwd", tmp_path / "out"),
            (tmp_path / "in", f"{place}:/tmp/fcl-out"),
        ):
            done = subprocess.run(
                [*copy, *how, *common, *words_], check=False, capture_output=True, timeout=60, env=ENVIRONMENT
            )
            assert done.returncode != 0
    assert ssh_server.ask("sftp", options=("-s",)).returncode == 1
    assert not (tmp_path / "out").exists()
    assert not Path("/tmp/fcl-out").exists()


@pytest.mark.parametrize(
    "variable",
    ["TEXTUAL=devtools,debug", "PYTHONINSPECT=1", "PYTHONPATH=/tmp", "FCL_HOME=/tmp", "TEXTUAL_SCREENSHOT=1"],
)
def test_variables_of_the_client_change_nothing(ssh_server, variable):
    asked = ssh_server.ask("find zoe", options=("-o", f"SetEnv={variable}"))
    assert asked.returncode == 0
    assert b"Zo" in asked.stdout
    assert b">>>" not in asked.stdout + asked.stderr


def test_only_named_variables_with_ordinary_values_are_kept():
    told = {"TERM": "xterm", "LC_ALL": "C", "TZ": ":/etc/passwd", "LANG": "a\x1b", "TEXTUAL": "debug"}
    told |= {"LD_PRELOAD": "/tmp/x.so", "EDITOR": "vi", "PATH": "/tmp", "LOGNAME": "x", "FCL_OFFICE": "x"}
    assert kept(told) == {"TERM": "xterm", "LC_ALL": "C", "PATH": "/usr/local/bin:/usr/bin:/bin"}
    assert strangers(told) == ["TEXTUAL", "LD_PRELOAD", "EDITOR", "FCL_OFFICE"]


def test_nothing_is_forwarded(ssh_server):
    def listens(port):
        with socket.socket() as one:
            return one.connect_ex(("127.0.0.1", port)) == 0

    there, back = free_port(), free_port()
    refused = ssh_server.ask(
        "find", "zoe", options=("-o", "ExitOnForwardFailure=yes", "-R", f"{back}:127.0.0.1:{ssh_server.port}")
    )
    assert refused.returncode == 255
    assert b"remote port forwarding failed" in refused.stderr
    through = ssh_server.ask(options=("-W", f"127.0.0.1:{ssh_server.port}"))
    assert through.returncode == 255
    assert b"prohibited" in through.stderr or b"forwarding failed" in through.stderr
    for option in (("-L", f"{there}:127.0.0.1:{ssh_server.port}"), ("-D", str(there))):
        # the client listens on its own machine; what comes in there is not let through
        client = Client([*ssh_server.client("-N", *option), f"{getpass.getuser()}@127.0.0.1"])
        try:
            client.wait(lambda: listens(there), "the client listens")
            with socket.create_connection(("127.0.0.1", there), 10) as one:
                one.settimeout(30)
                if option[0] == "-D":
                    one.sendall(b"\x05\x01\x00")
                    one.recv(2)
                    one.sendall(b"\x05\x01\x00\x01\x7f\x00\x00\x01" + ssh_server.port.to_bytes(2, "big"))
                with contextlib.suppress(ConnectionError):
                    assert b"SSH-2.0" not in one.recv(100)
        finally:
            client.close()
    assert not listens(back)


def test_a_second_session_on_one_connection_is_forced_too(ssh_server, tmp_path):
    path = Path(tempfile.mkdtemp(prefix="fcl-cm-")) / "c"
    client = Client([*ssh_server.client("-N", "-M", "-S", str(path)), f"{getpass.getuser()}@127.0.0.1"])
    try:
        client.wait(path.exists, "the connection")
        asked = ssh_server.ask("sh", options=("-S", str(path)))
        assert (asked.returncode, asked.stdout) == (1, b"")
        assert ssh_server.ask("find", "zoe", options=("-S", str(path))).returncode == 0
    finally:
        client.close()
        shutil.rmtree(path.parent)


def test_without_a_terminal_the_reports_are_named(ssh_server):
    asked = ssh_server.ask(options=("-T",))
    assert asked.returncode == 2
    assert b"fcl-tui report" in asked.stderr


def test_keys_that_lead_out_elsewhere_do_nothing_here(ssh, ssh_server):
    client = ssh(options=("-e", "none"))
    client.see("Families, Children & Learning")
    client.press(b"\x1a\x1c\x03!:\x1a")  # ctrl+z, ctrl+\, ctrl+c, !, :
    client.press(b"\x10")  # ctrl+p
    client.see("Search for")
    client.press(b"screenshot")
    client.see("Find a client: screenshot")  # and nothing else: no picture can be saved here
    assert "svg" not in client.text.lower()
    client.press(b"\x1b")
    client.wait(lambda: "Find a client: screenshot" not in client.text, "the palette closes")
    client.press(b"2\r")
    client.see("[red]O'Brien[")
    for columns in range(60, 140, 2):  # a storm of sizes, and keys at full speed
        client.resize(columns, 20 + columns % 30)
        client.press(b"jjjkkk")
    client.resize(80, 24)
    client.press(b"f")
    client.see("Find a client")
    client.press(b"\x1b")
    client.wait(lambda: "Find a client" not in client.text, "the window closes")
    client.press(b"q")
    client.wait(client.gone, "leaving")
    assert client.status == 0
    assert only_ours(client.raw) == []
    assert "\u202e".encode() not in client.raw
    assert b"\x1b[2J" in client.raw[client.raw.rindex(b"\x1b[?1049l") - 200 :]
    after = client.raw[client.raw.rindex(b"\x1b[?1049l") :]
    assert b"Brien" not in client.raw[: client.raw.index(b"\x1b[?1049h")] + after
    assert not re.search(rb"\x1b\]2;[^\x1b\x07]*Brien", client.raw)


def test_a_paste_of_a_megabyte_is_one_paste(ssh):
    client = ssh()
    client.see("Families, Children & Learning")
    client.press(b"f")
    client.see("Find a client")
    assert client.paste(b"\x1b[200~" + b"zoe " * 250_000 + b"\x1b[201~") == b""
    client.press(b"\x1b")
    client.wait(lambda: "Find a client" not in client.text, "the window closes")
    client.press(b"q")
    client.wait(client.gone, "leaving")
    assert client.status == 0


def test_a_line_cut_under_a_flood_of_keys_ends_the_session(ssh, ssh_server):
    client = ssh()
    client.see("Families, Children & Learning")
    client.press(b"f")
    client.see("Find a client")
    client.paste(b"zoe " * 250_000)  # as many keys as it takes
    assert ssh_server.sessions()
    client.kill()
    wait_until(lambda: not ssh_server.sessions(), "the session's process ends")


def test_a_line_cut_in_the_middle_of_a_mark_keeps_it(ssh, ssh_server):
    client = ssh()
    client.see("Families, Children & Learning")
    client.press(b"2\r")
    client.see("[red]O'Brien[")
    client.press(b"m")
    client.see("Chased")
    client.press(b"c")
    client.see("enter saves")
    client.press(b"their school\r")
    client.see("marked")
    assert ssh_server.sessions()
    client.kill()
    wait_until(lambda: not ssh_server.sessions(), "the session's process ends")
    marks = subprocess.run(
        [ssh_server.program, "--home", ssh_server.home, "marks", "--format", "csv"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert "their school" in marks
    assert "ann.lee" in marks


def test_an_export_is_fetched_and_nothing_else_is(ssh, ssh_server, tmp_path):
    client = ssh()
    client.see("Families, Children & Learning")
    client.press(b"2\r")
    client.see("[red]O'Brien[")
    client.press(b"x")
    client.see("Excel, as on the screen")
    client.press(b"x")
    client.see(".xlsx")
    name = re.search(r"written: fetch (\S+\.xlsx)", client.text)
    client.press(b"q")
    client.wait(client.gone, "leaving")
    folder = ssh_server.home / "exports" / "ann.lee"
    (made,) = folder.glob("*.xlsx")
    assert name is not None
    assert name[1] == made.name
    assert folder.stat().st_mode & 0o777 == 0o700
    assert ssh_server.ask("fetch", made.name).stdout == made.read_bytes()
    (folder / "folder.xlsx").mkdir(mode=0o700)
    (folder.parent / "other.xlsx").touch(mode=0o600)
    for name in ("../other.xlsx", "/etc/passwd", "folder.xlsx", ".", "..", "''"):
        asked = ssh_server.ask("fetch", name)
        assert (asked.returncode, asked.stdout) == (1, b""), name
        assert b"no file of yours" in asked.stderr
    strange = folder / "strange.xlsx"
    for made_by, said in (
        (lambda: strange.symlink_to("/etc/passwd"), b"Remove the link"),
        (lambda: os.mkfifo(strange, 0o600), b"neither a file nor a folder"),
    ):
        made_by()
        asked = ssh_server.ask("fetch", strange.name)
        strange.unlink()
        assert (asked.returncode, asked.stdout) == (1, b"")
        assert said in asked.stderr


@pytest.fixture
def agent(ssh_server):
    """A real agent that holds a key; the path of its socket."""
    folder = Path(tempfile.mkdtemp(prefix="fcl-ag-"))  # short: the name of a socket has few letters
    path = folder / "agent"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    running = subprocess.Popen(["ssh-agent", "-D", "-a", str(path)], **quiet)
    try:
        wait_until(path.exists, "the agent")
        environment = ENVIRONMENT | {"SSH_AUTH_SOCK": str(path)}
        subprocess.run(["ssh-add", "-q", str(ssh_server.key("ann.lee"))], env=environment, check=True)
        yield str(path)
    finally:
        running.terminate()
        running.wait()
        shutil.rmtree(folder)


@pytest.mark.parametrize("restricted", [True, False], ids=["as printed", "without restrict"])
def test_no_agent_reaches_the_session(ssh, ssh_server, agent, restricted):
    user = "ann.lee" if restricted else "loose"
    if not restricted:  # what a line written by hand would let through: the program drops it all the same
        command = session_command(user, ssh_server.home, ssh_server.program)
        with ssh_server.authorized.open("a") as file:
            file.write(f'command="{command}" {Path(f"{ssh_server.key(user)}.pub").read_text()}')
    client = ssh(options=("-v", "-A"), agent=agent, user=user)
    client.see("Families, Children & Learning")
    assert b"Requesting authentication agent forwarding" in client.raw
    (session,) = ssh_server.sessions()
    assert (forwarded_agents(session) == []) is restricted
    assert_bare(session, "SSH_AUTH_SOCK")
    client.press(b"q")
    client.wait(client.gone, "leaving")


@pytest.mark.parametrize("option", ["-X", "-Y"])
def test_no_display_reaches_the_session(ssh, ssh_server, option):
    client = ssh(options=("-v", option), DISPLAY=":0")
    client.see("Families, Children & Learning")
    assert b"X11 forwarding request failed" in client.raw
    (session,) = ssh_server.sessions()
    assert_bare(session, "DISPLAY", "XAUTHORITY")
    client.press(b"q")
    client.wait(client.gone, "leaving")


def assert_bare(session, *variables):
    """What the SSH server gave the process has none of these; TERM shows that it can be read."""
    given = dict(
        one.split(b"=", 1)
        for one in Path(f"/proc/{session}/environ").read_bytes().split(b"\0")
        if b"=" in one
    )
    assert given[b"TERM"] == b"xterm-256color"
    assert not set(given) & {name.encode() for name in variables}


def forwarded_agents(session):
    """Sockets that the SSH server made for the session's agent, /tmp/ssh-…/agent.…, of its own process."""
    parents, number = set(), session
    while number > 1:
        parents.add(number)
        number = int(Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[1])
    return [path for path in Path("/tmp").glob("ssh-*/agent.*") if int(path.suffix[1:]) in parents]
