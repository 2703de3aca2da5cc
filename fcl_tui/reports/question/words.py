"""What a question asks for, in the words of the status line and of files written from a screen."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from fcl_tui.definitions.days.periods import in_words
from fcl_tui.reports.parameters.period import of_period
from fcl_tui.reports.spec import Breakdown

if TYPE_CHECKING:
    from fcl_tui.reports.question.query import Query
    from fcl_tui.reports.spec import Report


def shown_words(report: Report, query: Query) -> dict[str, str]:
    """What narrows a report, by parameter: the names chosen (or "all teams"), then what is shown of them."""
    names: dict[str, str] = {}
    shown: list[str] = []
    for parameter in report.parameters:
        value = query.values.get(parameter.name)
        if value is None or parameter.name in ("period", "from", "to"):
            continue
        if parameter.kind == "name" or parameter.name == "client":
            if str(value) not in names.values():  # "No child named" is team and worker in one
                names[parameter.name] = str(value)
        elif parameter.kind == "flag":
            shown.append(parameter.words or parameter.label.lower())
        elif parameter.words_of is not None:
            shown.insert(0, parameter.words_of(str(value)))  # the most telling, where there is room for one
        else:
            option = next((one.words for one in parameter.options if one.value == value), str(value))
            shown.append(option.lower())
    chosen = bool(names)
    if not chosen:
        everyone = next((one.everyone for one in report.parameters if one.kind == "name"), "")
        names = {"team": everyone} if everyone else {}
    period = _period(query) if of_period(report, query) else ""
    view = report.view(query.view)
    if query.drill is not None:
        shown.insert(0, query.drill.words)
    elif view.behind and not shown and not chosen:
        shown.insert(0, _within(view.title))
    elif isinstance(view, Breakdown) and len(report.switchable) > 1:
        shown.append(_grouped(view))
    told = {"period": period} if period else {}
    return names | told | ({"shown": ", ".join(shown)} if shown else {})


def _grouped(view: Breakdown) -> str:
    """What a breakdown groups by: by team; by ethnic group; in the period, by kind of visit."""
    if view.key != view.dimension.key:
        return _within(view.title)
    _, by, group = view.title.rpartition(", by ")
    return f"by {group if by else view.key.replace('_', ' ')}".lower()


def plain_words(report: Report, query: Query) -> tuple[str, ...]:
    """What a question asks for, a phrase each, for headings of what leaves the command line.

    Only what was chosen: nothing for the first view of a report and all of its rows.
    """
    told = []
    for parameter in report.parameters:
        value = query.values.get(parameter.name)
        if value is None or parameter.name in ("from", "to"):
            continue
        label = parameter.label.lower()
        if parameter.kind == "flag":
            told.append(parameter.words or label)
        elif parameter.kind == "choice":
            words = next((one.words for one in parameter.options if one.value == value), str(value))
            told.append(f"{label}: {words.lower()}")
        else:
            told.append(f"{label}: {value}")
    view, period = report.view(query.view), _period(query)
    told += [period] if period else []
    if query.drill is not None:
        told.append(query.drill.words or query.drill.measure.replace("_", " "))
    elif view.key != report.first.key and report.switch != "sections":
        told.append(_within(view.title))
    return tuple(told)


def _period(query: Query) -> str:
    first, last, name = query.day("from"), query.day("to"), query.text("period")
    if name is not None and first is not None and last is not None:
        return f"{in_words(name)}, {first:%d/%m/%Y} to {last:%d/%m/%Y}"
    if first is None and last is None:
        return ""
    if first is None:
        return f"to {last:%d/%m/%Y}"
    return f"{first:%d/%m/%Y} to {last:%d/%m/%Y}" if last is not None else f"from {first:%d/%m/%Y}"


def day_words(value: object) -> str:
    """A value of a group as people read it: a month's first day as Mar 2026."""
    return f"{value:%b %Y}" if isinstance(value, date) and value.day == 1 else str(value)


def _within(title: str) -> str:
    """A title as it stands within a line: Rows as Annex A counts them, but with a small letter first."""
    return title if title[:2].isupper() else title[:1].lower() + title[1:]
