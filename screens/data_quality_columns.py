"""The columns of Data Quality: of each way to compare, and of the list of problems."""

from widgets.columns import Column

SEVERITY = Column("severity", "Severity", 10, kind="state")
ISSUES = Column("issues", "Problems", 8, kind="number", priority=1)
CHILDREN = Column("children", "Children", 8, kind="number", priority=3)
CHANGE = (
    Column("new", "New", 5, kind="number", priority=2),
    Column("gone", "Gone", 5, kind="number", priority=2),
)
SERIOUS = (
    Column("errors", "Errors", 7, kind="number", priority=1),
    Column("warnings", "Warnings", 8, kind="number", priority=1),
    Column("notes", "Notes", 6, kind="number", priority=4),
)
NAME = Column("name", "Name", 20, frozen=True)
WHERE = (
    Column("value", "Value", 24, priority=1),
    Column("change", "Since", 11, kind="code", priority=2),
    Column("row", "Row", 24, priority=4),
    Column("column", "Column", 26, priority=5),
    Column("person_id", "Id", 8, priority=3),
)
COLUMNS: dict[str, tuple[Column, ...]] = {
    "kind": (
        SEVERITY,
        Column("kind", "Kind of problem", 36, frozen=True),
        ISSUES,
        CHILDREN,
        *CHANGE,
        Column("rule", "Rule", 24, priority=8),
    ),
    "team": (Column("team", "Team", 26, frozen=True), *SERIOUS, ISSUES, CHILDREN, *CHANGE),
    "worker": (
        Column("worker", "Worker", 22, frozen=True),
        *SERIOUS,
        ISSUES,
        CHILDREN,
        *CHANGE,
        Column("team", "Team", 18, priority=5),
    ),
    "severity": (SEVERITY, ISSUES, CHILDREN, *CHANGE),
    "source": (Column("source", "Source", 30, frozen=True), *SERIOUS, ISSUES, CHILDREN, *CHANGE),
    "list": (SEVERITY, NAME, Column("kind", "Kind of problem", 24, priority=1), *WHERE),
    "list of a kind": (SEVERITY, NAME, *WHERE),
}
WORDS = {
    "kind": "Kinds of problem",
    "team": "Teams side by side",
    "worker": "Workers side by side",
    "severity": "Severity",
    "source": "Sources",
}
