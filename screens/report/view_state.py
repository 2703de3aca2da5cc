"""What narrows a report, as a saved view keeps it: plain values by the name of a frozen dataclass' field."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, Literal, TypeVar, get_args, get_origin, get_type_hints

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    View = TypeVar("View", bound=DataclassInstance)


def kept(view: "DataclassInstance", names: Sequence[str] | None = None) -> dict[str, Any]:
    """The fields of these names that are text, yes or no, or None; without names all such fields."""
    values = {name: getattr(view, name) for name in names or [one.name for one in fields(view)]}
    return {name: one for name, one in values.items() if isinstance(one, str | bool | type(None))}


def taken_up(view: "View", told: Mapping[str, Any], names: Sequence[str] | None = None) -> "View":
    """The view with what `kept` told of these fields, as far as the values are of their kinds."""
    kinds = get_type_hints(type(view))
    fitting = {
        name: one for name, one in told.items() if name in (names or kinds) and _fits(one, kinds[name])
    }
    return replace(view, **fitting)


def _fits(value: object, kind: Any) -> bool:
    """Whether a value that was kept is of the kind the report takes now."""
    if get_origin(kind) is Literal:
        return value in get_args(kind)
    allowed = get_args(kind) or (kind,)
    return isinstance(value, tuple(one for one in allowed if isinstance(one, type)))
