"""Keys that every report's screen has."""

from textual.binding import Binding, BindingType

HOUSE_KEYS = ("report.export", "report.filter", "table.sort", "app.find", "report.back", "report.help")
"""Ids of the bindings that stand last in the line of keys"""
KEPT_KEYS = ("report.export", "report.filter")
"""Those that stay where not all fit: what every list is asked for first"""

BINDINGS: list[BindingType] = [
    Binding(key, action, label, id=name, tooltip=tooltip, show=name in HOUSE_KEYS)
    for key, action, label, name, tooltip in (
        ("C", "columns", "Columns", "views.columns", "Which columns, in which order"),
        ("v", "views", "Views", "views.menu", "Saved views of lists"),
        ("slash", "filter", "Filter", "report.filter", "Filter the list as you type"),
        ("r", "refresh_report", "Refresh", "report.refresh", "Read the data again"),
        ("y", "yank", "Copy row", "report.yank", "Copy the row as text"),
        ("Y", "yank_more", "Copy more", "report.yank_more", "Copy a cell or the list"),
        ("x", "export", "Export", "report.export", "Write this list to a file"),
        ("escape", "back", "Back", "report.back", "Back to where you came from"),
        ("question_mark", "help", "Help", "report.help", "Keys and guidance of this report"),
    )
]
