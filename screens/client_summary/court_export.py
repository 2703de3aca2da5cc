"""The chronology of a Client Summary as a Word document: significant events, every event, or chosen kinds."""

import logging
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any

from data.dataclass import dataclass
from fcl_tui.reports.individual.client_summary import REPORT
from screens.messages import Listed
from screens.report.files.exports import FileKind, want_file
from widgets.menus.menu import Choice
from widgets.menus.tick_menu import TickMenu

if TYPE_CHECKING:
    import polars as pl

    from screens.report.host import ReportHost

LOG = logging.getLogger("fcl_tui")


@dataclass(frozen=True)
class Child:
    """Whose chronology it is, and what is told of them on top of it."""

    person_id: str
    facts: dict[str, Any]
    left_out: "pl.DataFrame"


class CourtExport:
    """The chronology for court, of the child on the screen, whatever is listed.

    Args:
        host: the report on the screen.
        child: the child; None while the summary is still being read.
    """

    def __init__(self, host: "ReportHost", child: Callable[[], Child | None]) -> None:
        self._host, self._child = host, child

    def documents(self) -> tuple[FileKind, ...]:
        """The kinds of file that a summary has besides its lists."""
        return (
            FileKind("w", "Word, chronology for court: significant events", self._significant),
            FileKind("e", "Word, chronology for court: every event", self._everything),
            FileKind("k", "Word, chronology for court: kinds you choose", self._choose_kinds),
        )

    def _significant(self) -> None:
        self._chronology(None, everything=False)

    def _everything(self) -> None:
        self._chronology(None, everything=True)

    def _choose_kinds(self) -> None:
        from fcl_tui.definitions.event_kinds import KINDS
        from fcl_tui.records.child.court import in_words

        def then(kinds: tuple[str, ...] | None) -> None:
            if kinds:
                self._chronology(kinds, everything=False)

        choices = [Choice(kind, in_words(kind)) for kind in KINDS]
        self._host.ask(TickMenu("Which kinds of event?", choices), then)

    def _chronology(self, kinds: Collection[str] | None, *, everything: bool) -> None:
        child = self._child()
        if child is None:
            self._host.say("Still reading; press x again when the summary is there.")
            return
        self._host.say("Writing the chronology ...")
        self._host.in_thread(lambda: self._gather(child, kinds, everything), group="court", exclusive=True)

    def _gather(self, child: Child, kinds: Collection[str] | None, everything: bool) -> None:
        import polars as pl

        from data.frames import collect
        from fcl_tui.definitions.wording.privacy import masked
        from fcl_tui.records.child.summary import chronology

        host, session = self._host, self._host.session
        hidden = session.masked
        try:
            events = chronology(
                session.snapshot.scan,
                session.as_at,
                child.person_id,
                kinds=kinds,
                significant_only=not everything and kinds is None,
            )
            rows = collect(events)
        except (OSError, pl.exceptions.PolarsError) as error:
            LOG.warning("%s: %s", host.report_key, type(error).__name__)  # the type, never the values
            host.from_thread(host.say, "The snapshot could not be read. Press x to try again.")
            return
        facts = child.facts | {"restricted": child.person_id in session.restricted}
        if hidden:
            facts = facts | masked(pl.DataFrame([facts]).select("name", "date_of_birth")).row(0, named=True)
        told = {"client": child.person_id}
        if kinds:
            told["kinds"] = ",".join(kinds)
        elif everything:
            told["everything"] = "true"
        listed = Listed(
            rows,
            parameters=told,
            left_out=child.left_out.to_dicts(),
            parts={"overview": facts},
            masked=hidden,
            build=REPORT.documents[0].build,
        )
        host.from_thread(want_file, host, listed, "docx")
