"""Who reads: what their roles allow, and the children that belong to them, deputies and cover counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.dataclass import dataclass
from fcl_tui.access.readers.remit import Scope
from fcl_tui.access.readers.roles import ADMINISTRATOR, ANALYST, HOST
from fcl_tui.config import identity
from fcl_tui.reports.catalogue import report as entry_of

if TYPE_CHECKING:
    from datetime import date

    from fcl_tui.access.readers.access_list import Person, Roster

ANALYSTS = ("data-quality",)
"""The reports of somebody who loads data"""


@dataclass(frozen=True)
class Reader:
    """Who reads: the roles that count today, the children that belong to them."""

    user: str
    role: str
    roles: frozenset[str]
    """the reader's own, and those of whom they stand in for today"""
    scope: Scope
    origin: str = "here"
    duties: frozenset[str] = frozenset()
    """`access_list.DUTIES` that the reader has, and those of whom they stand in for today"""

    @property
    def sees_children(self) -> bool:
        """An administrator does not, by default."""
        return bool(self.roles - {ADMINISTRATOR, HOST})

    def allows(self, report: str) -> bool:
        """Whether the report is for one of the reader's roles."""
        if report == "check":
            report = "data-quality"
        if ANALYST in self.roles and report in ANALYSTS:
            return True
        try:
            audience = entry_of(report).audience
        except KeyError:  # due-items, marks, find: everyday work
            audience = entry_of("client-overview").audience
        return bool(self.roles & set(audience))


def reader_of(roster: Roster, person: Person, today: date) -> Reader:
    """The reader whom an entry of the list makes today."""
    both = [person, *_stood_for(roster, person, today)]
    roles = frozenset(one.role for one in both)
    duties = frozenset(duty for one in both for duty in one.duties)
    scope = scope_of(roster, person, today)
    return Reader(person.user, person.role, roles, scope, identity.current().origin, duties)


def _stood_for(roster: Roster, person: Person, today: date) -> list[Person]:
    """Those for whom somebody stands in today; an administrator, who sees no children, for nobody."""
    if person.role == ADMINISTRATOR:
        return []
    return [
        other
        for one in roster.deputies
        if one.user == person.user and one.start <= today <= one.until
        if (other := roster.person(one.stands_for)) is not None
        and other.role != ADMINISTRATOR
        and (other.until is None or other.until >= today)
    ]


def scope_of(roster: Roster, person: Person, today: date) -> Scope:
    """Which children an entry covers today, deputies and cover counted; an administrator's none."""
    if person.role == ADMINISTRATOR:
        return Scope()
    covers = [
        one.team for one in roster.covers if one.user == person.user and one.start <= today <= one.until
    ]
    both = [person, *_stood_for(roster, person, today)]
    return Scope(
        everyone=any(one.all for one in both),
        teams=frozenset([*(team for one in both for team in one.teams), *covers]),
        workers=frozenset(worker for one in both for worker in one.workers),
    )
