"""The two on-time questions, as measures that Visits and Reviews share.

*Now*: records are what is open on the as-at day (`records.on_time.open_now`). *Period*: records are what fell
due in it (`records.on_time.fell_due`), where `record` is 'due'. No measure here counts both.
"""

from fcl_tui.definitions.figures.measure import Measure

BANDS: dict[str, tuple[int, int | None, str]] = {
    "late_1_5": (1, 5, "Overdue by 1 to 5 days"),
    "late_6_10": (6, 10, "Overdue by 6 to 10 days"),
    "late_11_20": (11, 20, "Overdue by 11 to 20 days"),
    "late_over_20": (21, None, "Overdue by over 20 days"),
}
"""Calendar days after the due day, both ends in the band."""


def now(unit: str, what: str) -> dict[str, Measure]:
    """Open, up to date, overdue with its bands, not known; by key.

    Args:
        unit: children, reviews.
        what: a row in words: children with this kind of visit.
    """
    overdue = "standing = 'overdue'"
    counts = {
        "open": ("Open", "true", None, f"{what} on the as-at day, and required."),
        "up_to_date": (
            "Up to date",
            "standing = 'up_to_date'",
            True,
            f"{what}, the next one due on the as-at day or later.",
        ),
        "overdue": ("Overdue", overdue, False, f"{what}, with the due day before the as-at day."),
        **{
            key: (
                label,
                f"{overdue} AND days_late >= {low}" + ("" if high is None else f" AND days_late <= {high}"),
                False,
                f"{label}, in calendar days from the due day to the as-at day.",
            )
            for key, (low, high, label) in BANDS.items()
        },
        "not_known": (
            "Not known",
            "standing = 'not_known'",
            None,
            f"{what}, without a due date, or where the source cannot say whether a past due day was kept: "
            "in no percentage.",
        ),
    }
    made = {
        key: Measure(
            key=key,
            label=label,
            where=where,
            unit=unit,
            window="now",
            higher_is_better=better,
            definition=definition,
        )
        for key, (label, where, better, definition) in counts.items()
    }
    made["percent_up_to_date"] = Measure(
        key="percent_up_to_date",
        label="Up to date, %",
        statistic="share",
        where="standing = 'up_to_date'",
        out_of="standing <> 'not_known'",
        unit="per cent",
        window="now",
        higher_is_better=True,
        definition="Up to date, out of those up to date and those overdue.",
        opens=False,
    )
    return made


def period(unit: str) -> dict[str, Measure]:
    """Fell due, in time, late, missed, still overdue, per cent in time; by key."""
    due = "record = 'due'"
    counts = {
        "fell_due": ("Fell due", due, None, "Due on a day in the period, and required."),
        "in_time": ("In time", f"{due} AND state = 'on_time'", True, "Done on or before the due day."),
        "late": ("Late", f"{due} AND state = 'late'", False, "Done after the due day, by the as-at day."),
        "missed": (
            "Missed",
            f"{due} AND state = 'missed'",
            False,
            "Not done, and what it was due for (plan, placement, care) ended after the due day.",
        ),
        "outstanding": (
            "Not done yet",
            f"{due} AND state = 'overdue'",
            False,
            "Not done by the as-at day, and still required.",
        ),
    }
    made = {
        key: Measure(
            key=key, label=label, where=where, unit=unit, higher_is_better=better, definition=definition
        )
        for key, (label, where, better, definition) in counts.items()
    }
    made["percent_in_time"] = Measure(
        key="percent_in_time",
        label="In time, %",
        statistic="share",
        where=f"{due} AND state = 'on_time'",
        out_of=due,
        unit="per cent",
        higher_is_better=True,
        definition="Done on or before the due day, out of all that fell due in the period: in time, late, "
        "missed and not done yet.",
        opens=False,
    )
    made["moved"] = Measure(
        key="moved",
        label="Case has moved since",
        where=f"{due} AND moved",
        unit=unit,
        definition="Fell due in the period, and another worker or team holds the case on the as-at day.",
    )
    return made
