"""The framework: roles, the four tiers, and what is known of a report before it is opened."""

from data.dataclass import dataclass

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
class Entry:
    """One report of the framework."""

    key: str
    """as on the command line: client-overview"""
    title: str
    level: Tier
    summary: str
    """one line: the question it answers"""
    module: str
    """the module of `fcl_tui.reports` that declares it"""
    guidance: str
    """name of the guidance page, without .md"""
    keywords: str = ""
    """everyday words by which the palette finds it"""
    readers: tuple[str, ...] = ()
    """who may see it, where it is not the audience of its tier"""

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
        """Who may see the report: the audience of its tier, unless it has one of its own."""
        return self.readers or self.level.audience

    @property
    def colour(self) -> str:
        """The colour token of its tier."""
        return self.level.colour


INDIVIDUAL = Tier(1, "Individual client", "tier-1", "one person in depth", EVERYONE)
OPERATIONAL = Tier(2, "Worker and operational", "tier-2", "ongoing work: plan and prioritise", EVERYONE)
MANAGEMENT = Tier(3, "Management", "tier-3", "work added up by worker and team", MANAGERS)
OVERSIGHT = Tier(0, "Oversight", "", "who looked at what", ("administrator",))
"""Not in the framework: for the administrator of access, who sees no child"""
STRATEGIC = Tier(4, "Strategic", "tier-4", "longer trends across the whole service", MANAGERS)
TIERS = (INDIVIDUAL, OPERATIONAL, MANAGEMENT, STRATEGIC)
