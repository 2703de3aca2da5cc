"""The keys by which due items are marked, and which of them can be listed."""

from textual.binding import Binding

WHICH = {
    "all": "Everything",
    "unmarked": "Only unmarked",
    "mine": "Only mine",
    "broken": "Only come back: booking missed, no answer, snooze over",
}
RETRY = 60.0
"""Seconds after which marks that are not saved are tried again."""
LIST_FIRST = "Only due items can be marked: press c to list one row per item"

MARK_KEYS = (
    Binding("m", "mark", "Mark", id="marks.mark", tooltip="Mark the item, or all that are selected"),
    Binding("space", "select", "Select", show=False, id="marks.select", tooltip="Select this row"),
    Binding(
        "asterisk",
        "several",
        "Select several",
        show=False,
        id="marks.several",
        tooltip="Ten rows, one worker's, one child's, or all",
    ),
    Binding("u", "undo", "Undo mark", show=False, id="marks.undo", tooltip="Take back your last mark"),
    Binding(
        "U", "redo", "Mark again", show=False, id="marks.redo", tooltip="Make again what you took back last"
    ),
    Binding("M", "which", "Marks", show=False, id="marks.which", tooltip="Only unmarked, mine, broken"),
)
"""For the bindings of a screen that has marks"""
OF_ITEMS = frozenset({"mark", "select", "several", "which"})
"""Actions that a list without due items does not have"""
