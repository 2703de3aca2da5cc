"""What stands on the screen while nobody is there: nothing of any child."""

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Static


class BlankScreen(Screen[None]):
    """Covers everything; the application takes it away at the first key."""

    DEFAULT_CSS = """
    BlankScreen {
        align: center middle;
        & > Static { width: auto; height: auto; text-align: center; }
    }
    """

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title

    def compose(self) -> ComposeResult:
        """The name of the application, and what to do."""
        yield Static(f"{self._title}\n\nScreen locked: idle.\nPress any key to continue.", markup=False)
