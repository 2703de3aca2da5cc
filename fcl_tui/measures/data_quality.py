"""Problems in the data: how many, how serious, of how many children, and what changed since the last load.

Records: one row per problem now, or in the snapshot before and gone since (`reports.data_quality.records`).
"""

from fcl_tui.definitions.figures.measure import Measure

HERE = "change IS NULL OR change <> 'gone'"
ISSUES = Measure(
    key="issues",
    label="Problems",
    where=HERE,
    unit="problems",
    window="now",
    higher_is_better=False,
    definition="Problems in the data in use.",
)
CHILDREN = Measure(
    key="children",
    label="Children",
    statistic="children",
    where=HERE,
    unit="children",
    window="now",
    higher_is_better=False,
    definition="Different children that a problem names.",
)
SEVERITIES = tuple(
    Measure(
        key=f"{severity}s",
        label=f"{severity.capitalize()}s",
        where=f"({HERE}) AND severity = '{severity}'",
        unit="problems",
        window="now",
        higher_is_better=False,
        definition=meaning,
    )
    for severity, meaning in {
        "error": "Problems that cannot be right, or rows that could not be used.",
        "warning": "Problems that are doubtful, or something missing.",
        "note": "Remarks: nothing has to be done.",
    }.items()
)
NEW = Measure(
    key="new",
    label="New",
    where="change = 'new'",
    unit="problems",
    window="now",
    higher_is_better=False,
    definition="Not in the snapshot before.",
    needs=("earlier",),
)
GONE = Measure(
    key="gone",
    label="Gone",
    where="change = 'gone'",
    unit="problems",
    window="now",
    higher_is_better=True,
    definition="In the snapshot before, and not in this one.",
    needs=("earlier",),
)
ALL = (ISSUES, CHILDREN, *SEVERITIES, NEW, GONE)
