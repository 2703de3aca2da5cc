"""What lies on the disk: private to one account, and no password of the office database told by anything."""

import os
import shlex
import socket
import subprocess
import sys
import threading

import pytest

from data.errors import DataError
from fcl_tui.config import settings
from fcl_tui.config.permissions import not_private, refuse_unless_private
from fcl_tui.config.secrets import FILE
from fcl_tui.loading.load import load
from fcl_tui.terminal import launch as opening
from tests.terminal import Awkward
from tests.test_cli import run as command

PASSWORD = "S3kret-Pw"


@pytest.fixture
def home(tmp_path):
    place = tmp_path / "the home"
    place.mkdir(mode=0o700)
    (place / "exports").mkdir(mode=0o700)
    (place / "exports" / "list.csv").touch(mode=0o600)
    return place


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    place = tmp_path_factory.mktemp("loaded") / "home"
    load([Awkward()], place)
    without_list(place)
    return place


def without_list(home):
    """Let a session in although nobody is listed."""
    (home / "settings.toml").touch(mode=0o600)
    (home / "settings.toml").write_text("open_without_list = true\n")


def session(home):
    """What a session that was asked for a list of children ends with."""
    environment = {"PATH": os.environ["PATH"], "SSH_ORIGINAL_COMMAND": "find zoe", "LANG": "C.UTF-8"}
    words = [sys.executable, "-m", "fcl_tui.cli.main", "session", "--user", "ann.lee", "--home", home]
    return subprocess.run(
        words,
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
        env=environment | {"PYTHONPATH": os.environ.get("PYTHONPATH", os.getcwd())},  # noqa: PTH109
    )


def test_what_a_load_leaves_is_private(loaded):
    assert not_private(loaded) == []


def test_what_a_demo_leaves_is_private(tmp_path, capfdbinary):
    old = os.umask(0o022)
    try:
        code, _, err = command(
            capfdbinary, "--home", tmp_path / "home", "demo", "--children", 20, "--no-open"
        )
    finally:
        os.umask(old)
    assert code == 0, err
    assert not_private(tmp_path / "home") == []


def test_a_home_others_can_read_gives_no_session_until_it_is_mended(loaded, capfdbinary):
    loaded.chmod(0o755)
    refused = session(loaded)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "The home itself is open to other accounts." in refused.stderr
    _, out, _ = command(capfdbinary, "doctor", "--home", loaded)
    mend = refused.stderr.strip().rpartition("To fix it: ")[2]
    assert f"To fix it: {mend}" in out
    subprocess.run(shlex.split(mend), check=True)
    assert session(loaded).returncode == 0
    _, out, _ = command(capfdbinary, "doctor", "--home", loaded)
    assert "is private to this account" in out


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o602, 0o610, 0o601])
def test_any_right_of_another_account_is_one_too_many(home, mode):
    path = home / "exports" / "list.csv"
    path.chmod(mode)
    with pytest.raises(DataError, match=r"exports/list.csv is open to other accounts.*chmod -R go= '.*home'"):
        refuse_unless_private(home)
    path.chmod(0o600)
    refuse_unless_private(home)


def test_how_many_more_are_open_is_told(home):
    (home / "exports").chmod(0o750)
    (home / "exports" / "list.csv").chmod(0o644)
    (told,) = not_private(home)
    assert told.startswith(f"exports and 1 more under {home} are open")


def test_what_belongs_to_another_account_is_told_with_the_command(home, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: home.stat().st_uid + 1)
    with pytest.raises(DataError, match=r"another account's.*chown -hR .*: '.*the home'"):
        refuse_unless_private(home)


def test_what_a_link_leads_to_has_to_be_private_too(home, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir(mode=0o700)
    (outside / "file").touch(mode=0o600)
    (home / "snapshots").symlink_to(outside)
    (outside / "back").symlink_to(home)
    assert not_private(home) == []
    (outside / "file").chmod(0o644)
    assert not_private(home) == [
        "file is open to other accounts. Remove the link; or, if nothing but fcl-tui uses this: "
        f"chmod -R go= {outside}"
    ]
    outside.chmod(0o755)
    assert f"{outside}, to which a link leads, and 1 more under" in not_private(home)[0]


def test_a_link_that_leads_to_one_file_to_nowhere_or_round_in_a_circle(home, tmp_path):
    rules = tmp_path / "rules.toml"
    rules.touch(mode=0o600)
    (home / "rules.toml").symlink_to(rules)
    (home / "nowhere").symlink_to(tmp_path / "gone")
    (home / "round").symlink_to(home / "round")
    assert not_private(home) == []
    rules.chmod(0o644)
    assert "rules.toml, to which a link leads, is open" in not_private(home)[0]


def test_a_link_to_what_is_above_the_home_is_refused(home):
    (home / "up").symlink_to(home.parent)
    assert "that the home itself is in" in not_private(home)[0]


def test_a_home_not_there_yet_is_well(tmp_path):
    assert not_private(tmp_path / "nowhere") == []


def test_what_is_neither_file_nor_folder_gives_no_session(home):
    os.mkfifo(home / "access.toml", 0o600)
    assert not_private(home) == [f"access.toml in {home} is neither a file nor a folder. Remove it."]


@pytest.mark.parametrize("name", ["access.toml", "restricted.csv", "settings.toml"])
def test_a_pipe_in_the_place_of_a_list_is_refused_at_once_and_not_waited_for(home, name):
    from fcl_tui.access import restricted
    from fcl_tui.access.readers import access_list as roster
    from fcl_tui.config.settings import read

    os.mkfifo(home / name, 0o600)
    asked = {"access.toml": roster.read, "restricted.csv": restricted, "settings.toml": read}
    with pytest.raises(DataError, match="not a plain file"):
        asked[name](home)


# The way into the office database


def test_the_url_comes_from_a_file_only_its_owner_can_read(home, monkeypatch):
    monkeypatch.delenv("FCL_OFFICE", raising=False)
    (home / "settings.toml").write_text('office = "sqlite:///from-the-settings"\n')
    told = settings.read(home)
    assert told.office_url == "sqlite:///from-the-settings"
    path = home / FILE
    path.touch(mode=0o600)
    path.write_text("sqlite:///from-the-file\n")
    assert told.office_url == "sqlite:///from-the-file"
    monkeypatch.setenv("FCL_OFFICE", "sqlite:///from-the-environment")
    assert told.office_url == "sqlite:///from-the-environment"


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o622])
def test_a_file_others_can_reach_is_not_used(home, monkeypatch, mode):
    monkeypatch.delenv("FCL_OFFICE", raising=False)
    path = home / FILE
    path.write_text(f"postgresql://fcl:{PASSWORD}@127.0.0.1:1/office")
    path.chmod(mode)
    with pytest.raises(DataError, match="chmod 600 .*change the password") as told:
        _ = settings.read(home).office_url
    assert PASSWORD not in str(told.value)


