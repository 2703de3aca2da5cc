"""The account's shell: what the client sends along must not run before the program."""

import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from fcl_tui.ssh import shell
from tests.sshd import Server, ssh_server
from tests.test_authorized_keys import ED
from tests.test_cli import run as command

__all__ = ["ssh_server"]


def account(monkeypatch, path):
    entry = SimpleNamespace(pw_name="fcl", pw_shell=path)
    monkeypatch.setattr(pwd, "getpwuid", lambda _: entry)


@pytest.mark.parametrize("path", ["/bin/sh", "/usr/bin/dash", "/bin/ash", ""])
def test_a_shell_that_reads_nothing_is_well(monkeypatch, path):
    account(monkeypatch, path)
    assert shell.shell_fault() is None


@pytest.mark.parametrize("path", ["/bin/bash", "/usr/bin/zsh", "/bin/rbash", "/usr/bin/fish"])
def test_another_is_told_by_doctor_and_with_each_key(monkeypatch, path, tmp_path, capfdbinary):
    account(monkeypatch, path)
    key = tmp_path / "key.pub"
    key.write_text(f"{ED} ann\n")
    words = (
        "ssh",
        "authorized-keys",
        "ann.lee",
        key,
        "--home",
        tmp_path,
        "--program",
        "/opt/fcl/bin/fcl-tui",
    )
    code, out, err = command(capfdbinary, *words)
    assert (code, out.count("\n")) == (0, 1)  # the line alone, to be appended to a file
    assert "usermod --shell /bin/sh fcl" in err
    assert "usermod --shell /bin/sh fcl" in command(capfdbinary, "doctor", "--home", tmp_path)[1]


@pytest.mark.parametrize("name", ["sh", "dash"])
def test_sh_does_not_run_what_bash_env_says(name, tmp_path):
    ran = tmp_path / "ran"
    told = {"PATH": os.environ["PATH"], "BASH_ENV": f"$(touch {ran})", "ENV": f"$(touch {ran})"}
    subprocess.run([f"/bin/{name}", "-c", "true"], env=told, check=True)
    assert not ran.exists()


def sent_along(server: Server, ran: Path) -> bool:
    """Whether a command in BASH_ENV ran on the host; the program answers as ever."""
    asked = server.ask("find zoe", options=("-o", f"SetEnv=BASH_ENV=$(touch${{IFS}}{ran})"))
    assert asked.returncode == 0
    assert b"Zo" in asked.stdout
    return ran.exists()


def test_over_ssh_bash_env_runs_only_where_doctor_warns_of_the_shell(ssh_server, tmp_path):
    """The server of these tests accepts every variable."""
    ran = sent_along(ssh_server, tmp_path / "ran")
    assert not ran or shell.shell_fault() is not None
    if Path(pwd.getpwuid(os.geteuid()).pw_shell).name == "bash":
        assert ran  # if it does not any more, the guide's warning is out of date


@pytest.fixture
def documented(ssh_server, ready):
    """A second server, which accepts what the deployment guide says."""
    folder = Path(tempfile.mkdtemp(prefix="fcl-sshd-"))
    server = Server(folder)
    server.accepted = ("AcceptEnv LANG LC_*",)
    try:
        server.prepare(ready)
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder)


def test_with_the_documented_settings_bash_env_does_not_arrive(documented, tmp_path):
    assert not sent_along(documented, tmp_path / "ran")
