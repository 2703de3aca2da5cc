"""Every report of the framework: its tier, colour, audience, guidance, and the module that declares it."""

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from fcl_tui.reports.framework import (
    INDIVIDUAL,
    MANAGEMENT,
    MANAGERS,
    OPERATIONAL,
    OVERSIGHT,
    SOCIAL_WORKER,
    STRATEGIC,
    Entry,
)

if TYPE_CHECKING:
    from fcl_tui.reports.spec import Report

REPORTS: tuple[Entry, ...] = (
    Entry(
        "client-summary",
        "Client Summary",
        INDIVIDUAL,
        "Who is this child, who matters, what is due?",
        module="individual.client_summary",
        guidance="client-summary",
        keywords="child story history chronology court worker family relationships looked up",
    ),
    Entry(
        "review-summary",
        "Review Summary",
        INDIVIDUAL,
        "What does a review of this child need to know?",
        module="individual.review_summary",
        guidance="review-summary",
        keywords="looked-after review conference report participation",
    ),
    Entry(
        "client-overview",
        "Client Overview",
        OPERATIONAL,
        "When are visits, reviews, assessments due?",
        module="operational.client_overview",
        guidance="client-overview",
        keywords="overdue due visits reviews caseload work list pod team late soon",
    ),
    Entry(
        "leaving-care",
        "Leaving Care Supervision",
        OPERATIONAL,
        "Which care leavers need talking about first?",
        module="operational.leaving_care",
        guidance="leaving-care",
        keywords="care leavers personal adviser pathway plan supervision in touch accommodation",
    ),
    Entry(
        "fostering-overview",
        "Fostering Overview",
        OPERATIONAL,
        "How settled are fostered children and carers?",
        module="operational.fostering",
        guidance="fostering-overview",
        keywords="foster carers placements stability vacancies",
    ),
    Entry(
        "data-quality",
        "Data Quality",
        OPERATIONAL,
        "What in the data is wrong, and whose is it?",
        module="operational.data_quality",
        guidance="data-quality",
        keywords="problems errors mistakes missing fix wrong data check",
    ),
    Entry(
        "caseload",
        "Caseload",
        MANAGEMENT,
        "How many children does each team hold?",
        module="management.caseload",
        guidance="caseload",
        keywords="how many children held workers compare teams movement allocated unallocated",
    ),
    Entry(
        "assessments",
        "Assessments",
        MANAGEMENT,
        "Who finishes in time, and what is still open?",
        module="management.assessments",
        guidance="assessments",
        keywords="45 days timeliness performance compare teams workers period quarter late completed",
    ),
    Entry(
        "visits",
        "Visits",
        MANAGEMENT,
        "Who is visited, and are visits in time?",
        module="management.visits",
        guidance="visits",
    ),
    Entry(
        "reviews",
        "Reviews",
        MANAGEMENT,
        "Which reviews are due, late or held in time?",
        module="management.reviews",
        guidance="reviews",
    ),
    Entry(
        "missing-children",
        "Missing Children",
        MANAGEMENT,
        "Who is missing, how often, and spoken to after?",
        module="management.missing_children",
        guidance="missing-children",
        keywords="runaway absent away return interview",
    ),
    Entry(
        "staff-supervision",
        "Staff Supervision",
        MANAGEMENT,
        "Whose supervision, or which child, is overdue?",
        module="management.staff_supervision",
        guidance="staff-supervision",
        keywords="one to one meetings staff newly qualified gap discussed",
    ),
    Entry(
        "audits",
        "Audits of Practice",
        MANAGEMENT,
        "How good is practice, and is learning used?",
        module="management.audits",
        guidance="audits",
        keywords="quality assurance audit moderation grade ofsted standards actions learning briefing",
        readers=(SOCIAL_WORKER, *MANAGERS),
    ),
    Entry(
        "looked-after",
        "Children Looked After (LAC)",
        STRATEGIC,
        "How is the service doing by children in care?",
        module="strategic.looked_after",
        guidance="looked-after",
        keywords="in care LAC numbers health dental placements stability adoption permanence trend rate",
    ),
    Entry(
        "front-door",
        "Front Door for Families",
        STRATEGIC,
        "What comes in, and what becomes of it?",
        module="strategic.front_door",
        guidance="front-door",
        keywords="contacts referrals re-referrals funnel sources assessments early help trend rate",
    ),
    Entry(
        "child-protection",
        "Child Protection (CP)",
        STRATEGIC,
        "How many children are on plans, for how long?",
        module="strategic.child_protection",
        guidance="child-protection",
        keywords="plans conferences section 47 category second plans two years trend rate court",
    ),
    Entry(
        "children-in-need",
        "Children in Need (CIN)",
        STRATEGIC,
        "How many children are in need, and why?",
        module="strategic.children_in_need",
        guidance="children-in-need",
        keywords="CIN plans need drift awaiting closure step up step down trend rate",
    ),
    Entry(
        "care-leavers",
        "Care Leavers",
        STRATEGIC,
        "How are care leavers doing at 17 to 21?",
        module="strategic.care_leavers",
        guidance="care-leavers",
        keywords="education employment training EET accommodation in touch pathway staying put trend",
    ),
    Entry(
        "monthly-highlight",
        "Monthly Highlight",
        STRATEGIC,
        "How are the key indicators moving?",
        module="strategic.monthly_highlight",
        guidance="monthly-highlight",
        keywords="month indicators page trend comparators target comment meeting",
    ),
    Entry(
        "chat",
        "ChAT",
        STRATEGIC,
        "What would Annex A and its analysis show today?",
        module="strategic.chat",
        guidance="chat",
        keywords="annex a analysis tool inspection ofsted pages pyramid headline lists",
    ),
    Entry(
        "board",
        "Performance Board",
        STRATEGIC,
        "How do the 51 indicators stand?",
        module="strategic.board",
        guidance="board",
        keywords="kpi indicators target rag red amber green exception thanks pack quarter scorecard",
    ),
)
"""In the order of the tiers and of the framework; Data Quality is ours."""

