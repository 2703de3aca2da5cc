"""The files that screens wish for are written in a thread, and where they are is said on the screen."""

from textual import on
from textual.app import App

from screens.messages import ExportWanted
from screens.session import Session


class WritesFiles(App[None]):
    """An application that writes what a screen lists."""

    session: Session

    @on(ExportWanted)
    def _export(self, event: ExportWanted) -> None:
        from fcl_tui.reports.catalogue import report
        from fcl_tui.terminal.write import write_beside

        entry = report(event.report)
        self.run_worker(
            lambda: self.call_from_thread(
                event.tell, write_beside(self.session, entry, event.listed, event.kind)
            ),
            thread=True,
            group="export",
            exit_on_error=False,
        )
