"""Assessments: how many, how long, in time or not, and what is open.

Records: one row per assessment that was authorised in the period or is open on the as-at day
(`fcl_tui.records.assessments.records`). Days are working days from the clock's start: the referral for the
first assessment of a referral, else the assessment's own start (Working Together to Safeguard Children:
45 working days).
"""

from fcl_tui.definitions.figures.measure import Measure

GUIDANCE = "Working Together to Safeguard Children: an assessment within 45 working days of the referral"
_TIMED = "completed AND in_time IS NOT NULL"

COMPLETED = Measure(
    key="completed",
    label="Completed",
    where="completed",
    unit="assessments",
    definition="Assessments authorised in the period.",
)
IN_TIME = Measure(
    key="in_time",
    label="Completed in time",
    where="completed AND in_time",
    unit="assessments",
    higher_is_better=True,
    definition="Authorised in the period, on or before the 45th working day of the clock.",
    source=GUIDANCE,
)
LATE = Measure(
    key="late",
    label="Completed late",
    where="completed AND NOT in_time",
    unit="assessments",
    higher_is_better=False,
    definition="Authorised in the period, after the 45th working day of the clock.",
    source=GUIDANCE,
)
NOT_TIMED = Measure(
    key="not_timed",
    label="Completed, without a date to count from",
    where="completed AND in_time IS NULL",
    unit="assessments",
    definition="Authorised in the period, but without the date that the clock starts from: in no percentage.",
)
PERCENT_IN_TIME = Measure(
    key="percent_in_time",
    label="In 45 working days",
    statistic="share",
    where="completed AND in_time",
    out_of=_TIMED,
    unit="per cent",
    higher_is_better=True,
    target="assessment_target",
    definition="Of the assessments authorised in the period that have a date to count from, those authorised "
    "on or before the 45th working day.",
    source=GUIDANCE,
    opens=False,
)
MEDIAN_DAYS = Measure(
    key="median_days",
    label="Median working days",
    statistic="median",
    where="completed",
    of="working_days",
    unit="working days",
    higher_is_better=False,
    definition="Half of the assessments authorised in the period took no longer than this.",
    opens=False,
)
P90_DAYS = Measure(
    key="p90_days",
    label="Nine in ten, working days",
    statistic="p90",
    where="completed",
    of="working_days",
    unit="working days",
    higher_is_better=False,
    definition="Nine in ten of the assessments authorised in the period took no longer than this.",
    opens=False,
)
OPEN = Measure(
    key="open",
    label="Open now",
    where="state = 'open'",
    unit="assessments",
    window="now",
    definition="Begun on or before the as-at day and not authorised by then.",
)
BANDS: dict[str, tuple[int | None, int | None, str]] = {
    "open_0_20": (None, 20, "Open, 0 to 20 working days"),
    "open_21_35": (21, 35, "Open, 21 to 35 working days"),
    "open_36_45": (36, 45, "Open, 36 to 45 working days"),
    "open_over_45": (46, None, "Open, over 45 working days"),
}
"""Working days on the clock of an open assessment, both ends in the band."""
OPEN_BANDS = tuple(
    Measure(
        key=key,
        label=label,
        where=f"band = '{key}'",
        unit="assessments",
        window="now",
        higher_is_better=False if high is None else None,
        definition=f"{label} on the clock by the as-at day.",
    )
    for key, (_, high, label) in BANDS.items()
)
ALL = (
    COMPLETED,
    IN_TIME,
    PERCENT_IN_TIME,
    LATE,
    MEDIAN_DAYS,
    P90_DAYS,
    OPEN,
    *OPEN_BANDS,
    NOT_TIMED,
)
