"""A question as a saved view keeps it, and back again; views of earlier versions mean what they meant."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from fcl_tui.reports.question.query import Query

if TYPE_CHECKING:
    from fcl_tui.reports.spec import Parameter, Report, Value


def state_of(report: Report, query: Query) -> dict[str, Any]:
    """What a saved view keeps of a question: its view and the values chosen, days as text."""
    kept: dict[str, Any] = {"by": query.view}
    for parameter in report.parameters:
        value = query.values.get(parameter.name)
        if parameter.name in ("from", "to") and "period" in query.values:
            continue  # days that the period's name gives, on another day others
        if parameter.saved and value is not None:
            kept[parameter.name] = value.isoformat() if isinstance(value, date) else value
    return kept


def values_of(report: Report, state: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a saved view as if they had been typed; what the report does not know is passed over.

    Its view is in them as `by`, or as `detail` where it is the one behind the figures.

    Args:
        state: what `data.office.views` keeps of a view; the values are under "view", those of marks in views
            of earlier versions beside it.
    """
    inner = state.get("view")
    kept = dict(inner) if isinstance(inner, Mapping) else {}
    kept |= {name: state[name] for name in ("which",) if state.get(name)}
    values: dict[str, Any] = {}
    for parameter in report.parameters:
        for name in (parameter.name, *parameter.former):
            value = _value(parameter, kept.get(name))
            if value is not None and parameter.saved:
                values[parameter.name] = value
                break
    by = kept.get("by")
    former = [view.key for view in report.views if view.former and kept.get(view.former) is True]
    by = former[0] if former else by
    if len(report.switchable) > 1 and by in {view.key for view in report.switchable}:
        values["by"] = by
    elif by in [view.key for view in report.views if view.behind][:1]:
        values["detail"] = True
    return values


def _value(parameter: Parameter, kept: Any) -> Value | None:
    if parameter.kind == "flag":
        return True if kept is True else None
    if not isinstance(kept, str) or not kept:
        return None
    if parameter.kind == "choice":
        return kept if kept in {option.value for option in parameter.options} else None
    if parameter.kind == "date":
        try:
            return date.fromisoformat(kept)
        except ValueError:
            return None
    return kept
