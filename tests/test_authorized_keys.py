"""The line of authorized_keys: what is in it, and the key files it is not made from."""

import base64
import shlex
import struct
from pathlib import Path

import pytest

from data.errors import DataError
from fcl_tui.ssh.authorized import LONGEST, key_line, session_command
from fcl_tui.ssh.shell import shell_fault
from tests.test_cli import run as command

PROGRAM = Path("/opt/fcl tui/bin/fcl-tui")


def body(kind, *parts):
    """A key's body as OpenSSH writes it."""
    fields = (kind.encode(), *parts)
    return base64.b64encode(b"".join(struct.pack(">I", len(one)) + one for one in fields)).decode()


ED = f"ssh-ed25519 {body('ssh-ed25519', b'k' * 32)}"


def rsa(bits):
    number = (1 << (bits - 1)) | 1
    inside = body("ssh-rsa", b"\1\0\1", number.to_bytes(bits // 8 + 1, "big"))
    return f"ssh-rsa {inside}"


def line(tmp_path, text, user="ann.lee", home="/srv/fcl"):
    path = tmp_path / "key.pub"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return key_line(user, path, Path(home), PROGRAM)


@pytest.mark.parametrize("key", [ED, rsa(2048), rsa(4096)], ids=["ed25519", "rsa 2048", "rsa 4096"])
def test_the_line(tmp_path, key):
    made = line(tmp_path, f"{key} a comment, of the owner's\n")
    started = "'/opt/fcl tui/bin/fcl-tui' session --user ann.lee --home /srv/fcl"
    assert made == f'restrict,pty,command="{started}" {key} ann.lee'


def test_the_command_prints_it(tmp_path, capfdbinary):
    path = tmp_path / "key.pub"
    path.write_text(ED)
    words = ("ssh", "authorized-keys", "ann.lee", path, "--home", tmp_path, "--program", "/opt/fcl-tui")
    code, out, err = command(capfdbinary, *words)
    assert (code, err.strip()) == (0, shell_fault() or "")
    assert out.splitlines() == [
        f'restrict,pty,command="/opt/fcl-tui session --user ann.lee --home {tmp_path}" {ED} ann.lee'
    ]


@pytest.mark.parametrize("home", ["/srv/a b", '/srv/"x"', "/srv/$(id)", "/srv/;id", "/srv/'q'", "/srv/`id`"])
def test_a_shell_reads_a_path_as_one_word(tmp_path, home):
    made = line(tmp_path, ED, home=home)
    inside = made.removeprefix('restrict,pty,command="').rpartition(f'" {ED}')[0]
    assert inside.count('"') == inside.count('\\"')  # none ends the option
    words = shlex.split(inside.replace('\\"', '"'))
    assert words == [str(PROGRAM), "session", "--user", "ann.lee", "--home", home]


REFUSED = {
    "options before it": f'command="/bin/sh" {ED}',
    "an option before it": f"no-pty {ED}",
    "an option by a tab": f"pty\t{ED}",
    "two keys": f"{ED}\n{ED}\n",
    "a key and an option": f'{ED}\ncommand="/bin/sh" {ED}\n',
    "two lines by a carriage return": f"{ED}\r{ED}",
    "two lines by another line end": f"{ED} x\x85{ED}".encode("latin-1"),
    "a line end in the comment": f"{ED} \u2028{ED}",
    "two lines by a form feed": f"{ED}\x0c{ED}",
    "nothing": "",
    "blank lines": "\n\n",
    "a word": "hello",
    "a kind alone": "ssh-ed25519",
    "another kind inside": f"ssh-ed25519 {body('ssh-rsa', b'k' * 32)}",
    "a kind nobody takes": f"ssh-dss {body('ssh-dss', b'k' * 32)}",
    "a certificate": f"ssh-ed25519-cert-v01@openssh.com {body('ssh-ed25519-cert-v01@openssh.com', b'k')}",
    "cut short": ED[:-10],
    "not base64": "ssh-ed25519 AAAA!!!!",
    "RSA too short": rsa(1024),
    "too long": ED + " " * LONGEST,
    "another coding": ED.encode("utf-16"),
}


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_what_is_no_single_public_key_is_refused(tmp_path, text):
    with pytest.raises(DataError, match="key") as told:
        line(tmp_path, text)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize("kind", ["OPENSSH ", "RSA ", ""])
def test_a_private_key_is_refused_and_not_repeated(tmp_path, kind):
    secret = f"-----BEGIN {kind}PRIVATE KEY-----\nc2VjcmV0\n-----END {kind}PRIVATE KEY-----\n"
    with pytest.raises(DataError, match="PRIVATE key") as told:
        line(tmp_path, secret)
    assert "c2VjcmV0" not in str(told.value)


def test_what_is_no_file_is_refused(tmp_path):
    for path in (tmp_path, tmp_path / "none", Path("/dev/zero")):
        with pytest.raises(DataError):
            key_line("ann.lee", path, Path("/srv/fcl"), PROGRAM)


USERS = ["", "a b", "ann\nlee", '"', "ann;id", "$(id)", "-o", ".x", "../x", "a/b", "é", "x" * 61, "ann.lee\n"]


@pytest.mark.parametrize("user", USERS)
def test_what_is_no_user_name_is_refused(tmp_path, user):
    with pytest.raises(DataError, match="user's name"):
        line(tmp_path, ED, user=user)


def test_a_path_cannot_end_the_line(tmp_path):
    with pytest.raises(DataError, match="control characters"):
        line(tmp_path, ED, home="/srv/x\ncommand")
    with pytest.raises(DataError, match="begin with a slash"):
        session_command("ann.lee", Path("/srv/fcl"), Path("fcl-tui"))
