"""Which screen shows which report."""

from textual.screen import Screen

from screens.session import Session


def screen_for(report: str, session: Session) -> Screen[None] | None:
    """The screen of a report, or None for a report that needs a client to be chosen first.

    Raises:
        LookupError: the report is planned, and has no screen yet.
    """
    if report == "client-summary":
        return None
    if report == "client-overview":
        from screens.client_overview import ClientOverviewScreen

        return ClientOverviewScreen(session)
    if report == "leaving-care":
        from screens.leaving_care import LeavingCareScreen

        return LeavingCareScreen(session)
    if report == "assessments":
        from screens.assessments import AssessmentsScreen

        return AssessmentsScreen(session)
    if report == "planner":
        from screens.planner import PlannerScreen

        return PlannerScreen(session)
    if report == "data-quality":
        from screens.data_quality import DataQualityScreen

        return DataQualityScreen(session)
    if report == "my-day":
        from screens.my_day import MyDayScreen

        return MyDayScreen(session)
    if report == "access-log":
        from screens.access_log import AccessLogScreen

        return AccessLogScreen(session)
    raise LookupError(report)
