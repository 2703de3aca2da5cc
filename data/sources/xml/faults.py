"""What is said of an XML file that cannot be used: each fault, its place and what to do about it."""

from __future__ import annotations

import codecs
from xml.parsers import expat

from data.errors import DataError

ENCODINGS = frozenset(
    {"utf-8", "utf-16", "utf-16-le", "utf-16-be", "iso8859-1", "iso8859-15", "cp1252", "ascii"}
)
"""What a file may say it is written in, by Python's names."""

_AGAIN = "Export the file again from the case system."
_STARTS = {b"PK\x03\x04": "a zip file or workbook", b"%PDF": "a PDF", b"\x1f\x8b": "a packed (gzip) file"}


def check_start(name: str, start: bytes) -> None:
    """Refuse a file whose first bytes are those of another kind of file."""
    for magic, what in _STARTS.items():
        if start.startswith(magic):
            raise DataError(f"{name} is {what}, not XML. Give the .xml file itself.")


def check_encoding(name: str, encoding: str) -> None:
    """Refuse a declared encoding that is not one of `ENCODINGS`."""
    try:
        known = codecs.lookup(encoding).name in ENCODINGS
    except (LookupError, ValueError):
        known = False
    if not known:
        raise encoding_not_read(name, encoding)


def encoding_not_read(name: str, encoding: str) -> DataError:
    return DataError(
        f"{name} says it is written in the encoding “{short(encoding)}”, which is not read. "
        "Export it again as UTF-8."
    )


def web_page(name: str) -> DataError:
    return DataError(f"{name} is a web page, not a data file. Give the .xml file itself.")


def doctype(name: str, line: int, what: str) -> DataError:
    if what.lower() == "html":
        return web_page(name)
    return DataError(
        f"{name} line {line} has a document type (<!DOCTYPE {short(what)}>), which a return never has and "
        f"which can be used to do harm. It was not read. {_AGAIN}"
    )


def too_large(name: str, line: int, what: str, limit: int, unit: str) -> DataError:
    return DataError(
        f"{name} line {line}: {what} goes beyond {limit:,} {unit}, which no return needs. "
        f"It was not read. {_AGAIN}"
    )


def broken(
    name: str, error: expat.ExpatError, *, declared: str, here: bytes, inside: str | None, last: bool
) -> DataError:
    """What the parser's error means.

    Args:
        name: the file's.
        error: the parser's.
        declared: the encoding the file says it has.
        here: some bytes of the file from where the error is.
        inside: the innermost open element; "" when all are closed, None when none was seen at all.
        last: the error came at the end of the file.
    """
    where = f"{name} line {error.lineno}, column {error.offset + 1}"
    what = expat.ErrorString(error.code)
    if what == expat.errors.XML_ERROR_UNKNOWN_ENCODING:
        return encoding_not_read(name, declared)
    if what == expat.errors.XML_ERROR_INCORRECT_ENCODING:
        said = f"the file says it is written in {short(declared)} but is not. Export it as UTF-8."
    elif last and inside is None:
        said = f"there is no XML in this file. {_AGAIN}"
    elif last:
        middle = f" in the middle of {inside}" if inside else ""
        said = f"the file ends{middle}: it is cut short. None of it was used. {_AGAIN}"
    elif what == expat.errors.XML_ERROR_INVALID_TOKEN and here[:1] < b" " and here[:1] not in b"\t\r\n":
        said = f"XML may not hold this character (code {here[0]}). None of it was used. {_AGAIN}"
    elif codecs.lookup(declared).name == "utf-8" and not _is_utf8(here):
        said = (
            "the file says it is UTF-8 but this character is not (it may be Windows-1252). Save the file as "
            'UTF-8, or have its first line say encoding="windows-1252". None of it was used.'
        )
    else:
        said = f"this is not well-formed XML ({what}). None of it was used. {_AGAIN}"
    return DataError(f"{where}: {said}")


def _is_utf8(some: bytes) -> bool:
    """Whether the first character of some bytes is UTF-8."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(some[:4])
    except UnicodeDecodeError as error:
        return error.start > 0
    return True


def short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"
