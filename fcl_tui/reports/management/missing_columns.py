"""The columns of Missing Children."""

from dataclasses import replace

from fcl_tui.reports.management.whose import SHOWN, WHO
from widgets.cells.column import Column

HIDDEN = ("row_key", "month_name", "gone", "back", "kind_shown", "answers", SHOWN)
FIGURES = (
    Column("missing_episodes", "Episodes", 8, kind="number", priority=1),
    Column("missing_children", "Children", 8, kind="number", priority=1),
    Column("missing_per_child", "Per child", 9, kind="number", priority=4),
    Column("missing_over_24h", ">24 h", 5, kind="number", priority=1),
    Column("missing_now", "Now", 4, kind="number", priority=1),
    Column("missing_returns", "Returns", 7, kind="number", priority=4),
    Column("rhi_offered", "RHI offered", 11, kind="number", priority=2),
    Column("rhi_offered_pct", "Offered %", 9, kind="percent", priority=3),
    Column("rhi_accepted", "Accepted", 8, kind="number", priority=3),
    Column("rhi_accepted_pct", "Accepted %", 10, kind="percent", priority=3),
    Column("rhi_overdue", "RHI waiting", 11, kind="number", priority=1),
    Column("away_episodes", "Away", 5, kind="number", priority=5),
    Column("missing_over_20_miles", ">20 miles %", 11, kind="percent", priority=6),
    Column("missing_mean_hours", "Mean h", 6, kind="number", priority=6),
    Column("missing_longest_hours", "Longest h", 9, kind="number", priority=6),
)
_OF_START = (
    "missing_episodes", "missing_over_24h", "away_episodes", "missing_over_20_miles", "missing_mean_hours",
    "missing_longest_hours",
)  # fmt: skip
_BEGUN = tuple(one for one in FIGURES if one.key in _OF_START)
COLUMNS = {
    "team": (Column("team", "Team", 20, frozen=True, stretch=True), *FIGURES),
    "worker": (
        WHO,
        *FIGURES,
        Column("team", "Team", 18, priority=5),
    ),
    "status": (Column("status", "Status that day", 21, frozen=True, stretch=True), *FIGURES),
    "placement": (Column("placement", "Placement that day", 26, frozen=True, stretch=True), *FIGURES),
    "length": (Column("length", "How long", 23, frozen=True, stretch=True), *_BEGUN),
    "month": (Column("month_name", "Month", 10, frozen=True), *_BEGUN),
}
CHILD_COLUMNS = (
    Column("band", "Episodes begun", 14, frozen=True),
    Column("missing_children", "Children", 8, kind="number"),
    Column("missing_per_child", "Per child", 9, kind="number", priority=4),
    Column("missing_repeat", "Often recently", 14, kind="number", priority=1),
    Column("missing_strategy", "No section 47", 13, kind="number", priority=2),
    Column("interviewed_pct", "Interviewed", 11, kind="percent", priority=3),
)
COHORT_COLUMNS = (
    Column("team", "Team", 24, frozen=True, stretch=True),
    Column("looked_after_in_year", "Looked after", 12, kind="number"),
    Column("missing_from_care", "Missing", 7, kind="number"),
    Column("missing_from_care_pct", "Missing %", 9, kind="percent"),
    Column("away_from_care", "Away", 5, kind="number", priority=2),
    Column("away_from_care_pct", "Away %", 7, kind="percent", priority=2),
)
_WHO = (
    Column("name", "Name", 18, frozen=True, stretch=True),
    Column("age", "Age", 3, kind="number", priority=4),
)
_GONE = Column("gone", "Since", 16, priority=1, sort_by="start")
_HELD = (
    Column("worker", "Worker", 18, priority=2),
    Column("team", "Team", 18, priority=4),
    Column("person_id", "Id", 8, priority=6),
)
NOW_COLUMNS = (
    *_WHO,
    Column("kind_shown", "Kind", 7, priority=1),
    _GONE,
    Column("days", "Days", 4, kind="number", priority=1),
    Column("hours", "Hours", 7, kind="number", priority=2),
    Column("recent", "Recently", 8, kind="number", priority=3),
    Column("status", "Status", 21, priority=3),
    *_HELD,
    Column("placement", "Placement", 24, priority=5),
)
EPISODE_COLUMNS = (
    *_WHO,
    replace(_GONE, title="From"),
    Column("back", "Until", 16, priority=3, sort_by="end"),
    Column("hours", "Hours", 7, kind="number", priority=2),
    Column("answers", "Interview", 16, priority=1),
    Column("kind_shown", "Kind", 7, priority=3),
    Column("status", "Status", 21, priority=4),
    replace(_HELD[0], priority=1),
    *_HELD[1:],
    Column("placement", "Placement", 24, priority=5),
)
PEOPLE_COLUMNS = (
    *_WHO,
    Column("episodes", "Episodes", 8, kind="number", priority=1),
    Column("recent", "Recently", 8, kind="number", priority=1),
    Column("latest", "Last gone", 16, kind="date", priority=2),
    *_HELD,
)
CARE_COLUMNS = (
    *_WHO,
    Column("missing", "Missing", 7, priority=1),
    Column("away", "Away", 5, priority=1),
    Column("episodes", "Episodes", 8, kind="number", priority=2),
    *_HELD,
)
