"""The files that screens wish for are written in a thread, and where they are is said on the screen."""

from textual import on
from textual.app import App

from screens.messages import ExportWanted
from screens.session import Session
from widgets.status_line import StatusLine


class WritesFiles(App[None]):
    """An application that writes what a screen lists."""

    session: Session

    @on(ExportWanted)
    def _export(self, event: ExportWanted) -> None:
        from fcl_tui.reports.catalogue import report
        from fcl_tui.terminal.write import write_beside

        entry = report(event.report)

        def work() -> None:
            words = write_beside(self.session, entry, event.listed, event.kind)
            self.call_from_thread(self._tell_written, event, entry.title, words)

        self.run_worker(work, thread=True, group="export", exit_on_error=False)

    def _tell_written(self, event: ExportWanted, title: str, words: str) -> None:
        """Say it on the screen that wished for it; where that was left, on top, with the report's name."""
        if event.by is None or event.by in self.screen_stack:
            event.tell(words)
            return
        lines = (one for screen in reversed(self.screen_stack) for one in screen.query(StatusLine))
        for line in lines:
            line.say(f"{title}: {words}")
            return
