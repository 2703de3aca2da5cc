"""Days and intervals in words, the same wherever they are told."""

from datetime import date

UNITS = {
    "wd": ("working day", "working days"),
    "d": ("day", "days"),
    "w": ("week", "weeks"),
    "m": ("month", "months"),
}


def day(value: date) -> str:
    """Wed 07 Jan 2026."""
    return value.strftime("%a %d %b %Y")


def counted(number: int, unit: str) -> str:
    """1 working day, 6 weeks."""
    one, many = UNITS[unit]
    return f"{number} {one if number == 1 else many}"


def sentence(text: str) -> str:
    """The text with a capital and a full stop."""
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")
