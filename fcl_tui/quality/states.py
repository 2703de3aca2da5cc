"""The states of one audit, who may bring it from one to another, and what must be there before."""

from __future__ import annotations

from data.dataclass import dataclass

DRAWN, ASSIGNED, IN_PROGRESS, SUBMITTED, MODERATED, CLOSED, REPLACED, REOPENED = (
    "drawn",
    "assigned",
    "in_progress",
    "submitted",
    "moderated",
    "closed",
    "replaced",
    "reopened",
)
STATES = (DRAWN, ASSIGNED, IN_PROGRESS, SUBMITTED, MODERATED, CLOSED, REPLACED, REOPENED)
OPEN = (DRAWN, ASSIGNED, IN_PROGRESS, SUBMITTED, REOPENED)
"""Not moderated yet"""
WORDS = {
    DRAWN: "Drawn",
    ASSIGNED: "Assigned",
    IN_PROGRESS: "In progress",
    SUBMITTED: "Submitted",
    MODERATED: "Moderated",
    CLOSED: "Closed",
    REPLACED: "Replaced",
    REOPENED: "Reopened",
}
QA, AUDITOR, POD_MANAGER, SYSTEM = "qa", "auditor", "pod manager", "system"
HEAD = "head of service"
"""Parts that people have in one audit: the quality manager (a duty), the one it is assigned to, the manager
of the child's pod, its head of service; and what the application proposes"""
REASONS_TO_REPLACE = {
    "closed": "The case was closed before the months looked back on",
    "sealed": "The record has been restricted",
    "conflict": "Conflict of interest",
    "family": "Same family as another case of the round",
}


@dataclass(frozen=True)
class Step:
    """One way from a state to another."""

    start: str
    end: str
    parts: tuple[str, ...]
    needs_reason: bool = False


STEPS = (
    Step(DRAWN, ASSIGNED, (QA, POD_MANAGER)),
    Step(ASSIGNED, ASSIGNED, (QA, POD_MANAGER), needs_reason=True),
    Step(ASSIGNED, IN_PROGRESS, (AUDITOR,)),
    Step(IN_PROGRESS, SUBMITTED, (AUDITOR,)),
    Step(SUBMITTED, IN_PROGRESS, (POD_MANAGER,), needs_reason=True),
    Step(SUBMITTED, MODERATED, (POD_MANAGER, HEAD)),  # who only confirms what the pod manager found
    Step(MODERATED, CLOSED, (POD_MANAGER, SYSTEM)),
    Step(DRAWN, REPLACED, (QA,), needs_reason=True),
    Step(ASSIGNED, REPLACED, (QA,), needs_reason=True),
    Step(IN_PROGRESS, REPLACED, (QA,), needs_reason=True),
    Step(MODERATED, REOPENED, (QA,), needs_reason=True),
    Step(CLOSED, REOPENED, (QA,), needs_reason=True),
    Step(REOPENED, MODERATED, (POD_MANAGER,), needs_reason=True),
)


def step(start: str, end: str) -> Step | None:
    """The step from a state to another; None: there is none."""
    return next((one for one in STEPS if (one.start, one.end) == (start, end)), None)


def refusal(start: str, end: str, parts: frozenset[str], reason: str) -> str:
    """Why somebody with these parts in the audit may not do it; empty: they may."""
    way = step(start, end)
    if way is None:
        return f"An audit that is {WORDS[start].lower()} cannot become {WORDS[end].lower()}."
    if not parts & set(way.parts):
        who = {
            QA: "the quality manager",
            AUDITOR: "its auditor",
            POD_MANAGER: "the manager of the child's pod",
            HEAD: "the head of service",
        }
        names = " or ".join(who[part] for part in way.parts)
        return f"Only {names} can do this: {WORDS[start].lower()} to {WORDS[end].lower()}."
    if way.needs_reason and not reason.strip():
        return "Say why, in a sentence."
    return ""
