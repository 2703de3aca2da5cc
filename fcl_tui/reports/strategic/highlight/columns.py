"""What the page of the Monthly Highlights shows: on the screen as text, in files as figures too."""

from widgets.cells.column import Column


def _figure(key: str, title: str, width: int, priority: int) -> Column:
    """A figure as text on the screen, and as a number in a file."""
    return Column(
        f"{key}_shown",
        title,
        width,
        align="right",
        priority=priority,
        in_files=(Column(key, title, width, kind="number"),),
    )


def _published(key: str, title: str, priority: int) -> Column:
    return Column(
        f"{key}_shown",
        title,
        13,
        align="right",
        priority=priority,
        in_files=(
            Column(key, title, 10, kind="number"),
            Column(f"{key}_year", f"{title}: year", 8, kind="number"),
        ),
    )


COLUMNS = (
    Column("indicator", "Indicator", 25, frozen=True, stretch=True),
    Column("trend", "13 months", 13, kind="trend", priority=1),
    _figure("this_month", "Month", 7, 1),
    Column("counts", "Of", 8, align="right", priority=4),
    _figure("rolling_12", "12 mths", 7, 1),
    _figure("year_to_date", "Year to date", 12, 5),
    _figure("last_year", "Year ago", 8, 3),
    Column("direction", "Change", 8, kind="state", priority=1),
    _figure("target", "Target", 6, 4),
    Column("rag", "Against target", 15, kind="state"),
    _published("neighbours", "Neighbours", 6),
    _published("region", "Region", 6),
    _published("england", "England", 5),
    _figure("reported", "Reported", 8, 2),
    Column("comment", "Comment", 24, priority=7),
)
FACTS = (
    ("This month", "this_month_shown"),
    ("Of", "counts"),
    ("Unit", "unit_words"),
    ("Twelve months", "rolling_12_shown"),
    ("Of", "rolling_counts"),
    ("Year to date", "year_to_date_shown"),
    ("Year ago", "last_year_shown"),
    ("Target", "target_shown"),
    ("Target of", "target_of"),
    ("Neighbours", "neighbours_shown"),
    ("Region", "region_shown"),
    ("England", "england_shown"),
    ("As reported", "reported_shown"),
    ("Comment", "comment"),
    ("By", "commented_by"),
)
HIDDEN = (
    "measure", "behind", "shown", "day", "first", "last", "year_ago_shown", "compared", "population",
    "place",
    "unit",
    "this_month_shown",
    "rolling_12_shown",
    "year_to_date_shown",
    "last_year_shown",
    "target_shown",
    "reported_shown",
    "neighbours_shown",
    "region_shown",
    "england_shown",
    "counts",
    "rolling_counts",
    "neighbours_precision",
    "region_precision",
    "england_precision",
)  # fmt: skip
