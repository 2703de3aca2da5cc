"""What a declared screen asks, and what narrows it in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fcl_tui.reports.question.words import shown_words

if TYPE_CHECKING:
    from fcl_tui.reports.run import Result
    from screens.report.screen import DeclaredScreen


def gathered(screen: DeclaredScreen) -> Result:
    """The answer to the question on the screen; runs in a thread."""
    from fcl_tui.reports.run import run

    report, query = screen.report, screen.query_now
    if screen.last_visit is not None and report is screen.parts.first:
        screen.last_visit.await_known()
    which = screen.marks.which if screen.marks is not None else None
    if report.parameter("marks") is not None and report.view(query.view).marks:
        query = query.changed(marks=which)
    return run(report, screen.context(), query)


def narrowed_by(screen: DeclaredScreen) -> dict[str, str]:
    """What narrows the report, in words."""
    told = shown_words(screen.report, screen.query_now)
    if screen.parts.has_bar:
        title = screen.shown_view.title.lower()
        told["shown"] = ", ".join(filter(None, [title, told.get("shown")]))
    told |= screen.frequency.chosen()
    return told | (screen.marks.chosen() if screen.marks is not None else {})
