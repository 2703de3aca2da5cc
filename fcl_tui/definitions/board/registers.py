"""The standing registers of the Board: what each line is, and when it is in time."""

from data.dataclass import dataclass


@dataclass(frozen=True)
class Register:
    """One register, of lines with a day they came in, a day they are due and a day they were done."""

    key: str
    title: str
    line: str
    """what one line is"""
    rule: str
    """how long one may take, and where that is from"""
    days: int | None = None
    """working days from received to due, where a line does not say when it is due"""


REGISTERS = (
    Register("plans", "Directorate plans", "action", "the day each action is due (local)"),
    Register(
        "requests", "Information requests", "request", "20 working days (Freedom of Information Act)", 20
    ),
    Register("enquiries", "Members' enquiries", "enquiry", "10 working days (local)", 10),
    Register("equality", "Equality impact assessments", "assessment", "the day each is due (local)"),
    Register("audit", "Audit recommendations", "recommendation", "the day each is due (agreed in the audit)"),
    Register("feedback", "Customer feedback", "complaint or compliment", "10 working days at stage 1", 10),
    Register("schools", "Schools causing concern", "school", "the day each is reviewed next (local)"),
    Register("send", "SEND dashboard", "figure", "as published"),
)
RESTRICTED = ("schools",)
"""Registers whose lines only the duty board sees"""


def register(key: str) -> Register | None:
    """The register of this key; None: there is none."""
    return next((one for one in REGISTERS if one.key == key), None)
