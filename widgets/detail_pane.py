"""Labels and values about the row under the cursor, and lines below them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from widgets.cells.plain import fit, plain, plain_lines
from widgets.text.pane import Line, TextPane

LABEL_WIDTH = 18


class DetailPane(TextPane):
    """What is known about one thing: a title, label and value pairs, then lines."""

    DEFAULT_CSS = """
    DetailPane { padding: 0 1; }
    """

    def show_facts(
        self,
        title: str,
        facts: Mapping[str, object] | Sequence[tuple[str, object]],
        lines: Sequence[Line | str] = (),
        *,
        above: Sequence[Line | str] = (),
    ) -> None:
        """Replace what is shown; values are worded as a table words them, breaks in them are kept.

        `lines` stand below the pairs, `above` before them.
        """
        pairs = list(facts.items()) if isinstance(facts, Mapping) else list(facts)
        shown: list[Line | str] = [Line(plain(title), "heading")] if title else []
        if above:
            shown += [*above, ""]
        width = min(LABEL_WIDTH, max((len(plain(label)) for label, _ in pairs), default=0))
        for label, value in pairs:
            first, *others = plain_lines(value)
            shown.append(Line(first, lead=fit(plain(label), width) + "  "))
            shown += [Line(other, lead=" " * (width + 2)) for other in others]
        if lines and shown:
            shown.append("")
        self.show([*shown, *lines])
