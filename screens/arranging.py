"""Arranging the columns of a list by key."""

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from screens.exporting import ExportingScreen

if TYPE_CHECKING:
    from widgets.arrangement import Arrangement


class ArrangingScreen(ExportingScreen):
    """A screen whose table can be arranged; what is written to a file follows the screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "C",
            "columns",
            "Columns",
            id="views.columns",
            show=False,
            tooltip="Which columns, in which order",
        )
    ]

    def action_columns(self) -> None:
        """Which columns are shown, in which order and how wide."""
        from widgets.column_menu import ColumnMenu

        table = self.table

        def then(wish: "Arrangement | None") -> None:
            if wish is not None:
                table.arrange_columns(wish)
                self.say_again()

        if table.columns:
            self.app.push_screen(ColumnMenu(table.columns, table.arrangement), then)

    def say_again(self) -> None:
        """Say once more what is on the screen."""
        tell = getattr(self, "tell", None)
        if tell is not None and getattr(self, "settled", False):
            tell()
