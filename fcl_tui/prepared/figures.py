"""The figures of the strategic reports at month ends, made once when a source is loaded: sums, no child.

A reader who may see only some children must not read it: a sum of all of them tells of the others.
"""

from data.schema.fields import Field

NAME = "figures_by_month"
"""The frame's name in a snapshot. One made before has none of this name (month_figures named groups by their
codes, which the rows behind no longer do), and its reports count from the rows"""
FIELDS = (
    Field("key", "String", "kept", "the official key of the measure"),
    Field("day", "Date", "kept", "the as-at day: a month's end, or one of the days from the data on"),
    Field("first", "Date", "kept", "the first day of what is counted on it; the last is the day"),
    Field("team", "String", "kept", "the team that holds the case; null where the records have none"),
    Field(
        "by",
        "String",
        "kept",
        "the dimension of its group; value: each value; null: all together",
    ),
    Field("group", "String", "kept", "its columns' values, with a stroke between"),
    Field("numerator", "Float64", "kept", "what is counted, or the sum of a mean"),
    Field("denominator", "Float64", "kept", "out of how many; null where the measure has none"),
)
"""One row per key, day, first, team, by and group."""
