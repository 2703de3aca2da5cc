"""Visits: how many children are up to date now, and what was done of what fell due in a period.

Records of *now*: one row per child and kind of visit (`records.visiting.due.children_now`). Records of a
*period*: one row per visit that fell due (record 'due') and one per visit made (record 'made'), which no
measure counts together (`records.visiting.due.of_period`). Kinds: child protection, child in need, looked
after, care leaver contact. Sources: Care Planning, Placement and Case Review (England) Regulations 2010,
regulation 28, for looked-after children; local standards for the others.
"""

from dataclasses import replace

from fcl_tui.definitions.figures.measure import Measure
from fcl_tui.measures import on_time

KIND_NAMES = {
    "child_protection": "Child protection",
    "child_in_need": "Child in need",
    "looked_after": "Looked after",
    "care_leaver": "Care leaver contact",
}
_NOW = on_time.now("children", "Children with this kind of visit")
_NOW["open"] = replace(_NOW["open"], key="children", label="Children", statistic="count")
_NOW["percent_up_to_date"] = replace(
    _NOW["percent_up_to_date"],
    target="visit_target",
    source="Regulation 28 for looked-after children; local standards for protection and in need plans",
)
NEVER = Measure(
    key="never",
    label="Never visited",
    where="never",
    unit="children",
    window="now",
    higher_is_better=False,
    definition="Of those overdue: no visit that counts since the plan or the placement began.",
)
DUE_5 = Measure(
    key="due_5",
    label="Due in 5 working days",
    where="working_days_left <= 5",
    unit="children",
    window="now",
    definition="Due on the as-at day or in the five working days after it.",
)
DUE_10 = replace(
    DUE_5,
    key="due_10",
    label="Due in 10 working days",
    where="working_days_left <= 10",
    definition="Due on the as-at day or in the ten working days after it: those due in five are among them.",
)
INTERNAL = Measure(
    key="percent_internal",
    label="Within the internal line, %",
    statistic="share",
    where="internal_standing = 'up_to_date'",
    out_of="internal_standing IS NOT NULL",
    unit="per cent",
    window="now",
    higher_is_better=True,
    definition="Of the children with an internal line (a setting, in working days), those whose line is "
    "the as-at day or later. It is never later than the formal due day.",
    source="local: cp_visit_internal and cin_visit_internal in settings.toml",
    opens=False,
)
INTERNAL_OVER = replace(
    INTERNAL,
    key="over_internal",
    label="Over the internal line",
    statistic="count",
    where="internal_standing = 'overdue'",
    out_of=None,
    unit="children",
    higher_is_better=False,
    definition="The internal line has passed, whether or not the formal due day has.",
    opens=True,
)
SEEN_ALONE = Measure(
    key="percent_alone",
    label="Seen alone at the last visit, %",
    statistic="share",
    where="alone = 'Y'",
    out_of="visited AND alone_asked",
    unit="per cent",
    window="now",
    higher_is_better=True,
    definition="Of the children visited in the present plan or placement, those seen alone at the last visit "
    "that counts. A blank is not seen alone.",
    source="Annex A lists 7 and 8",
    opens=False,
)
SEEN_ALONE_4 = replace(
    SEEN_ALONE,
    key="percent_alone_4",
    label="Seen alone, aged 4 or over, %",
    where="alone = 'Y' AND age >= 4",
    out_of="visited AND alone_asked AND age >= 4",
    definition="As seen alone at the last visit, of the children aged four or over on the as-at day.",
)
SINCE = Measure(
    key="median_since",
    label="Days since the last visit, median",
    statistic="median",
    of="since_days",
    unit="calendar days",
    window="now",
    higher_is_better=False,
    definition="Half of the children were last visited longer ago than this; a child not visited yet counts "
    "from the start of the plan or placement.",
    opens=False,
)
NOW = (
    _NOW["open"], _NOW["up_to_date"], _NOW["percent_up_to_date"], _NOW["overdue"],
    *(_NOW[key] for key in on_time.BANDS), NEVER, _NOW["not_known"], DUE_5, DUE_10, INTERNAL, INTERNAL_OVER,
    SEEN_ALONE, SEEN_ALONE_4, SINCE, replace(SINCE, key="p90_since", label="Days since, nine in ten",
    statistic="p90", definition="Nine in ten of the children were last visited no longer ago than this."),
    replace(SINCE, key="longest_since", label="Days since, longest", statistic="largest",
    definition="The longest time since a visit, or since the plan or placement began without one."),
)  # fmt: skip

_PERIOD = on_time.period("visits")
_PERIOD["percent_in_time"] = replace(_PERIOD["percent_in_time"], target="visit_target")
IN_INTERNAL = Measure(
    key="percent_in_internal",
    label="Within the internal line, %",
    statistic="share",
    where="record = 'due' AND done_date <= internal_date",
    out_of="record = 'due' AND internal_date IS NOT NULL",
    unit="per cent",
    higher_is_better=True,
    definition="Of the visits that fell due and have an internal line (a setting, in working days), those "
    "made on or before it.",
    source="local: cp_visit_internal and cin_visit_internal in settings.toml",
    opens=False,
)
MADE = Measure(
    key="visit_count",
    needs=("history:cp_visits|cin_visits|cla_visits",),
    source="common practice",
    label="Visits made",
    where="record = 'made'",
    unit="visits",
    definition="Visits recorded on a day in the period, each child's counted: one call on four brothers and "
    "sisters is four visits, and a child with two kinds of visit on one day counts in both.",
)
CALLS = Measure(
    key="calls",
    label="Calls",
    statistic="children",
    where="record = 'made'",
    of="call",
    unit="calls",
    definition="The same visits as work: those of one family, worker and day are one call.",
    opens=False,
)
NOT_SEEN = replace(
    MADE,
    key="not_seen",
    label="Child not seen",
    where="record = 'made' AND seen = 'N'",
    higher_is_better=False,
    definition="Visits made in the period at which the child was not seen.",
)
SEEN = Measure(
    key="percent_seen",
    label="Child seen, %",
    statistic="share",
    where="record = 'made' AND was_seen",
    out_of="record = 'made' AND seen_asked",
    unit="per cent",
    higher_is_better=True,
    definition="Visits at which the child was seen, out of the visits made in the period. A blank counts as "
    "seen, as it does for the due days.",
    opens=False,
)
ALONE = replace(
    SEEN,
    key="percent_seen_alone",
    label="Child seen alone, %",
    where="record = 'made' AND was_seen AND alone = 'Y'",
    out_of="record = 'made' AND was_seen AND alone_asked",
    definition="Visits at which the child was seen alone, out of those in the period at which the child was "
    "seen. A blank is not seen alone.",
)
BEDROOM = replace(
    SEEN,
    key="percent_bedroom",
    label="Bedroom seen, %",
    where="record = 'made' AND bedroom = 'Y'",
    out_of="record = 'made' AND bedroom_asked",
    definition="Visits at which the bedroom was seen, out of the protection and in need visits "
    "of the period.",
)
PERIOD = (
    *(_PERIOD[key] for key in ("fell_due", "in_time", "percent_in_time", "late", "missed", "outstanding")),
    IN_INTERNAL, MADE, CALLS, NOT_SEEN, SEEN, ALONE, BEDROOM, _PERIOD["moved"],
)  # fmt: skip
