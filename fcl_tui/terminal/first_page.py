"""The page a session begins with: the kept one stands until the live one is complete, which is then kept."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from fcl_tui.terminal import kept_page
from fcl_tui.terminal.first_paint import kept_page_of_session
from widgets.cells.written import written

if TYPE_CHECKING:
    from pathlib import Path

    from textual.app import App

PATIENCE = 10.0
"""Seconds after which the live screen is shown, whatever it has come to"""
REST = 0.3
"""Seconds without a key after which a whole page is kept"""


class FirstPage:
    """Of one application. Nothing is kept where a key was pressed before the page was whole."""

    def __init__(self, app: App[Any], drawing: Callable[[], str]) -> None:
        """`drawing` gives the characters of all that stands on the terminal."""
        self._app, self._drawing = app, drawing
        self._home: Path | None = None
        self._key: Callable[[], str | None] | None = None
        self._first: str | None = None
        self.stands = False
        """The page of the session before is on the terminal, and nothing is drawn"""

    def take_over(self, home: Path) -> None:
        """Go on from what was painted before the application was there."""
        self._home, (self._key, self._first, self.stands) = home, kept_page_of_session()

    def begin(self) -> None:
        """The application runs."""
        if self.stands:
            self._app.set_timer(PATIENCE, self.give_way)

    def whole(self) -> None:
        """A screen has drawn all that it shows."""
        self.give_way()
        if self._key is not None:
            key, self._key = self._key, None
            self._app.set_timer(REST, lambda: self._keep(key))

    def pressed(self) -> None:
        """A key was pressed: what is on the terminal from now on is no first page."""
        self.give_way()
        self._key = self._first = None

    def give_way(self) -> None:
        """Draw the live screen over what stands there."""
        if self.stands:
            self.stands = False
            self._app.refresh(repaint=True, layout=True)
            self._app.screen.refresh(repaint=True, layout=True)

    def _keep(self, key: Callable[[], str | None]) -> None:
        first, home = self._first, self._home
        if first is None or home is None:
            return
        drawing = written(self._drawing())

        def keep() -> None:
            if key() == first and kept_page.page(home, first) != drawing:
                kept_page.keep(home, first, drawing)

        threading.Thread(target=keep, daemon=True).start()
