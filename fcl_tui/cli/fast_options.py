"""Text, paths and days need no validation library: importing that takes longer than a look-up."""

import os
from datetime import datetime
from pathlib import Path
from typing import Any

from typer import BadParameter, core

_OTHER = object()
"""What Typer itself has to convert, or to refuse in its own words."""


def _plain(wanted: Any, value: Any, info: Any) -> Any:
    """The value as the command takes it, where that is plain to see."""
    if value is None:
        return None
    if wanted == list[str] and type(value) is tuple and all(type(one) is str for one in value):
        return list(value)
    if wanted is int and type(value) is int:
        low, high = info.min, info.max
        return value if (low is None or low <= value) and (high is None or value <= high) else _OTHER
    if type(value) is not str:
        return _OTHER
    if wanted is str:
        return value
    if wanted is Path:
        unread = Path(value).exists() and not os.access(value, os.R_OK)
        asks_more = info.exists or info.writable or info.resolve_path or info.path_type is not None
        return _OTHER if unread or asks_more or not (info.file_okay and info.dir_okay) else Path(value)
    if wanted is datetime:
        for form in info.formats or ():
            try:
                return datetime.strptime(value, form)
            except ValueError:
                continue
        if info.formats:  # Typer would quote the formats: '%Y-%m-%d'
            raise BadParameter(f"{value!r} is not a day. Write it as 2026-11-28 or 28/11/2026.")
    return _OTHER


class _AsGiven:
    """In the place of Typer's own conversion: what is plain by the way above, the rest by its own."""

    def __init__(self, parameter: Any, own: Any) -> None:
        self._parameter, self._own = parameter, own

    def coerce(self, value: Any, *more: Any, **named: Any) -> Any:
        """The value as the command takes it."""
        descriptor = getattr(self._parameter, "type_descriptor", None)
        wanted, told = (getattr(descriptor, name, None) for name in ("annotation", "parameter_info"))
        plain = _OTHER if wanted is None or told is None else _plain(wanted, value, told)
        return self._own(self._parameter).coerce(value, *more, **named) if plain is _OTHER else plain


class _Own:
    """What Typer does itself, kept so that it is replaced once however often a process asks for it."""

    conversion: Any = None


def leave_plain_values_as_they_are() -> None:
    """Spare Typer the conversion; where its inner parts are others than these, nothing changes."""
    parameter = getattr(core, "_TyperParameter", None)
    own = getattr(parameter, "get_runtime_param", None)
    if parameter is not None and own is not None and _Own.conversion is None:
        _Own.conversion = own
        parameter.get_runtime_param = lambda self: _AsGiven(self, own)
