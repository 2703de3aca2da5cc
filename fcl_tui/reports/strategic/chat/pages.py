"""The pages of ChAT in its order: the records each is of, its groups and its figures. Data alone."""

from data.dataclass import dataclass

SIX_MONTHS, YEAR, NOW = "six months", "twelve months", "now"
CODE_LISTS = ("primary_need", "cp_category")
"""Lists whose codes the rows of blocks begin with; people read the words, the address keeps the code"""


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page: a list of Annex A, as this data has it."""

    key: str
    title: str
    of: str
    """an official key of the family whose rows are its records"""
    lists: str
    """the list of Annex A it is about"""
    window: str = SIX_MONTHS
    where: str = "true"
    """of the family's rows those that count, in SQL as Polars reads it"""
    noun: str = "records"
    bars: tuple[tuple[str, str], ...] = ()
    """columns of the rows to tell them by, and in which words"""
    figures: tuple[str, ...] = ()
    """official keys"""
    next_page: str = ""
    """the page whose children are looked for"""
    annex: tuple[tuple[str, str], ...] = ()
    """functions of `records.chat.annex` for what Annex A counts in another way, and the figure that each
    is shown beside; none: a line of its own"""


HEADLINE = (
    "contacts", "referrals", "referral_rate", "rereferral_pct", "assess_45wd", "s47_rate", "icpc_rate",
    "icpc_15wd", "cin_open", "cin_rate", "cp_open", "cp_rate", "cp_second", "cp_2y_current",
    "review_cp_current", "cla_open", "cla_rate", "cla_started", "cla_ceased", "cla_3plus", "cla_stable_2y",
    "cla_health_year", "cla_dental", "cla_ceased_adopted", "missing_from_care_pct", "cl_eet_19_21",
    "cl_suitable_19_21",
)  # fmt: skip
"""Of the first page, beside the published figures"""
PAGES = (
    Page(
        key="contacts",
        title="Contacts",
        of="contacts",
        lists="list 1",
        noun="contacts",
        bars=(("source", "Source"),),
        figures=("contacts", "contacts_rate", "contact_to_referral", "contact_repeat"),
        next_page="referrals",
    ),
    Page(
        key="early-help",
        title="Early help",
        of="eh_assessments",
        lists="list 2",
        where="started",
        noun="episodes",
        bars=(("organisation", "Organisation"),),
        figures=("eh_assessments", "eh_step_up"),
        next_page="referrals",
        annex=(("early_help", "eh_assessments"),),
    ),
    Page(
        key="referrals",
        title="Referrals",
        of="referrals",
        lists="list 3",
        noun="referrals",
        bars=(("source", "Source"), ("need", "Need")),
        figures=("referrals", "referral_rate", "referral_nfa", "rereferral_pct"),
        next_page="assessments",
    ),
    Page(
        key="assessments",
        title="Assessments",
        of="assess_completed",
        lists="list 4",
        noun="completed assessments",
        bars=(("length", "Working days"), ("outcome", "Outcome")),
        figures=("assess_completed", "assess_rate", "assess_45wd", "assess_seen", "assess_nfa", "assess_open",
                 "assess_open_over_45"),
        next_page="section-47",
        annex=(("assessment_clock", "assess_45wd"), ("assessments_listed", "assess_completed")),
    ),
    Page(
        key="section-47",
        title="Section 47 and conferences",
        of="s47_started",
        lists="list 5",
        where="started",
        noun="enquiries",
        figures=("s47_started", "s47_rate", "s47_to_icpc", "s47_nfa", "icpc", "icpc_rate", "icpc_15wd",
                 "icpc_to_plan"),
        next_page="child-protection",
    ),
    Page(
        key="in-need",
        title="Children in need",
        of="cin_open",
        lists="list 6",
        window=NOW,
        noun="children",
        bars=(("case_status", "Case status"), ("need", "Primary need"), ("open_for", "Open for"),
              ("team", "Team")),
        figures=("cin_open", "cin_rate", "cin_started", "cin_ended", "cin_awaiting", "cin_no_plan",
                 "cin_disability"),
        next_page="child-protection",
        annex=(("in_need_listed", "cin_open"),),
    ),
    Page(
        key="child-protection",
        title="Child protection plans",
        of="cp_open",
        lists="list 7",
        window=NOW,
        noun="children",
        bars=(("category", "Category"), ("open_for", "On a plan for"), ("previous", "Earlier plans"),
              ("team", "Team")),
        figures=("cp_open", "cp_rate", "cp_started", "cp_ended", "cp_second", "cp_2y_current",
                 "visit_cp_current", "visit_cp_seen_alone", "review_cp_current", "cp_and_cla", "cp_unborn"),
        next_page="looked-after",
        annex=(("protection_listed", "cp_open"),),
    ),
    Page(
        key="looked-after",
        title="Children looked after",
        of="cla_open",
        lists="list 8",
        window=NOW,
        noun="children",
        bars=(("legal_status", "Legal status"), ("placement", "Placement"), ("provider", "Provider"),
              ("length", "In care for"), ("team", "Team")),
        figures=("cla_open", "cla_rate", "cla_started", "cla_ceased", "cla_reentry", "cla_uasc", "cla_3plus",
                 "cla_stable_2y", "cla_20miles", "visit_cla_current", "review_cla_current", "cla_health_year",
                 "cla_dental", "cla_perm_plan"),
        annex=(("looked_after_without_agreed", "cla_open"), ("looked_after_listed", "")),
    ),
    Page(
        key="missing",
        title="Missing and return interviews",
        of="missing_episodes",
        lists="list 8",
        window=YEAR,
        where="in_period",
        noun="episodes",
        bars=(("status", "Status"), ("length", "How long")),
        figures=("missing_episodes", "missing_children", "missing_from_care_pct", "rhi_offered_pct",
                 "rhi_accepted_pct"),
        annex=(("last_missing", "rhi_offered_pct"),),
    ),
    Page(
        key="care-leavers",
        title="Care leavers",
        of="cl_current",
        lists="list 9",
        window=NOW,
        where="current",
        noun="young people",
        bars=(("eligibility", "Entitlement"), ("accommodation", "Accommodation"), ("adviser", "Adviser")),
        figures=("cl_current", "cl_in_touch", "cl_contact_8w", "cl_pathway", "cl_pa", "cl_uasc",
                 "cl_bad_accommodation"),
    ),
    Page(
        key="adoption",
        title="Adoption",
        of="adopt_waiting",
        lists="list 10",
        window=NOW,
        noun="children waiting",
        figures=("adopt_waiting", "adopt_orders", "adopt_a10", "adopt_a2", "adopt_reversed", "adopt_early"),
    ),
)  # fmt: skip
