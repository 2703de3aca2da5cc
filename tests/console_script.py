"""The command line run within the tests' own process."""

import sys

from fcl_tui.cli import main as cli


def run(capfdbinary, *words) -> tuple[int, str, str]:
    """Run a command as the console script does: exit code, standard output, standard error."""
    old = sys.argv
    sys.argv = ["fcl-tui", *map(str, words)]
    try:
        cli.main()
        code = 0
    except SystemExit as stop:
        code = int(stop.code or 0)
    finally:
        sys.argv = old
    out, err = capfdbinary.readouterr()
    return code, out.decode(), err.decode()
