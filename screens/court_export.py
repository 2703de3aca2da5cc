"""The chronology of a Client Summary as a Word document: significant events, every event, or chosen kinds."""

import logging
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from textual import work

from screens.base import Found
from screens.messages import Listed
from screens.noting import NotingScreen
from widgets.menu import Choice
from widgets.status_line import StatusLine
from widgets.tick_menu import TickMenu

if TYPE_CHECKING:
    import polars as pl

LOG = logging.getLogger("fcl_tui")


class CourtExport(NotingScreen[Found]):
    """Adds the chronology for court to what a screen of one child can write."""

    person_id: str
    _found: Any

    def export_choices(self) -> list[Choice]:
        """The chronology for court besides what every list offers; it is of the child, whatever is listed."""
        return [
            *super().export_choices(),
            Choice("w", "Word, chronology for court: significant events"),
            Choice("e", "Word, chronology for court: every event"),
            Choice("k", "Word, chronology for court: kinds you choose"),
        ]

    def export_as(self, key: str) -> None:
        """Write what is listed, or the chronology."""
        if key == "k":
            self._choose_kinds()
        elif key in {"w", "e"}:
            self._chronology(None, everything=key == "e")
        else:
            super().export_as(key)

    def _choose_kinds(self) -> None:
        from fcl_tui.reports.court import in_words
        from fcl_tui.reports.event_kinds import KINDS

        def then(kinds: tuple[str, ...] | None) -> None:
            if kinds:
                self._chronology(kinds, everything=False)

        choices = [Choice(kind, in_words(kind)) for kind in KINDS]
        self.app.push_screen(TickMenu("Which kinds of event?", choices), then)

    def _chronology(self, kinds: Collection[str] | None, *, everything: bool) -> None:
        if self._found is None:
            self.query_one(StatusLine).say("Still reading; press x again when the summary is there.")
            return
        self.query_one(StatusLine).say("Writing the chronology ...")
        self._gather_chronology(kinds, everything, self._found.overview, self._found.left_out)

    @work(thread=True, exclusive=True, group="court", exit_on_error=False)
    def _gather_chronology(
        self,
        kinds: Collection[str] | None,
        everything: bool,
        facts: dict[str, Any],
        left_out: "pl.DataFrame",
    ) -> None:
        import polars as pl

        from fcl_tui.reports.client_summary import chronology
        from fcl_tui.reports.frames import collect
        from fcl_tui.reports.privacy import masked

        session, hidden = self.session, self.session.masked
        try:
            events = chronology(
                session.snapshot.scan,
                session.as_at,
                self.person_id,
                kinds=kinds,
                significant_only=not everything and kinds is None,
            )
            rows = collect(events)
        except (OSError, pl.exceptions.PolarsError) as error:
            LOG.warning("%s: %s", self.REPORT, type(error).__name__)  # the type, never the values
            self.app.call_from_thread(
                self.query_one(StatusLine).say, "The snapshot could not be read. Press x to try again."
            )
            return
        facts = facts | {"restricted": self.person_id in session.restricted}
        if hidden:
            facts = facts | masked(pl.DataFrame([facts]).select("name", "date_of_birth")).row(0, named=True)
        told = {"client": self.person_id}
        if kinds:
            told["kinds"] = ",".join(kinds)
        elif everything:
            told["everything"] = "true"
        listed = Listed(
            rows,
            parameters=told,
            left_out=left_out.to_dicts(),
            parts={"overview": facts},
            masked=hidden,
        )
        self.app.call_from_thread(self.want, listed, "docx")
