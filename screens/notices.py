"""What a reader must hear before anything else: who opened a restricted record of theirs."""

from collections.abc import Sequence

from widgets.plain import plain
from widgets.reader import Reader


def notices(told: Sequence[str]) -> Reader:
    """A window with one sentence each."""
    return Reader("Your restricted records", [plain(one) for one in told])
