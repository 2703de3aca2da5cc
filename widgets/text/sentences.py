"""A few lines of sentences under a list: one that does not fit whole is counted instead of cut."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.widgets import Static

from widgets.cells.plain import plain, wrap

LINES = 3


def whole_sentences(sentences: Sequence[str], width: int, more: str) -> str:
    """As many sentences, parted by semicolons, as fit whole on three lines; the first is always there.

    Args:
        width: cells of a line, the blank before each among them.
        more: what is said of those left out, with {} for their number.
    """
    texts = [plain(one) for one in sentences]
    for count in range(len(texts), 1, -1):
        rest = len(texts) - count
        told = _joined(texts[:count], rest, more, width)
        if len(told) <= LINES:
            return "\n".join(told)
    return "\n".join(_joined(texts[:1], len(texts) - 1, more, width))


def _joined(texts: Sequence[str], rest: int, more: str, width: int) -> list[str]:
    text = "; ".join([*texts, more.format(rest)] if rest else texts)
    return [f" {line}" for line in wrap(text, max(1, width - 1))]


class SentenceLines(Static):
    """Nothing said, no line."""

    DEFAULT_CSS = "SentenceLines { height: auto; max-height: 5; width: 1fr; }"

    def __init__(self, more: str, *, id: str | None = None) -> None:
        """Make empty lines; `more` is said of sentences that do not fit, with {} for their number."""
        super().__init__(id=id, markup=False)
        self._more = more
        self._sentences: list[str] = []
        self.display = False

    def say(self, sentences: Sequence[str]) -> None:
        """Show these sentences, each without its full stop."""
        self._sentences = list(sentences)
        self.display = bool(self._sentences)
        self._draw()

    def on_resize(self, event: events.Resize) -> None:
        """Fit the sentences to the new width."""
        del event
        self._draw()

    def _draw(self) -> None:
        width = self.screen.size.width if self.is_attached else 0
        self.update(whole_sentences(self._sentences, width or 80, self._more) if self._sentences else "")
