"""What a reader must hear before anything else: who opened a restricted record of theirs."""

from collections.abc import Sequence

from widgets.cells.plain import plain
from widgets.text.window import Reader

ONCE = "Esc closes this. It is shown once; an administrator can read it again in the access log."


def notices(told: Sequence[str]) -> Reader:
    """A window with one sentence each, and how to go on."""
    lines = [line for one in told for line in (plain(one), "")]
    return Reader("Your restricted records", [*lines, ONCE])
