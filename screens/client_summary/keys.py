"""The keys of the Client Summary alone."""

from textual.binding import Binding

FIRST = (
    "client.break_glass",
    "table.open",
    "client.next",
    "client.facts",
    "client.why",
    "client.everything",
    "report.export",
    "client.kinds",
    "client.year_before",
)
"""Ids of the bindings that stand first in the line of keys"""
SUMMARY_KEYS = [
    Binding("tab", "section(1)", "Next part", id="client.next", tooltip="The next part of the summary"),
    Binding("shift+tab", "section(-1)", "Part before", show=False, id="client.previous"),
    Binding(
        "e",
        "everything",
        "Everything",
        id="client.everything",
        tooltip="Every event, or significant ones",
    ),
    Binding("c", "kinds", "Kind", id="client.kinds", tooltip="Only one kind of event"),
    Binding(
        "left_square_bracket",
        "year(1)",
        "Year",
        show=False,
        id="client.year_before",
        tooltip="A year back",
    ),
    Binding(
        "right_square_bracket",
        "year(-1)",
        "Year",
        show=False,
        id="client.year_after",
        tooltip="A year on",
    ),
    Binding("t", "latest", "Latest", show=False, id="client.latest", tooltip="The latest event"),
    Binding("w", "why", "Why", show=False, id="client.why", tooltip="Why this date"),
    Binding("i", "facts", "Facts", id="client.facts", tooltip="All facts on a low screen, or two lines"),
    Binding("R", "review", "Review", show=False, id="client.review", tooltip="What a review needs to know"),
    Binding("L", "looks", "Looks", show=False, id="client.looks", tooltip="Who has looked here"),
]
