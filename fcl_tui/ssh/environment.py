"""What of the environment a session keeps. Anything not named here is gone before anything is imported.

A variable can turn on a debugger (TEXTUAL), leave an interpreter open (PYTHONINSPECT) or load foreign code
(LD_PRELOAD). The SSH server should not accept them at all; this is the second lock.
"""

import os
import re
import resource
import signal
import sys
from collections.abc import Mapping

PATH = "/usr/local/bin:/usr/bin:/bin"
ORIGINAL = "SSH_ORIGINAL_COMMAND"
KEPT = ("TERM", "LANG", "TZ", "COLORTERM", "HOME", "SSH_CONNECTION")
OF_THE_SERVER = re.compile(
    r"USER|LOGNAME|SHELL|MAIL|PWD|OLDPWD|SHLVL|_|SSH_CLIENT|SSH_TTY|MOTD_SHOWN|XDG_[A-Z_]+|PATH"
    r"|RUST_BACKTRACE"
)
"""What the SSH server, the account's shell and `cli.errors.guarded` set. Dropped too, but no reason to start
again."""
ORDINARY = re.compile(r"[A-Za-z0-9 _.,:;=@+/~-]{1,200}")


def kept(environment: Mapping[str, str]) -> dict[str, str]:
    """The variables a session keeps, where their values are ordinary ones."""
    mine = {
        name: value
        for name, value in environment.items()
        if (name in KEPT or re.fullmatch(r"LC_[A-Z]+", name)) and ORDINARY.fullmatch(value)
    }
    if re.search(r"^[:/]|\.\.", mine.get("TZ", "")):  # a time zone, not a file
        del mine["TZ"]
    return mine | {"PATH": PATH}


def strangers(environment: Mapping[str, str]) -> list[str]:
    """The variables that neither the SSH server sets nor a session keeps."""
    return [
        name
        for name in environment
        if name not in (*KEPT, ORIGINAL)
        and not re.fullmatch(r"LC_[A-Z]+", name)
        and not OF_THE_SERVER.fullmatch(name)
    ]


def shut() -> str:
    """Keep only what a session may have; the result is the command the client sent along, "" for none.

    What the interpreter itself has already read (PYTHONINSPECT) cannot be taken back: then it is started
    again, isolated, with the same words.
    """
    unknown = strangers(os.environ)
    original = os.environ.get(ORIGINAL, "")
    clean = kept(os.environ)
    if unknown and not sys.flags.isolated:
        carried = clean | ({ORIGINAL: original} if original else {})
        os.execve(sys.executable, [sys.executable, "-I", *sys.orig_argv[1:]], carried)
    os.environ.clear()
    os.environ.update(clean)
    os.umask(0o077)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core holds what was on the screen
    for name in (signal.SIGTSTP, signal.SIGQUIT):
        signal.signal(name, signal.SIG_IGN)
    return original
