"""What every step of an audit needs: who acts, where it is kept, the authority's rules, and the parts
they have.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

import polars as pl

from data.dataclass import dataclass
from data.frames import collect
from data.office.quality import store
from fcl_tui.access.office import office_of
from fcl_tui.access.readers import access_list as rosters
from fcl_tui.access.readers import roles
from fcl_tui.access.readers.duties import has_duty
from fcl_tui.config.audits import Audits, of_table
from fcl_tui.quality.states import AUDITOR, HEAD, POD_MANAGER, QA
from fcl_tui.reports.framework import FRONT_LINE_MANAGER, SENIOR_MANAGER, SOCIAL_WORKER

if TYPE_CHECKING:
    from data.office.office import Office
    from data.snapshots.reader import Snapshot
    from fcl_tui.access.gate import Door

REPORT = "audits"


@dataclass(frozen=True)
class Desk:
    """One reader at the quality assurance of one home."""

    door: Door
    as_at: date
    demo: bool

    @property
    def who(self) -> str:
        """The reader, as rows are made by."""
        return self.door.reader.user if self.door.reader is not None else self.door.settings.who

    @cached_property
    def office(self) -> Office:
        """Where it is kept; the demo authority has an office of its own."""
        return office_of(self.door.settings, demo=self.demo)

    @cached_property
    def rules(self) -> Audits:
        """The authority's rules. DataError: the setting is not usable."""
        return of_table(self.door.home / "settings.toml", self.door.settings.audits)

    @property
    def is_qa(self) -> bool:
        """Whether the reader manages quality assurance."""
        return has_duty(self.door, roles.QA)

    def whole(self) -> Snapshot:
        """The snapshot in use as it is, for a draw alone: rows of it are never shown from here."""
        from fcl_tui.config.current_snapshot import snapshot_in_use

        return snapshot_in_use(self.door.settings)

    def tables(self, *names: str) -> dict[str, pl.LazyFrame]:
        """Tables of the office database, whole. DataError: they cannot be read."""
        return {name: frame.lazy() for name, frame in store.read(self.office, *names).items()}

    @property
    def teams(self) -> frozenset[str]:
        """The teams of the reader's remit, by the names and numbers they are listed with."""
        return frozenset() if self.door.reader is None else self.door.reader.scope.teams

    @cached_property
    def pods(self) -> frozenset[str]:
        """The names of those teams in the data, where they are listed by number."""
        from fcl_tui.config.current_snapshot import snapshot_in_use

        if not self.teams:
            return frozenset()
        named = snapshot_in_use(self.door.settings).scan("allocations").select("team", "team_id").unique()
        theirs = named.filter(pl.col("team").is_in(self.teams) | pl.col("team_id").is_in(self.teams))
        return self.teams | frozenset(collect(theirs)["team"].drop_nulls())

    def manages(self, pod: str | None) -> bool:
        """Whether the reader manages the pod: a front-line manager with it in their remit."""
        reader = self.door.reader
        return reader is None or (self.manages_pods and (reader.scope.everyone or pod in self.pods))

    @property
    def manages_pods(self) -> bool:
        """Whether the reader is a front-line manager."""
        return self.door.reader is None or FRONT_LINE_MANAGER in self.door.reader.roles

    @property
    def leads(self) -> bool:
        """Whether the reader is a senior manager, who reads the audits of teams named in their entry."""
        return self.door.reader is None or SENIOR_MANAGER in self.door.reader.roles

    def parts(self, case: Mapping[str, Any]) -> frozenset[str]:
        """The parts the reader has in one audit, a row of `current.cases`.

        Where no one is listed, its one reader has all of them. No auditor moderates their own audit.
        """
        if self.door.reader is None:
            return frozenset((QA, AUDITOR, POD_MANAGER))
        audits = same(case.get("auditor"), self.who)
        told = [QA] if self.is_qa else []
        told += [AUDITOR] if audits else []
        told += [POD_MANAGER] if self.manages(case.get("pod")) and not audits else []
        told += [HEAD] if self.leads and case.get("pod") in self.pods and not audits else []
        return frozenset(told)

    @property
    def sees_figures(self) -> bool:
        """Whether the reader may compare pods: managers, and those who manage quality assurance."""
        reader = self.door.reader
        return reader is None or self.is_qa or bool(reader.roles & {FRONT_LINE_MANAGER, SENIOR_MANAGER})

    def person(self, user: str) -> rosters.Person | None:
        """The entry of an account in the list of who may come in; None: no list, or none of that name."""
        roster = rosters.read(self.door.home)
        return None if roster is None else roster.person(user)

    def auditors(self) -> list[str]:
        """The accounts that can be given an audit: social workers and managers of the list."""
        roster = rosters.read(self.door.home)
        people = () if roster is None else roster.people
        wanted = {SOCIAL_WORKER, FRONT_LINE_MANAGER, SENIOR_MANAGER}
        return sorted(one.user for one in people if one.role in wanted)


def same(one: str | None, other: str | None) -> bool:
    """Whether two names are those of one person, whatever their case."""
    return one is not None and other is not None and one.casefold() == other.casefold()
