"""Supervision of staff under its official keys. Records: `records.supervising.rows`.

How often is local policy: settings of the authority, with our own numbers where it has none.
"""

from dataclasses import replace

from fcl_tui.definitions.figures.measure import Measure
from fcl_tui.measures import supervision

CURRENT = replace(supervision.SHARE, label="Workers supervised in time, %")
NEWLY = replace(
    CURRENT,
    key="sup_newly_qualified",
    label="Newly qualified workers supervised in time, %",
    where="in_time AND newly_qualified AND NOT absent",
    out_of="newly_qualified AND NOT absent",
    definition="The same of newly qualified workers, by their own interval (two weeks).",
    needs=("setting:newly_qualified",),
)
OVERDUE = replace(
    CURRENT,
    key="sup_overdue",
    label="Workers past their interval",
    statistic="count",
    where="NOT in_time AND NOT absent",
    out_of=None,
    unit="workers",
    higher_is_better=False,
    definition="Workers and advisers who hold a child on the day, without those on leave of more than 28 "
    "days, whose last one-to-one supervision is longer ago than the interval, or of whom none is entered.",
)
WORKERS = (CURRENT, NEWLY, OVERDUE)
SPAN = Measure(
    key="sup_span",
    label="Workers per supervisor",
    statistic="mean",
    of="workers",
    unit="workers",
    window="now",
    definition="Workers who hold a child on the day, by the supervisors who held their last one-to-one "
    "supervision.",
    source="Our choice",
)
GAP = Measure(
    key="sup_gap",
    label="Days between sessions, mean",
    statistic="mean",
    of="gap",
    unit="days",
    window="rolling",
    higher_is_better=False,
    definition="Calendar days between one one-to-one supervision of a worker and the next, on average, of "
    "those whose next was held in the twelve months to the day.",
    source="Our choice",
)
LONGEST = replace(
    GAP,
    key="sup_gap_longest",
    label="Days between sessions, longest",
    statistic="largest",
    definition="The most calendar days between two one-to-one supervisions of one worker, the later in the "
    "twelve months to the day.",
)
CANCELLED = Measure(
    key="sup_cancelled",
    label="Cancelled and not rebooked",
    where="state = 'cancelled' AND kind <> 'group' AND NOT rebooked",
    unit="sessions",
    higher_is_better=False,
    definition="One-to-one supervisions of the period that were cancelled, with none held or booked in the "
    "fourteen days after.",
    source="Our choice",
)
GROUP = replace(
    CANCELLED,
    key="sup_group",
    label="Group supervision attended, %",
    statistic="share",
    where="kind = 'group' AND group_held AND state = 'held'",
    out_of="kind = 'group' AND group_held AND state <> 'booked'",
    unit="per cent",
    higher_is_better=True,
    definition="Of the workers entered for group supervisions that were held in the period, those who were "
    "there: their entry is held, not cancelled.",
)
SESSIONS = (CANCELLED, GROUP)
CASES = replace(
    CURRENT,
    key="sup_case_current",
    label="Children discussed in time, %",
    where="in_time",
    out_of="true",
    definition="Of the children with an open case on the day, those last discussed in a supervision within "
    "the limit for their status, in calendar days: protection plan and interim care order 28, looked after "
    "and care leavers 90, in need 60 (the table discussed_days of the settings).",
    source="Our choice",
)
CASES_NEVER = replace(
    OVERDUE,
    key="sup_case_never",
    label="Open children never discussed",
    where="never",
    unit="children",
    definition="Children open for more than 28 days who were not discussed in a supervision since their "
    "present worker began.",
    source="Our choice",
)
LEAVERS = replace(
    CASES,
    key="sup_pa_current",
    label="Care leavers discussed in time, %",
    where="care_leaver AND in_time",
    out_of="care_leaver",
    definition="Of the care leavers on the day, those last discussed in a supervision within their limit (90 "
    "calendar days).",
)
OF_CHILDREN = (CASES, CASES_NEVER, LEAVERS)
