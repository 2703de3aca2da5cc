"""Which screen shows which report."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from screens.session import Session

if TYPE_CHECKING:
    from screens.report.base import ReportScreen


def screen_for(
    report: str, session: Session, state: Mapping[str, Any] | None = None
) -> "ReportScreen[Any] | None":
    """The screen of a report, or None for a report that needs a client to be chosen first.

    Args:
        report: its key in the catalogue.
        session: the reader's.
        state: what narrows it, by the fields of its screen's `View`.

    Raises:
        LookupError: the report is planned, and has no screen yet.
    """
    told = dict(state or {})
    if report == "client-summary":
        return None
    if report == "client-overview":
        from screens import client_overview

        return client_overview.ClientOverviewScreen(session, client_overview.View(**told))
    if report == "leaving-care":
        from screens import leaving_care

        return leaving_care.LeavingCareScreen(session, leaving_care.View(**told))
    if report == "assessments":
        from screens import assessments

        return assessments.AssessmentsScreen(session, assessments.View(**told))
    if report == "planner":
        from screens import planner

        return planner.PlannerScreen(session, planner.View(**told))
    if report == "data-quality":
        from screens import data_quality

        return data_quality.DataQualityScreen(session, data_quality.View(**told))
    if report == "my-day":
        from screens.my_day import MyDayScreen
        from screens.my_day_gather import View

        return MyDayScreen(session, View(**told))
    if report == "chasing" and told:  # the items behind one of its figures; the figures are a part of My day
        from screens.chasing_items import ChasingItemsScreen

        return ChasingItemsScreen(session, told)
    if report == "access-log":
        from screens.access_log import AccessLogScreen

        return AccessLogScreen(session)
    raise LookupError(report)
