"""Where the command begins: the screen first, then the command line, whose imports take longer."""

import sys
from typing import Any


def main() -> Any:
    """Paint if the application is about to open, then run the command."""
    from fcl_tui.first_paint import paint_early

    paint_early(sys.argv[1:])
    from fcl_tui import cli

    return cli.main()


if __name__ == "__main__":
    main()
