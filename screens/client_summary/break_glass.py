"""Opening a restricted record in an emergency: the reason is asked for and written down first."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from widgets.cells.plain import plain
from widgets.text.field import Field

if TYPE_CHECKING:
    from screens.report.access_gate import AccessGate
    from screens.report.host import ReportHost

LONGEST = 400

GLASS_KEYS = (
    Binding(
        "B",
        "break_glass",
        "Open with a reason",
        show=False,
        id="client.break_glass",
        tooltip="A restricted record, in an emergency",
    ),
)
"""For the bindings of a screen of one child"""


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
        with Vertical():
            yield Static(" Open a restricted record", id="glass-title", markup=False)
            yield Static("Its owner will see that it was you, when, and why:", markup=False)
            yield Field(placeholder="why you must see it now", max_length=LONGEST)
            yield Static("Enter opens it and writes it down; esc cancels.", id="glass-heard", markup=False)

    def action_close(self) -> None:
        """Leave it shut."""
        self.dismiss(None)

    @on(Input.Submitted)
    def _say(self, event: Input.Submitted) -> None:
        from fcl_tui.access.break_glass import SAY_WHY, says_why

        event.stop()
        reason = plain(" ".join(event.value.split()))
        if says_why(reason):
            self.dismiss(reason)
        else:
            self.query_one("#glass-heard", Static).update(SAY_WHY)


class BreakGlass:
    """Opens the record of a child that is shut to the reader, with a reason.

    Args:
        host: the report on the screen.
        gate: knows whether the record is withheld.
        person_id: the child's number, or its token while the record is shut.
        opened: hears the child's number, once the opening is written down.
    """

    def __init__(
        self,
        host: "ReportHost",
        gate: "AccessGate",
        person_id: Callable[[], str],
        opened: Callable[[str], None],
    ) -> None:
        self._host, self._gate, self._person_id, self._opened = host, gate, person_id, opened

    def offered(self) -> bool:
        """Only to those who may, and only while the record is shut."""
        door = self._host.session.door
        return self._gate.withheld and door.may_break_glass and door.sealed(self._person_id())

    async def ask(self) -> None:
        """Ask for the reason, and open the record."""

        def then(reason: str | None) -> None:
            if reason is not None:
                self._host.in_thread(lambda: self._open(reason), group="glass")

        await self._host.ask(ReasonDialog(), then)

    def _open(self, reason: str) -> None:
        from data.errors import DataError

        try:
            number = self._host.session.door.break_glass(self._person_id(), reason)
        except DataError as error:
            self._host.from_thread(self._host.say, str(error))
        else:
            self._host.from_thread(self._opened, number)
