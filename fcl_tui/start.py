"""Where the command begins: the screen first, then what it takes to open, or to read the command line."""

import os
import sys
from collections.abc import Callable, Sequence
from typing import Any

COMPLETES = "_FCL_TUI_COMPLETE"
"""Set by a shell that asks how a command goes on: without it, no words would mean the screens"""


def main() -> Any:
    """Open at once where nothing else is asked: the parser and its imports take longer than our screens."""
    words = sys.argv[1:]
    open_it = None if COMPLETES in os.environ else _session(words) or _screens(words)
    if open_it is None:
        from fcl_tui.cli import main as cli

        return cli.main()
    from fcl_tui.cli.errors import guarded

    sys.exit(guarded(open_it))


def _session(words: Sequence[str]) -> Callable[[], int] | None:
    """A session over SSH as the line of a key starts it, with nothing else asked for."""
    match words:
        case ["session", "--user", user, "--home", home] if not os.environ.get("SSH_ORIGINAL_COMMAND"):
            pass
        case _:
            return None

    def open_it() -> int:
        from fcl_tui.ssh import environment
        from fcl_tui.ssh.host.client import through_host

        environment.shut()
        code = through_host(user, home)
        if code is not None:
            return code
        from fcl_tui.ssh.session import open_screens

        return open_screens(user, home)

    return open_it


def _screens(words: Sequence[str]) -> Callable[[], int] | None:
    from fcl_tui.terminal.first_paint import paint_early

    opened = paint_early(words)
    if opened is None:
        return None
    home, day = opened

    def open_it() -> int:
        from fcl_tui.terminal.launch import open_application

        return open_application(home, day)

    return open_it


if __name__ == "__main__":
    main()
