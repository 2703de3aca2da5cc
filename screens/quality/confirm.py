"""A question to which only y says yes: what leaves the desk is not sent by a key too many."""

from __future__ import annotations

from screens.quality.words import NO_ONE
from widgets.menus.letter_menu import LetterMenu
from widgets.menus.menu import Choice


class Confirm(LetterMenu):
    """Hands back y, or None. Enter, which may be the end of something pasted, says nothing."""

    def __init__(self, question: str, note: str = "") -> None:
        super().__init__(question, [Choice("y", "Yes")], note or NO_ONE)

    def action_first(self) -> None:
        """Enter is no answer."""
