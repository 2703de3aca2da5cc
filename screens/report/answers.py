"""What a thread hands back to the screen that asked."""

from typing import Any

from textual.message import Message


class Ready(Message):
    """The frames have been collected."""

    def __init__(self, asked: int, found: Any, *, whole: bool) -> None:
        """`whole`: nothing is read any more that may change it."""
        super().__init__()
        self.asked = asked
        self.found = found
        self.whole = whole


class Failed(Message):
    """The frames could not be collected."""

    def __init__(self, asked: int, reason: str, *, withheld: bool = False) -> None:
        super().__init__()
        self.asked = asked
        self.reason = reason
        self.withheld = withheld
