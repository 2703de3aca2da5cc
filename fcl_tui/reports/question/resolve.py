"""From what was typed or saved to a question: undeclared parameters and unknown names are refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from difflib import SequenceMatcher, get_close_matches
from typing import TYPE_CHECKING, Any

from data.errors import DataError
from fcl_tui.reports.parameters.period import checked, spanned
from fcl_tui.reports.question.query import Query

if TYPE_CHECKING:
    from fcl_tui.reports.context import Context
    from fcl_tui.reports.spec import Parameter, Report, Value

BY, DETAIL = "by", "detail"
"""How a view is asked for on the command line: --by KEY, --detail"""
NEAR = 3
"""Names that a refusal offers where some are near"""
LISTED = 12
"""Names that a refusal lists"""


def resolve(report: Report, typed: Mapping[str, Any], context: Context) -> Query:
    """Turn what was typed into a question.

    Args:
        typed: values by parameter name, and `by` or `detail` for a view; None and False are not typed.

    Raises:
        DataError: the report declares no such parameter or view; there is no such team, worker or value;
            the period ends before it begins. The sentence names what would do.
    """
    given = {name: value for name, value in typed.items() if value is not None and value is not False}
    query = Query(report.key, _view(report, given))
    for name in given:
        if name not in (BY, DETAIL) and report.parameter(name) is None:
            raise DataError(_refusal(report, name))
    for parameter in report.parameters:
        if parameter.name in given:
            value = _value(parameter, given[parameter.name], context, query)
            query = query.changed(**{parameter.name: value})
    if "period" in given and not given.keys().isdisjoint(("from", "to")):
        raise DataError("Give the period by its name (--period) or by its days (--from and --to), not both.")
    query = spanned(query, context.as_at)
    begins, ends = query.day("from"), query.day("to")
    if begins is not None and ends is not None and begins > ends:
        raise DataError(f"The period ends ({ends:%d/%m/%Y}) before it begins ({begins:%d/%m/%Y}).")
    if report.check is not None:
        report.check(query)
    return query


def _view(report: Report, given: Mapping[str, Any]) -> str:
    by = given.get(BY)
    behind = [view.key for view in report.views if view.behind]
    if given.get(DETAIL):
        if not behind:
            raise DataError(f"{report.key} has no --detail: its rows are the detail already.")
        return behind[0]
    if by is None:
        return report.first.key
    known = [view.key for view in report.switchable]
    if len(known) < 2:
        raise DataError(_refusal(report, BY))
    if by not in known:
        raise DataError(f"--by takes one of {', '.join(known)} for {report.key}, not {by!r}.")
    return str(by)


def option_of(name: str) -> str:
    """The option of the command line that gives a parameter."""
    return f"--{name.replace('_', '-')}"


def options_of(report: Report) -> list[str]:
    """The options that a report takes, as they are typed."""
    views = report.switchable
    by = (
        [f"--by {'|'.join(view.key for view in views)}"]
        if len(views) > 1 and report.switch != "sections"
        else []
    )
    detail = ["--detail"] if any(view.behind for view in report.views) else []
    return [*(option_of(one.name) for one in report.parameters), *by, *detail]


def _refusal(report: Report, name: str) -> str:
    takes = ", ".join(options_of(report)) or "no option of its own"
    return f"{report.key} does not take {option_of(name)}. It takes: {takes}."


def _value(parameter: Parameter, given: Any, context: Context, query: Query) -> Value:
    match parameter.kind:
        case "flag":
            return bool(given)
        case "date":
            if isinstance(given, date):
                return given
            raise DataError(f"{option_of(parameter.name)} takes a day such as 2026-04-01, not {given!r}.")
        case "period":
            return checked(str(given), context.as_at)
        case "choice":
            known = [option.value for option in parameter.options]
            return match_name(str(given), known, parameter.label.lower())
        case "name":
            return match_name(str(given), names_of(parameter, context, query), parameter.label.lower())
        case _:
            return str(given)


def names_of(parameter: Parameter, context: Context, query: Query) -> list[str]:
    """The names in the data that a parameter can have, given what else was chosen; in the order listed."""
    from data.frames import collect

    if parameter.names is None:
        return []
    names = collect(parameter.names(context, query).select("value"))
    return [str(name) for name in names["value"].drop_nulls()]


def match_name(typed: str, known: Iterable[str], what: str) -> str:
    """The spelling in the data of what was typed, whatever its case.

    Part of a name does when only one name has it.

    Raises:
        DataError: there is no such name; the sentence names those that are near, or those that there are.
    """
    names = list(known)
    wanted = " ".join(typed.split()).casefold()
    for name in names:
        if " ".join(name.split()).casefold() == wanted:
            return name
    part = [name for name in names if wanted and wanted in name.casefold()]
    if len(part) == 1:
        return part[0]
    folded = {name.casefold(): name for name in names}
    near = part or [folded[one] for one in get_close_matches(wanted, folded, n=5, cutoff=0.6)]
    asked = f"There is no {what} {typed!r} on that day."
    if not names:
        return _raise(f"{asked} There is none at all.")
    near = sorted(near, key=lambda name: -SequenceMatcher(None, wanted, name.casefold()).ratio())
    if near:
        others = len(names) - len(near[:NEAR])
        more = f" There {'is 1 other' if others == 1 else f'are {others:,} others'}." if others else ""
        return _raise(f"{asked} Did you mean: {', '.join(near[:NEAR])}?{more}")
    listed = sorted(names)
    more = f" and {len(listed) - LISTED} more" if len(listed) > LISTED else ""
    return _raise(f"{asked} There are: {', '.join(listed[:LISTED])}{more}.")


def _raise(sentence: str) -> str:
    raise DataError(sentence)
