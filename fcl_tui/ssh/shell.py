"""The shell of the account that sessions run as: the SSH server starts a key's command through it.

bash carries out what BASH_ENV says, and takes functions, from its environment before it starts anything. An
SSH server that accepts these variables from the client lets anyone with a key run what they like, and nothing
that this program does can come before that. `sh` (dash, or bash under that name) does not read BASH_ENV.
"""

import os
from pathlib import Path

PLAIN = ("sh", "dash", "ash")
"""Shells that read no file and no command from the environment when they are given a command"""


def shell_fault() -> str | None:
    """What is wrong with the shell of the account that runs this, and how to fix it; None: nothing."""
    if os.name == "nt":
        return None
    import pwd

    try:
        entry = pwd.getpwuid(os.geteuid())
    except KeyError:
        return None
    shell = entry.pw_shell or "/bin/sh"
    if Path(shell).name in PLAIN:
        return None
    return (
        f"The shell of the account {entry.pw_name} is {shell}: what a client sends along (BASH_ENV) can run "
        f"before fcl-tui does. If people come in over SSH as {entry.pw_name}, as the administrator of the "
        f"host: usermod --shell /bin/sh {entry.pw_name}"
    )
