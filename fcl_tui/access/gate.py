"""The door: what the reader of this process may do and see, and that it is written down first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from data.errors import DataError
from data.office import access_log as log
from fcl_tui.access.break_glass import SAY_WHY, says_why
from fcl_tui.access.readers.called import called, with_article
from fcl_tui.access.readers.renewal import OTHERWISE, SINCE_THEN, NoEntryError, Renewal
from fcl_tui.access.readers.roles import ADMINISTRATOR, ANALYST, HOST
from fcl_tui.access.seen.memory import in_force, when_asked
from fcl_tui.access.seen.restricted_records import Met, Restricted
from fcl_tui.config import identity
from fcl_tui.reports.framework import FRONT_LINE_MANAGER, MANAGERS, SENIOR_MANAGER
from widgets.cells.plain import plain

if TYPE_CHECKING:
    import polars as pl

    from data.office.memory import Memory
    from data.snapshots.reader import Snapshot
    from fcl_tui.access.readers.reader import Reader
    from fcl_tui.access.seen.scoped_snapshot import Narrowed
    from fcl_tui.config.settings import Settings


class Door:
    """Open to everything where nobody is listed (a single person's own installation)."""

    def __init__(self, home: Path, settings: Settings, reader: Reader | None = None, *, logs: bool) -> None:
        self.home, self.reader, self._settings = home, reader, settings
        self.log = log.AccessLog(home, settings.office_url) if logs else None
        self.restricted = Met()
        self.outside = 0
        """Children with an open case outside the remit"""
        self._snapshot: Narrowed | None = None
        self._whole: Snapshot | None = None
        self.renewal = Renewal(home, self._take)

    @property
    def settings(self) -> Settings:
        """The settings of this home."""
        return self._settings

    # What changes while somebody is here

    def renew(self) -> bool:
        """Read again who may see what, if that has changed; whether the reader now sees something else.

        Raises:
            NoEntryError: the reader may not be here any more; said again each time.
            DataError: the lists are not in order; nothing is shown until they are.
        """
        return self.renewal.renew()

    def _take(self, reader: Reader | None) -> bool:
        before = self.reader
        if (reader is None) != (before is None):
            raise NoEntryError(OTHERWISE)
        if reader is not None and before is not None and reader.sees_children != before.sees_children:
            raise NoEntryError(OTHERWISE)
        self.reader = reader
        narrowed = self._narrow() if self._whole is not None else False
        return narrowed or (
            reader is not None
            and before is not None
            and (reader.roles, reader.duties) != (before.roles, before.duties)
        )

    # What is allowed

    def allows(self, report: str) -> bool:
        """Whether the reader may have the report."""
        if report == "access-log":
            return self.may_administer
        return self.reader is None or self.reader.allows(report)

    def require(self, report: str) -> None:
        """Refuse a report that is not for the reader's role, and write the refusal down."""
        self.renew()
        if not self.allows(report):
            role = self.reader and self.reader.role
            why = f"is not for {with_article(role)}" if role else "needs an access list, and none is set up"
            self.refuse(f"{called(report)} {why}.", report=report)

    def require_loading(self) -> None:
        """Refuse a reader who neither loads data nor owns the host."""
        if self.reader is not None and self.reader.role not in (ANALYST, HOST):
            self.refuse(f"Loading data and its snapshots are not for {with_article(self.reader.role)}.")

    def refuse(self, sentence: str, *, report: str | None = None, person_id: str | None = None) -> None:
        """Write the refusal down and raise it as DataError."""
        self.record(log.REFUSED, report=report, person_id=person_id)
        raise DataError(sentence)

    @property
    def may_mark(self) -> bool:
        """Whether the reader may mark due items: those who do the work, not those who load data."""
        return self.reader is None or self.reader.allows("client-overview")

    @property
    def may_break_glass(self) -> bool:
        """Whether the reader may open a restricted record with a reason."""
        return self.reader is not None and bool(self.reader.roles & {FRONT_LINE_MANAGER, SENIOR_MANAGER})

    @property
    def may_administer(self) -> bool:
        """Whether the reader may see the log and change who comes in."""
        return self.reader is not None and self.reader.role in (ADMINISTRATOR, HOST)

    @property
    def counts_outside(self) -> int:
        """How many children are outside the remit, for those who may know it; 0 for others."""
        if self.reader is None or not self.reader.roles & {*MANAGERS, ANALYST}:
            return 0
        return self.outside

    @property
    def teams(self) -> frozenset[str] | None:
        """The teams of the reader's remit; None: all."""
        if self.reader is None or self.reader.scope.everyone:
            return None
        return self.reader.scope.teams

    @property
    def remit(self) -> str:
        """Which children the figures are of, in words; empty when they are of all."""
        if self.reader is None or self.reader.scope.everyone:
            return ""
        return f"only your remit: {', '.join(sorted(self.reader.scope.teams | self.reader.scope.workers))}"

    def in_remit(self, words: str) -> str:
        """As words for what a report is of; "all teams" are only those of the remit."""
        return words.replace("all ", "all your ", 1) if self.remit and words.startswith("all ") else words

    # What is written down

    def record(
        self,
        action: str,
        *,
        report: str | None = None,
        person_id: str | None = None,
        detail: str | None = None,
    ) -> None:
        """Write it into the access log, and only then return. DataError when that cannot be done."""
        if action in (log.EXPORTED, log.COPIED) and self.renew():
            raise DataError(SINCE_THEN)
        if self.log is None:
            return
        who = self.reader.user if self.reader is not None else identity.current().user
        role = self.reader.role if self.reader is not None else ""
        self.log.append(log.Look(who, role, identity.current().origin, action, report, person_id, detail))

    # What is read

    def snapshot(self, *, screens: bool = False) -> Snapshot:
        """The snapshot in use, as the reader may see it.

        Args:
            screens: an administrator may have it too, without one child, for the screen of the access log.

        Raises:
            DataError: there is none; or the reader sees no children.
        """
        from fcl_tui.config.current_snapshot import snapshot_in_use

        without_a_child = screens and self.may_administer
        if self.reader is not None and not self.reader.sees_children and not without_a_child:
            self.refuse(f"The role {self.reader.role} sees no data of children.")
        return self.narrowed(snapshot_in_use(self._settings))

    def narrowed(self, snapshot: Snapshot) -> Snapshot:
        """A snapshot as the reader may see it, now and after every change of who may see what."""
        self._whole = snapshot
        if self.reader is None:  # all of it: Polars can wait until the first list
            found = when_asked(self.home, snapshot, self._memory())
            self.restricted.become_when_asked(lambda: found().reasons)
            return snapshot
        from fcl_tui.access.seen.scoped_snapshot import Narrowed
        from fcl_tui.access.seen.visible import View

        self._snapshot = Narrowed(snapshot, View())
        self._narrow()
        return self._snapshot

    def _narrow(self) -> bool:
        """Work out what the reader sees; whether it is something else than before."""
        whole, reader, snapshot = self._whole, self.reader, self._snapshot
        assert whole is not None
        if reader is None or snapshot is None:
            return self.restricted.become(self._in_force(whole).reasons)
        from fcl_tui.access.readers.remit import Scope, in_remit

        kept = self._in_force(whole)
        open_to = {one for one, seal in kept.seals.items() if seal.open_to(reader.user)}
        theirs = replace(reader.scope, named=frozenset(open_to))
        visible, self.outside = in_remit(whole, theirs if reader.sees_children else Scope(), date.today())
        there = None if visible is None else set(visible.to_list())
        shut = [one for one in kept.person_ids if one not in open_to and (there is None or one in there)]
        view = snapshot.view
        if not self.may_break_glass:
            view.opened.clear()
        changed = view.become(tuple(shut), visible, self.outside)
        closed = set(view.closed)
        self.restricted.become({view.tokens[one] if one in closed else one: "" for one in kept.person_ids})
        return changed

    def _in_force(self, whole: Snapshot) -> Restricted:
        return in_force(self.home, whole, self._memory())

    def _memory(self) -> Memory:
        return log.AccessLog(self.home, self._settings.office_url).memory()

    def sealed(self, person_id: str) -> bool:
        """Whether the record is restricted and not open to the reader, by number or by token."""
        return self._snapshot is not None and self._snapshot.sealed(person_id)

    def hides(self, person_id: str) -> bool:
        """Whether somebody whom the reader may not see has the number: for the log, never for a screen."""
        return self._snapshot is not None and self._snapshot.hides(person_id)

    def shown(self, person_id: str) -> str:
        """How the reader's frames call the child: by a token when the record is not open."""
        if self._snapshot is None or not self.sealed(person_id):
            return person_id
        return self._snapshot.view.tokens.get(person_id, person_id)

    def number(self, person_id: str | None) -> str | None:
        """The child's number, where the reader's frames have a token: for the log, never for a screen."""
        if self._snapshot is None or person_id is None:
            return person_id
        return self._snapshot.numbers.get(person_id, person_id)

    @property
    def opened(self) -> int:
        """How often the reader has come to see something else so far, by breaking glass too.

        Lists made before hold tokens and names that are not shown any more.
        """
        view = None if self._snapshot is None else self._snapshot.view
        return 0 if view is None else len(view.opened) + view.changes

    def admit(self, person_id: str) -> None:
        """Let the reader have one child's record, or say why not.

        Raises:
            DataError: the record is restricted, or nobody in the remit has the number. Whether somebody
                outside it has is not said.
        """
        self.renew()
        if self._snapshot is None:
            return
        if self.sealed(person_id):
            how = (
                " In an emergency you may open it with a reason, which its owner will see."
                if self.may_break_glass
                else " Ask its owner or your manager."
            )
            number = self._snapshot.numbers.get(person_id, person_id)
            self.refuse(
                f"This is a restricted record: it is open to named people only.{how}", person_id=number
            )
        if not self._snapshot.seen(person_id):
            self.refuse(
                "No child in your remit has that number. fcl-tui find NAME gives the number.",
                person_id=person_id if self.hides(person_id) else None,  # what was typed may be a name
            )

    def seen_of(self, people: pl.Series) -> pl.Series:
        """Those of the numbers that the reader may see."""
        return people if self._snapshot is None else self._snapshot.seen_of(people)

    def break_glass(self, person_id: str, reason: str) -> str:
        """Open a restricted record in this process, once it is written down.

        Returns:
            the child's number.

        Raises:
            DataError: the reader may not, the reason is too short, or it cannot be written down.
        """
        self.renew()
        said = plain(" ".join(reason.split()))
        if self._snapshot is None or not self.sealed(person_id):
            return person_id
        if not self.may_break_glass:
            self.refuse("Only a manager may open a restricted record with a reason.")
        if not says_why(said):
            raise DataError(SAY_WHY)
        number = self._snapshot.numbers.get(person_id, person_id)
        self.record(log.GLASS, report="client-summary", person_id=number, detail=said)
        self._snapshot.view.opened.add(number)
        self.restricted.add(number)  # open, and restricted still: calendars leave it out
        return number
