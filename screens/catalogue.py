"""Which screen shows which report: the generic one, except three that have a screen of their own."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from screens.session import Session

if TYPE_CHECKING:
    from fcl_tui.reports.question.query import Query
    from fcl_tui.reports.spec import Value
    from screens.report.base import ReportScreen


def screen_for(
    report: str,
    session: Session,
    values: "Mapping[str, Value] | None" = None,
    query: "Query | None" = None,
) -> "ReportScreen[Any] | None":
    """The screen of a report, or None for a report of one child, when no child is named.

    Args:
        report: its key in the catalogue.
        session: the reader's.
        values: what narrows it, by parameter; None: nothing was said, and it opens on the reader's own team.
        query: a whole question, in place of values.

    Raises:
        LookupError: there is no such report.
    """
    from data.errors import DataError
    from fcl_tui.reports.catalogue import load
    from fcl_tui.reports.question.query import Query

    try:
        declared = load(report)
    except DataError:
        raise LookupError(report) from None
    question = query or Query(report, declared.first.key).changed(**dict(values or {}))
    child = question.text("client")
    if declared.of_one_child and child is None:
        return None
    if report == "client-summary" and child is not None:
        from screens.client_summary.screen import ClientSummaryScreen

        return ClientSummaryScreen(session, child)
    if report == "planner":
        from screens.planner.screen import PlannerScreen

        return PlannerScreen(session, question, own_team=query is None and values is None)
    from screens.report.screen import DeclaredScreen

    return DeclaredScreen(session, declared, question, own_team=query is None and values is None)
