"""Where the command begins: the screen first, then what it takes to open, or to read the command line."""

import sys
from typing import Any


def main() -> Any:
    """Open at once where nothing else is asked: the parser and its imports take longer than our screens."""
    from fcl_tui.first_paint import paint_early

    opened = paint_early(sys.argv[1:])
    if opened is None:
        from fcl_tui import cli

        return cli.main()
    from fcl_tui.guarded import guarded

    home, day = opened

    def open_it() -> int:
        from fcl_tui.opening import open_application

        return open_application(home, day)

    sys.exit(guarded(open_it))


if __name__ == "__main__":
    main()
