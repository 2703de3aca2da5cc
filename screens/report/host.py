"""What the parts of a report's screen are given: the screen, as far as they need it."""

from collections.abc import Callable, Coroutine, Mapping
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    from textual.message import Message
    from textual.screen import Screen
    from textual.widget import AwaitMount

    from screens.session import Session
    from widgets.table.report_table import ReportTable

Result = TypeVar("Result")


class ReportHost(Protocol):
    """A report on the screen, whichever it is.

    `say`, `tell`, `reload`, `cover`, `filter_by` and `ask` touch widgets: from a thread they are called
    through `from_thread`. `post_message` may be called from anywhere.
    """

    @property
    def session(self) -> "Session":
        """The snapshot, the as-at day, the door, the office database, and whether names are masked."""

    @property
    def report_key(self) -> str:
        """The report's key in the catalogue: saved views and files are called by it."""

    @property
    def table(self) -> "ReportTable":
        """The table on the screen: its columns, its rows as shown, the row under the cursor."""

    @property
    def settled(self) -> bool:
        """Whether what is on the screen answers the last question."""

    # What is on the screen

    def looked_at(self) -> tuple[str, str | None]:
        """The report and, when it is of one, the child: what the access log is told."""

    def chosen(self) -> dict[str, str]:
        """What narrows the report now, in words by name: team, worker, shown."""

    def get_state(self) -> dict[str, Any] | None:
        """What narrows it, as a saved view keeps it: `view` (by parameter) and `which` (marks).

        None: this report has no saved views.
        """

    def set_state(self, state: Mapping[str, Any]) -> None:
        """Take up what `get_state` told, as far as it fits; it may come from another version."""

    # What a part can have done

    def say(self, words: str) -> None:
        """Put a sentence in the status line until something else is said there."""

    def tell(self) -> None:
        """Say once more what is on the screen: report, what narrows it, n of m, as at."""

    def reload(self, *, whole: bool = False) -> None:
        """Ask again, with `whole` the office database too; nothing before the first question was asked."""

    def cover(self, sentence: str | None) -> None:
        """Put a sentence in the place of the report; None: the report is back."""

    def filter_by(self, text: str) -> None:
        """Filter the list by a text, as if it had been typed."""

    def ask(self, window: "Screen[Result]", then: Callable[[Result | None], Any]) -> "AwaitMount":
        """Open a window; `then` hears what it hands back. Awaited, keys typed meanwhile wait for it."""

    def show(self, window: "Screen[Any]") -> "AwaitMount":
        """Open a window that hands nothing back."""

    def copy(self, text: str) -> None:
        """Send a text to the terminal's clipboard."""

    def post_message(self, message: "Message") -> bool:
        """Wish for something that the application does on this screen: another report, a view."""

    def wish(self, message: "Message") -> None:
        """Wish for something that is to be done although the reader may have left this screen: a file."""

    def in_thread(self, work: Callable[[], None], *, group: str, exclusive: bool = False) -> None:
        """Do it in a thread; `exclusive`: in place of what the group is doing. A failure is said."""

    def in_window(self, reading: Coroutine[Any, Any, None]) -> None:
        """Read what a window needs and open it; keys that are typed meanwhile wait for it."""

    def from_thread(self, then: Callable[..., Any], *args: Any) -> Any:
        """Call something that touches widgets, from a thread, and wait for it."""
