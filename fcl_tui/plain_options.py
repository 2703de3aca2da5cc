"""Text, and what is not given, needs no validation library: importing that takes longer than a look-up."""

from typing import Any

from typer import core


class _AsGiven:
    """In the place of Typer's own conversion: text and nothing stay as they are, the rest it converts."""

    def __init__(self, parameter: Any, own: Any) -> None:
        self._parameter, self._own = parameter, own

    def coerce(self, value: Any, *more: Any, **named: Any) -> Any:
        """The value as the command takes it."""
        wanted = getattr(getattr(self._parameter, "type_descriptor", None), "annotation", None)
        if wanted is not None and (value is None or (wanted is str and type(value) is str)):
            return value
        if wanted == list[str] and type(value) is tuple and all(type(one) is str for one in value):
            return list(value)
        return self._own(self._parameter).coerce(value, *more, **named)


class _Own:
    """What Typer does itself, kept so that it is replaced once however often a process asks for it."""

    conversion: Any = None


def leave_text_as_it_is() -> None:
    """Spare Typer the conversion of text; where its inner parts are others than these, nothing changes."""
    parameter = getattr(core, "_TyperParameter", None)
    own = getattr(parameter, "get_runtime_param", None)
    if parameter is not None and own is not None and _Own.conversion is None:
        _Own.conversion = own
        parameter.get_runtime_param = lambda self: _AsGiven(self, own)
