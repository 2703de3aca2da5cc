"""The line that lets one person's key open a session and nothing else."""

import base64
import binascii
import shlex
import shutil
import stat
import struct
import sys
from pathlib import Path

from data.errors import DataError
from fcl_tui.config.identity import user_name

KINDS = (
    "ssh-ed25519",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521",
    "sk-ssh-ed25519@openssh.com",
    "sk-ecdsa-sha2-nistp256@openssh.com",
    "ssh-rsa",
)
RSA_BITS = 2048
LONGEST = 16_384
"""Bytes a file with one public key may have."""


def key_line(user: str, key_file: Path, home: Path, program: Path | None = None) -> str:
    """One line for `authorized_keys`: this key opens this person's session, and nothing else.

    Args:
        program: the fcl-tui to start; None: the one that runs now.

    Raises:
        DataError: the name or the key is not fit for it.
    """
    user_name(user)
    kind, body = _public_key(key_file)
    return f'restrict,pty,command="{_quoted(session_command(user, home, program))}" {kind} {body} {user}'


def session_command(user: str, home: Path, program: Path | None = None) -> str:
    """What the SSH server starts for this person, for `command=` and `ForceCommand`."""
    words = (str(program or _program()), "session", "--user", user_name(user), "--home", str(home))
    if any(not character.isprintable() for word in words for character in word):
        raise DataError("The paths of fcl-tui and of its home may not hold control characters.")
    if not Path(words[0]).is_absolute():
        raise DataError("The path of fcl-tui has to begin with a slash.")
    return shlex.join(words)


def _quoted(command: str) -> str:
    return command.replace('"', '\\"')


def _program() -> Path:
    here = Path(sys.argv[0])
    if here.name == "fcl-tui" and here.exists():
        return here.absolute()  # not resolved: a link to the version in use stays a link
    found = shutil.which("fcl-tui")
    if found is None:
        raise DataError("Where fcl-tui is installed is not known here; say it with --program PATH.")
    return Path(found).absolute()


def _public_key(path: Path) -> tuple[str, str]:
    """Kind and body of the one key in the file."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise DataError(f"{path} is not a file.")
        with path.open("rb") as file:
            raw = file.read(LONGEST + 1)
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror}.") from None
    if b"PRIVATE KEY" in raw:
        raise DataError(
            f"{path} is a PRIVATE key, which only its owner may have. Use the file that ends in .pub. If the "
            "private one was sent to you, ask for a new pair."
        )
    try:
        lines = [line for line in raw.decode("ascii").splitlines() if line.strip()]
    except UnicodeDecodeError:
        lines = []
    if len(raw) > LONGEST or len(lines) != 1:
        raise DataError(f"{path} has to hold one public key, on one line, and nothing else.")
    kind, _, rest = lines[0].strip().partition(" ")
    body = rest.split()[0] if rest.split() else ""
    if kind not in KINDS:
        raise DataError(
            f"{path} does not begin with the kind of a public key that is accepted ({', '.join(KINDS)}). "
            "Options before the key are not taken over."
        )
    try:
        inside = base64.b64decode(body, validate=True)
        parts = _parts(inside)
    except (binascii.Error, ValueError, struct.error):
        parts = []
    if not parts or parts[0] != kind.encode() or len(parts) < 2:
        raise DataError(f"The key in {path} is damaged. Ask for it again.")
    if kind == "ssh-rsa" and int.from_bytes(parts[-1], "big").bit_length() < RSA_BITS:
        raise DataError(f"The key in {path} is too short: RSA needs {RSA_BITS} bits; ed25519 is better.")
    return kind, body


def _parts(body: bytes) -> list[bytes]:
    """The fields of a key, each led by its length (RFC 4253, section 6.6)."""
    parts: list[bytes] = []
    while body:
        (length,) = struct.unpack(">I", body[:4])
        if len(body) < 4 + length:
            raise ValueError("cut short")
        parts.append(body[4 : 4 + length])
        body = body[4 + length :]
    return parts