def test_a_link_and_what_is_no_text_are_not_used(home, tmp_path, monkeypatch, capfdbinary):
    monkeypatch.delenv("FCL_OFFICE", raising=False)
    path = home / FILE
    path.touch(mode=0o600)
    path.write_bytes(PASSWORD.encode() + b"\xff")
    with pytest.raises(DataError, match="is not text") as told:
        _ = settings.read(home).office_url
    assert PASSWORD not in str(told.value)
    code, out, _ = command(capfdbinary, "doctor", "--home", home)
    assert (code, "is not text" in out, PASSWORD in out) == (1, True, False)
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(DataError, match="cannot be read"):
        _ = settings.read(home).office_url


@pytest.fixture(scope="module")
def refusing():
    """The port of a PostgreSQL that takes no password, and says it as the real one does."""
    fields = b'SFATAL\0VFATAL\0C28P01\0Mpassword authentication failed for user "fcl"\0\0'
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer():
            while True:
                try:
                    one, _ = server.accept()
                except OSError:
                    return
                with one:
                    one.recv(4096)
                    one.sendall(b"E" + (len(fields) + 4).to_bytes(4, "big") + fields)

        threading.Thread(target=answer, daemon=True).start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)


URLS = {
    "nobody there": f"postgresql://fcl:{PASSWORD}@127.0.0.1:1/office",
    "no such host": f"postgresql://fcl:{PASSWORD}@host.invalid/office",
    "wrong password": f"postgresql://fcl:{PASSWORD}@127.0.0.1:PORT/office?sslmode=disable&gssencmode=disable",
    "a slash in the password": f"postgresql://fcl:{PASSWORD}/x@127.0.0.1:1/office",
    "an at in the password": f"postgresql://fcl:{PASSWORD}@x@127.0.0.1:1/office",
    "a word for the port": f"postgresql://fcl@127.0.0.1:{PASSWORD}/office",
    "no such option": f"postgresql://fcl@127.0.0.1:1/office?passwrd={PASSWORD}",
    "not a URL": PASSWORD,
    "another database": f"mysql://fcl:{PASSWORD}@127.0.0.1/office",
    "nothing known": f"nosuch://fcl:{PASSWORD}@127.0.0.1/office",
    "no such driver": f"postgresql+nosuch://fcl:{PASSWORD}@127.0.0.1/office",
    "a folder": f"sqlite:////{PASSWORD}/nowhere/office.db",
}
WAYS = {
    "doctor": ("doctor",),
    "marks": ("marks",),
    "purge": ("purge",),
    "a report that is written down": ("report", "client-overview"),
}


@pytest.mark.parametrize("url", URLS.values(), ids=URLS)
def test_no_failure_tells_the_password(loaded, refusing, url, capfdbinary, caplog, monkeypatch, tmp_path):
    monkeypatch.delenv("FCL_OFFICE", raising=False)
    path = loaded / FILE
    path.touch(mode=0o600)
    path.write_text(url.replace("PORT", str(refusing)))
    (loaded / "settings.toml").write_text("access_log = true\n")
    try:
        for name, words in WAYS.items():
            code, out, err = command(capfdbinary, *words, "--home", loaded)
            assert code == 1, (name, out, err)
            assert PASSWORD not in out + err + caplog.text, name
            assert "Traceback" not in err, name
            assert "stopped" not in err, (name, err)
            assert "office" in (out + err).lower() or "access log" in err, (name, out, err)
        monkeypatch.setattr(opening, "refuse_unfit_terminal", lambda: None)
        code, out, err = command(capfdbinary, "--home", loaded)
        assert code == 1
        assert PASSWORD not in out + err + caplog.text
        assert "Brien" not in out + err
    finally:
        path.unlink()
        (loaded / "settings.toml").unlink()


def test_a_setting_of_the_wrong_kind_does_not_repeat_the_url(home):
    (home / "settings.toml").write_text(f'office = ["postgresql://fcl:{PASSWORD}@127.0.0.1:1/office"]\n')
    with pytest.raises(DataError, match="office = .* is not usable") as told:
        settings.read(home)
    assert PASSWORD not in str(told.value)
