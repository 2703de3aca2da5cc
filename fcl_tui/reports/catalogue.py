"""Every report of the framework: its tier, colour, audience, guidance, and whether it is built yet."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

BUSINESS_SUPPORT, SOCIAL_WORKER, FRONT_LINE_MANAGER, SENIOR_MANAGER = (
    "business support officer",
    "social worker",
    "front-line manager",
    "senior manager",
)
EVERYONE = (BUSINESS_SUPPORT, SOCIAL_WORKER, FRONT_LINE_MANAGER, SENIOR_MANAGER)
MANAGERS = (FRONT_LINE_MANAGER, SENIOR_MANAGER)


@dataclass(frozen=True)
class Tier:
    """One of the four tiers of reports."""

    number: int
    name: str
    colour: str
    """the theme's token for the tier, tier-1 to tier-4"""
    purpose: str
    audience: tuple[str, ...]


@dataclass(frozen=True)
class Report:
    """One report of the framework."""

    key: str
    """as on the command line: client-overview"""
    title: str
    level: Tier
    summary: str
    """one line: the question it answers"""
    built: bool = False
    guidance: str | None = None
    """name of the guidance page, without .md; every built report has one"""

    @property
    def tier(self) -> int:
        """The number of its tier, 1 to 4; 0 for what is in none."""
        return self.level.number

    @property
    def tier_name(self) -> str:
        """The name of its tier."""
        return self.level.name

    @property
    def audience(self) -> tuple[str, ...]:
        """Who may see the report: the audience of its tier."""
        return self.level.audience

    @property
    def colour(self) -> str:
        """The colour token of its tier."""
        return self.level.colour

    @property
    def state(self) -> str:
        """built or planned"""
        return "built" if self.built else "planned"


INDIVIDUAL = Tier(1, "Individual client", "tier-1", "one person in depth", EVERYONE)
OPERATIONAL = Tier(2, "Worker and operational", "tier-2", "ongoing work: plan and prioritise", EVERYONE)
MANAGEMENT = Tier(3, "Management", "tier-3", "work added up by worker and team", MANAGERS)
OVERSIGHT = Tier(0, "Oversight", "", "who looked at what", ("administrator",))
"""None of the framework's: for whoever looks after access, who sees no child"""
STRATEGIC = Tier(4, "Strategic", "tier-4", "longer trends across the whole service", MANAGERS)
TIERS = (INDIVIDUAL, OPERATIONAL, MANAGEMENT, STRATEGIC)

REPORTS: tuple[Report, ...] = (
    Report(
        "client-summary",
        "Client Summary",
        INDIVIDUAL,
        "Who is this child, what has happened, who matters, and what is due?",
        built=True,
        guidance="client-summary",
    ),
    Report(
        "review-summary", "Review Summary", INDIVIDUAL, "What does a review need to know about this child?"
    ),
    Report(
        "client-overview",
        "Client Overview",
        OPERATIONAL,
        "When are visits, reviews and assessments due on this caseload?",
        built=True,
        guidance="client-overview",
    ),
    Report(
        "leaving-care",
        "Leaving Care Supervision",
        OPERATIONAL,
        "Which care leavers need talking about first in supervision?",
        built=True,
        guidance="leaving-care",
    ),
    Report(
        "fostering-overview", "Fostering Overview", OPERATIONAL, "How are foster carers and placements doing?"
    ),
    Report(
        "data-quality",
        "Data Quality",
        OPERATIONAL,
        "What in the data is wrong or missing, whose is it, and how is it put right?",
        built=True,
        guidance="data-quality",
    ),
    Report(
        "caseload",
        "Caseload",
        MANAGEMENT,
        "How many children does each team and worker hold?",
        guidance="caseload",
    ),
    Report(
        "assessments",
        "Assessments",
        MANAGEMENT,
        "Which teams and workers finish assessments in time, and what is still open?",
        built=True,
        guidance="assessments",
    ),
    Report("visits", "Visits", MANAGEMENT, "How many visits were made in time, by team and worker?"),
    Report("reviews", "Reviews", MANAGEMENT, "How many reviews were held in time, by team and worker?"),
    Report(
        "missing-children", "Missing Children", MANAGEMENT, "Who went missing, and were they spoken to after?"
    ),
    Report(
        "staff-supervision", "Staff Supervision", MANAGEMENT, "What should be talked about with each worker?"
    ),
    Report(
        "looked-after",
        "Children Looked After (LAC)",
        STRATEGIC,
        "How is the service doing by children in care?",
    ),
    Report("front-door", "Front Door for Families", STRATEGIC, "What comes in, and what becomes of it?"),
    Report(
        "child-protection",
        "Child Protection (CP)",
        STRATEGIC,
        "How many children are on plans, and for how long?",
    ),
    Report(
        "children-in-need", "Children in Need (CIN)", STRATEGIC, "How many children are in need, and why?"
    ),
    Report("care-leavers", "Care Leavers", STRATEGIC, "How are care leavers doing at 17 to 21?"),
    Report("monthly-highlight", "Monthly Highlight", STRATEGIC, "How are the key indicators moving?"),
)
"""In the order of the tiers and of the framework; Data Quality is ours."""

BESIDES: tuple[Report, ...] = (
    Report(
        "my-day",
        "My day",
        OPERATIONAL,
        "What should be chased this morning?",
        built=True,
        guidance="my-day",
    ),
    Report(
        "work-changes",
        "What changed",
        OPERATIONAL,
        "What became overdue, was done, is new, is gone or has moved since the data before?",
        built=True,
        guidance="my-day",
    ),
    Report(
        "chasing",
        "Chasing",
        MANAGEMENT,
        "How does the chasing of what is overdue stand, by worker and team?",
        built=True,
        guidance="my-day",
    ),
    Report(
        "planner",
        "Planner",
        OPERATIONAL,
        "What is due on which day of the next eight weeks?",
        built=True,
        guidance="planner",
    ),
    Report(
        "access-log",
        "Access log",
        OVERSIGHT,
        "Who opened, searched, exported or broke glass, and when?",
        built=True,
        guidance="access",
    ),
)
"""Other views of the same work, opened from a report rather than from the list of reports."""


@cache
def _by_key() -> dict[str, Report]:
    return {report.key: report for report in (*REPORTS, *BESIDES)}


def report(key: str) -> Report:
    """The report of this key.

    Raises:
        KeyError: no report has it.
    """
    return _by_key()[key]


def of_tier(number: int) -> tuple[Report, ...]:
    """The reports of a tier, built and planned."""
    return tuple(one for one in REPORTS if one.tier == number)


def built() -> tuple[Report, ...]:
    """The reports that can be opened."""
    return tuple(one for one in REPORTS if one.built)


def guidance(page: str = "general") -> str:
    """The Markdown text of a guidance page: "general", or the `guidance` of a report.

    Raises:
        FileNotFoundError: there is no such page.
    """
    return files("fcl_tui").joinpath("guidance", f"{page}.md").read_text(encoding="utf-8")
