"""Arranging the columns of a list by key."""

from typing import TYPE_CHECKING, Any

from widgets.table.arrangement import understood

if TYPE_CHECKING:
    from screens.report.host import ReportHost
    from widgets.table.arrangement import Arrangement


class ColumnLayout:
    """Which columns the table has, in which order and how wide; what is written to a file follows it."""

    def __init__(self, host: "ReportHost") -> None:
        self._host = host

    def arrange(self) -> None:
        """Let the reader arrange the columns."""
        from widgets.menus.column_menu import ColumnMenu

        table = self._host.table

        def then(wish: "Arrangement | None") -> None:
            if wish is not None:
                table.arrange_columns(wish)
                if self._host.settled:
                    self._host.tell()

        if table.columns:
            self._host.ask(ColumnMenu(table.columns, table.arrangement), then)

    def get_state(self) -> dict[str, Any] | None:
        """The arrangement as a saved view keeps it; None: the columns are as the report has them."""
        return self._host.table.arrangement.told()

    def set_state(self, state: object) -> None:
        """Arrange the columns as `get_state` told, as far as it is understood."""
        self._host.table.arrange_columns(understood(state))
