"""Text files from strangers: what they are written in, found by reading them, never by their name."""

from __future__ import annotations

import codecs
import hashlib
import io
from collections.abc import Callable
from typing import IO, TypeAlias

from data.dataclass import dataclass
from data.errors import DataError

Opener: TypeAlias = Callable[[], IO[bytes]]
"""Opens the same bytes from the start, each time it is called."""

LONGEST_LINE = 16 * 1024 * 1024
"""Bytes without a line end; beyond this a file is not a text table."""

_CHUNK = 1024 * 1024
_FALLBACK = "windows-1252 for what is no utf-8"
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """Read the bytes that are no UTF-8 as Windows-1252, which is what they are in England."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(_FALLBACK, _as_windows)


@dataclass(frozen=True)
class Survey:
    """What one reading of all its bytes tells about a text file."""

    sha256: str
    size: int
    encoding: str
    mixed: bool
    """some bytes are no UTF-8, so they are read as Windows-1252"""
    nuls: bool
    """there are NUL characters in it"""
    ends_with_line: bool
    """the last line has a line end, so it is complete"""


def survey(name: str, opener: Opener, *, limit: int | None = None) -> Survey:
    """Read a file once, a megabyte at a time.

    Raises:
        DataError: it is no text of lines, or has more bytes than `limit`, where one is given.
    """
    digest, size, since, last = hashlib.sha256(), 0, 0, b""
    encoding, mixed, nuls = "", False, False
    decoder = codecs.getincrementaldecoder("utf-8")()
    with opener() as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
            encoding = encoding or _encoding(chunk)
            if limit is not None and size > limit:
                raise DataError(
                    f"{name} unpacks to more than {limit // 2**20} MB, far more than any table packs to. It "
                    "was not read; export it again."
                )
            since = _since(chunk, since)
            if since > LONGEST_LINE:
                raise DataError(
                    f"{name} has a line of more than {LONGEST_LINE // 2**20} MB, so it is not a text table. "
                    "Export it again."
                )
            wide = encoding.startswith("utf-16")
            nuls = nuls or (not wide and b"\0" in chunk)
            mixed = mixed or (not wide and not _decodes(decoder, chunk))
            last = (last + chunk)[-4:]
    mixed = mixed or (not encoding.startswith("utf-16") and not _decodes(decoder, b"", final=True))
    ended = last.rstrip(b"\0")[-1:] in (b"\n", b"\r")
    return Survey(digest.hexdigest(), size, encoding or "utf-8", mixed, nuls, ended)


def _encoding(start: bytes) -> str:
    for mark, encoding in _MARKS:
        if start.startswith(mark):
            return encoding
    sample = start[:4096]
    half = max(len(sample) // 2, 1)
    if sample[1::2].count(0) / half > 0.4:
        return "utf-16-le"
    return "utf-16-be" if sample[0::2].count(0) / half > 0.4 else "utf-8"


def _since(chunk: bytes, since: int) -> int:
    end = max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
    return len(chunk) - end if end >= 0 else since + len(chunk)


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def open_text(opener: Opener, encoding: str) -> io.TextIOWrapper:
    """The file as text, its line ends as they are; what cannot be read becomes U+FFFD."""
    errors = "replace" if encoding.startswith("utf-16") else _FALLBACK
    return io.TextIOWrapper(opener(), encoding=encoding, errors=errors, newline="")
