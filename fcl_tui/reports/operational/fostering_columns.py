"""The columns of the Fostering Overview."""

from widgets.cells.column import Column

NOW = (
    Column("foster_children", "Children", 8, kind="number", priority=1),
    Column("foster_visit_overdue", "Visit overdue", 13, kind="number", priority=1),
    Column("foster_review_overdue", "Review overdue", 14, kind="number", priority=1),
    Column("foster_three_or_more", "3+ in year", 10, kind="number", priority=2),
    Column("foster_three_or_more_percent", "3+ %", 6, kind="percent", priority=4),
    Column("foster_disrupted", "Unplanned", 9, kind="number", priority=3),
    Column("foster_far", ">20 miles", 9, kind="number", priority=2),
    Column("foster_no_distance", "No miles", 8, kind="number", priority=6),
    Column("foster_median_days", "Median days", 11, kind="number", priority=5),
)
ENDED = (
    Column("foster_ends", "Ended", 6, kind="number", priority=1),
    Column("foster_unplanned", "Unplanned", 9, kind="number", priority=1),
    Column("foster_unplanned_percent", "Unplanned %", 11, kind="percent", priority=2),
)
CHILDREN = (
    Column("name", "Name", 18, frozen=True, stretch=True),
    Column("age", "Age", 3, kind="number", priority=3),
    Column("kind_name", "With", 16, priority=1),
    Column("since", "Since", 10, kind="date", priority=2),
    Column("visit_state", "Visit", 11, kind="state"),
    Column("visit_due", "Visit due", 10, kind="date", priority=3),
    Column("review_state", "Review", 11, kind="state"),
    Column("review_due", "Review due", 10, kind="date", priority=3),
    Column("placements_12m", "In year", 7, kind="number", priority=3),
    Column("unplanned_12m", "Unplanned", 9, kind="number", priority=4),
    Column("miles", "Miles", 6, kind="number", priority=4),
    Column("days", "Days", 6, kind="number", priority=6),
    Column("worker", "Worker", 16, priority=1),
    Column("team", "Team", 18, priority=7),
    Column("placement", "Placement", 26, priority=8),
    Column("provider", "Provider", 18, priority=8),
    Column("person_id", "Id", 8, priority=7),
)
ENDS = (
    Column("end", "Ended", 10, kind="date", frozen=True),
    Column("name", "Name", 20, frozen=True, stretch=True),
    Column("reason", "Why", 26, priority=1),
    Column("kind_name", "With", 18, priority=2),
    Column("days", "Days", 6, kind="number", priority=2),
    Column("start", "From", 10, kind="date", priority=4),
    Column("worker", "Worker then", 18, priority=3),
    Column("team", "Team then", 18, priority=5),
    Column("placement", "Placement", 26, priority=6),
    Column("person_id", "Id", 8, priority=6),
)
CARERS = (
    Column("state", "Most urgent", 11, kind="state", frozen=True),
    Column("household", "Household", 13, frozen=True),
    Column("approval", "Approval", 20, priority=2),
    Column("places", "Places", 6, kind="number", priority=2),
    Column("placed", "Placed", 6, kind="number", priority=2),
    Column("vacancies", "Vacant", 6, kind="number", priority=1),
    Column("over", "Over by", 7, kind="number", priority=2),
    Column("review_due", "Review due", 10, kind="date", priority=2),
    Column("supervision_due", "Supervision", 11, kind="date", priority=3),
    Column("unannounced_due", "Unannounced", 11, kind="date", priority=3),
    Column("temporary_ends", "Temp. ends", 10, kind="date", priority=4),
    Column("worker", "Supervising worker", 18, priority=4),
    Column("what_is_due", "What is due", 40, priority=1, stretch=True),
)
