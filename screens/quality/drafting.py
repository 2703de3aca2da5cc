"""The draft of an audit while it is written: changed, taken back, and kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screens.quality.keeping import Keeper

if TYPE_CHECKING:
    from fcl_tui.access.quality.desk import Desk
    from fcl_tui.quality.form import Draft
    from screens.quality.form import FormScreen

STAGE = "audit"


class Drafting:
    """Holds what one screen's audit was before each change, and who keeps what it is now."""

    def __init__(self, screen: FormScreen) -> None:
        self._screen = screen
        self._before: list[Draft] = []
        """what a change can be taken back to"""
        self._keeper: Keeper | None = None

    def kept(self, desk: Desk, case_id: str) -> Draft | None:
        """The newest draft kept of an audit that the reader writes, kept on from here. Runs in a thread."""
        if self._keeper is None or self._keeper.case_id != case_id:
            self._keeper = Keeper(desk.office, case_id, desk.who, STAGE)
        return self._keeper.last()

    def change(self, draft: Draft, *, go_to: str | None = None) -> None:
        """Take up a changed draft, keep it, and go on to a line."""
        screen = self._screen
        if screen.loaded is None or not screen.writes:
            return
        self._before.append(screen.loaded.draft)
        self._take(draft)
        if go_to is not None:
            screen.table.select_key(go_to)

    def undo(self) -> None:
        """Take back the last change."""
        if not self._before:
            self._screen.say("Nothing to take back")
            return
        self._take(self._before.pop())

    def forget(self) -> None:
        """Another audit is shown: nothing of this one can be taken back."""
        self._before = []

    def _take(self, draft: Draft) -> None:
        screen = self._screen
        screen.show_draft(draft)
        if self._keeper is not None:
            self._keeper.take(draft)
            screen.in_thread(self._keep, group="draft")

    def _keep(self) -> None:
        """Keep the newest in a thread; an audit begins with the first."""
        keeper, screen = self._keeper, self._screen
        if keeper is None:
            return
        keeper.write()
        screen.writing.begin()
        if keeper.trouble:
            screen.from_thread(screen.say, keeper.trouble)

    def close(self) -> None:
        """Whatever ends the session, the newest draft is on the disk."""
        if self._keeper is not None:
            self._keeper.write_here()

    def handed_in(self) -> None:
        """Nothing is kept any more."""
        self._keeper = None