BESIDES: tuple[Entry, ...] = (
    Entry(
        "due-items",
        "Due items",
        OPERATIONAL,
        "Which due items does every rule give, open or past?",
        module="operational.due_items",
        guidance="timescales",
        keywords="rules timescales history",
    ),
    Entry(
        "my-day",
        "My day",
        OPERATIONAL,
        "What should be chased this morning?",
        module="operational.my_day",
        guidance="my-day",
        keywords="today morning chase overdue mine work list new",
    ),
    Entry(
        "work-changes",
        "What changed",
        OPERATIONAL,
        "What became overdue, was done, is new, is gone or has moved since the data before?",
        module="operational.work_changes",
        guidance="my-day",
        keywords="since yesterday new done gone moved difference compare",
    ),
    Entry(
        "chasing",
        "Chasing",
        MANAGEMENT,
        "How far has overdue work been followed up, by worker and team?",
        module="management.chasing",
        guidance="my-day",
        keywords="overdue marks follow up by worker team broken promises compare",
    ),
    Entry(
        "planner",
        "Planner",
        OPERATIONAL,
        "What is due on which day of the next eight weeks?",
        module="operational.planner",
        guidance="planner",
        keywords="calendar diary agenda week leave bank holiday load",
    ),
    Entry(
        "access-log",
        "Access log",
        OVERSIGHT,
        "Who opened, searched, exported or broke glass, and when?",
        module="oversight.access_log",
        guidance="access",
        keywords="audit who looked opened searched exported",
    ),
)
"""Other views of the same work, opened from a report rather than from the list of reports."""


@cache
def _by_key() -> dict[str, Entry]:
    return {report.key: report for report in (*REPORTS, *BESIDES)}


def report(key: str) -> Entry:
    """The report of this key.

    Raises:
        KeyError: no report has it.
    """
    return _by_key()[key]


def of_tier(number: int) -> tuple[Entry, ...]:
    """The reports of a tier, built and planned."""
    return tuple(one for one in REPORTS if one.tier == number)


def built() -> tuple[Entry, ...]:
    """Every report that can be opened, of the framework and beside it."""
    return tuple(one for one in (*REPORTS, *BESIDES) if one.built)


def load(key: str) -> "Report":
    """The declaration of a report, imported when it is asked for.

    Raises:
        DataError: there is no such report, or it is planned; the sentence names those there are.
    """
    from importlib import import_module

    from data.errors import DataError

    entry = _by_key().get(key)
    if entry is None or entry.module is None:
        known = ", ".join(one.key for one in built())
        there = f"{key} is planned and not built yet" if entry is not None else f"There is no report {key!r}"
        raise DataError(f"{there}. There are: {known}.")
    declared: Report = import_module(f"fcl_tui.reports.{entry.module}").REPORT
    return declared


def guidance(page: str = "general") -> str:
    """The Markdown text of a guidance page: "general", or the `guidance` of a report.

    Raises:
        FileNotFoundError: there is no such page.
    """
    return files("fcl_tui").joinpath("guidance", f"{page}.md").read_text(encoding="utf-8")
