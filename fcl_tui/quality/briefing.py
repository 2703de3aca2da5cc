"""The quarterly briefing: its sections as frozen figures, for three audiences; no child and no small
pod in it.
"""

from __future__ import annotations

from datetime import date

from fcl_tui.definitions.board.periods import Period
from fcl_tui.quality import briefing_grades as grades
from fcl_tui.quality import briefing_learning as learning
from fcl_tui.quality.briefing_section import Section, Sources

AUDIENCES = {
    "social_work": ("For social workers and managers", (4, 6, 7, 10, 2, 3)),
    "slt": ("For the senior leadership team", (1, 2, 3, 4, 5, 6, 7, 8, 9, 10)),
    "board": ("For the Performance Board", (1, 2, 3, 8, 10)),
}
"""Who reads it, and the sections in their order"""


def briefing(sources: Sources, quarter: Period, audience: str, as_at: date) -> list[Section]:
    """The sections for an audience, in its order. KeyError: there is no such audience."""
    made = {
        1: grades.done, 2: grades.grades, 3: grades.outcomes, 4: grades.standards, 5: grades.groups,
        6: learning.said, 7: learning.learning, 8: learning.actions, 9: learning.others, 10: learning.next_,
    }  # fmt: skip
    return [made[number](sources, quarter, as_at) for number in AUDIENCES[audience][1]]
