"""A key that is held down never has a program working off presses long after it was let go.

Where a host is busy, the presses of a held arrow wait in the terminal, hundreds of them, and a list would go
on by screen after screen with nobody's finger on a key. What waits is therefore read as fewer presses.
"""

import re

HELD = 8
"""Presses in a row, and nothing between, from which a key is held: nobody counts as many and types on"""
ROWS, PAGES = 8, 1
"""Presses of a held key that may wait: arrows up and down, and page keys. Less than a screen of rows."""

_RUN = re.compile(r"(\x1b[\[O][AB]|\x1b\[[56]~)\1*|\x1b|[^\x1b]+")


class HeldKeys:
    """Reads what waits in the terminal; letters are never left out, they may be a name."""

    def __init__(self) -> None:
        self._key, self._count = "", 0

    def thinned(self, waiting: str) -> str:
        """What was typed and waits, with no more presses of a held key than may."""
        told = []
        for run in _RUN.finditer(waiting):
            key, presses = run[1] or "", run[0]
            if not key:
                self._key, self._count = "", 0
                told.append(presses)
                continue
            number = len(presses) // len(key)
            self._count = number + (self._count if key == self._key else 0)
            self._key = key
            most = PAGES if key.endswith("~") else ROWS
            told.append(key * min(number, most) if self._count >= HELD else presses)
        return "".join(told)
