"""Opening a restricted record in an emergency: the reason is asked for and written down first."""

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from screens.base import Found, ReportScreen
from screens.court_export import CourtExport
from widgets.plain import plain
from widgets.status_line import StatusLine

LONGEST = 400


class ReasonDialog(ModalScreen[str | None]):
    """Hands back the reason, or None."""

    DEFAULT_CSS = """
    ReasonDialog {
        align: center middle;
        & > Vertical { width: 70; max-width: 95%; height: 5; background: $surface; padding: 0 1; }
        & Static { width: 1fr; height: 1; }
        & #glass-title { background: $panel; text-style: bold; }
        & Input { height: 1; border: none; padding: 0 1; background: $panel; }
        & Input:focus { border: none; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", "Cancel", id="glass.close")]

    def compose(self) -> ComposeResult:
        """What happens, the line for the reason, and how it ends."""
        field = Input(placeholder="why you must see it now", compact=True, max_length=LONGEST)
        field.cursor_blink = False
        with Vertical():
            yield Static(" Open a restricted record", id="glass-title", markup=False)
            yield Static("Its owner is told that it was you, when, and why:", markup=False)
            yield field
            yield Static("Enter opens it and writes it down; esc cancels.", id="glass-heard", markup=False)

    def action_close(self) -> None:
        """Leave it shut."""
        self.dismiss(None)

    @on(Input.Submitted)
    def _say(self, event: Input.Submitted) -> None:
        from fcl_tui.access.glass import SAY_WHY, says_why

        event.stop()
        reason = plain(" ".join(event.value.split()))
        if says_why(reason):
            self.dismiss(reason)
        else:
            self.query_one("#glass-heard", Static).update(SAY_WHY)


class GlassScreen(CourtExport[Found]):
    """A screen of one child whose record may be shut to the reader."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "B",
            "break_glass",
            "Open with a reason",
            show=False,
            id="client.break_glass",
            tooltip="Open a restricted record in an emergency",
        ),
    ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only for those who may, and only while the record is shut."""
        if action == "break_glass":
            door = self.session.door
            return self.withheld and door.may_break_glass and door.sealed(self.person_id)
        return super().check_action(action, parameters)

    async def action_break_glass(self) -> None:
        """Ask for the reason."""

        def then(reason: str | None) -> None:
            if reason is not None:
                self._break_glass(reason)

        await self.app.push_screen(ReasonDialog(), then)

    @work(thread=True, group="glass", exit_on_error=False)
    def _break_glass(self, reason: str) -> None:
        from data.errors import DataError

        try:
            number = self.session.door.break_glass(self.person_id, reason)
        except DataError as error:
            self.app.call_from_thread(self.query_one(StatusLine).say, str(error))
        else:
            self.app.call_from_thread(self._opened, number)

    def _opened(self, number: str) -> None:
        self.person_id = number
        for screen in self.app.screen_stack:  # the lists beneath hold its token
            if isinstance(screen, ReportScreen):
                screen.action_refresh_report()
