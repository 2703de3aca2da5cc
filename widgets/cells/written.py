"""What is written to a terminal that knows no UTF-8: ASCII alone, cell by cell."""

from __future__ import annotations

import os
import unicodedata

from rich.cells import cell_len

from widgets.cells.glyphs import is_ascii, names_utf8

_LEVEL, _UPRIGHT = "─━┄┅┈┉╌╍═╴╶╸╺╼╾", "│┃┆┇┊┋╎╏║╵╷╹╻╽╿"
PLAIN_SIGNS: dict[int, str] = {
    **dict.fromkeys(range(0x2580, 0x25A0), " "),  # blocks: the colour behind them is enough
    **dict.fromkeys(range(0x2500, 0x2580), "+"),
    **dict.fromkeys(map(ord, _LEVEL), "-"),
    **dict.fromkeys(map(ord, _UPRIGHT), "|"),
    **dict(zip(map(ord, "…⏎⌫·•–—▸▶▲▼‹›←↑→↓“”‘’●○"), "~|<-*-->>^v<><^>v\"\"''*o", strict=True)),
}
"""What is written in plain ASCII for the signs that Textual draws by itself"""
_UNMARKED = dict(zip("ŁłØøĐđÐðÞþßẞÆæŒœıĦħŊŋŦŧƏə", "LlOoDdDdTtsSAaOoiHhNnTtEe", strict=True))
"""Letters that are no other letter with a mark"""


class _PlainLetters(dict[int, str]):
    """A letter without its marks, as wide as it was; ? for what has no letter of ours in it."""

    def __missing__(self, code: int) -> str:
        letter, width = chr(code), cell_len(chr(code))
        told = letter
        if not letter.isascii():
            bare = unicodedata.normalize("NFKD", letter) if letter.isalpha() else ""
            bare = "".join(_UNMARKED.get(one, one) for one in bare)
            told = "".join(one for one in bare if one.isascii())[:width].ljust(width, "?")
        self[code] = told
        return told


_LETTERS = _PlainLetters()


def written(text: str) -> str:
    """What is written for a text: signs in ASCII where that is asked for, letters where UTF-8 is not known.

    A terminal of one byte a letter would show Dvořák as eight signs, not six, and reads some bytes of UTF-8
    as commands.
    """
    if not is_ascii() or text.isascii():
        return text
    text = text.translate(PLAIN_SIGNS)
    return text if names_utf8(os.environ) else text.translate(_LETTERS)
