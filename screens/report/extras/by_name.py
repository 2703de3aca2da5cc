"""What one report alone can do, by the name its declaration gives it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from screens.report.host import ReportHost


def verify_log(host: ReportHost) -> None:
    """Follow the chain of rows from the first, and compare it with the file beside it."""

    def work() -> None:
        from data.errors import DataError
        from widgets.text.window import Reader

        log = host.session.door.log
        host.from_thread(host.say, "Verifying the log ...")
        try:
            if log is None:
                raise DataError("No access log is kept here.")
            count, faults = log.verify()
        except DataError as error:
            host.from_thread(host.say, str(error))
            return
        if faults:
            host.from_thread(host.say, f"! Log NOT intact: {len(faults)} faults in {count:,} entries")
            host.from_thread(host.show, Reader("The log is not intact", list(faults)))
        else:
            host.from_thread(host.say, f"Log intact: {count:,} entries")

    host.in_thread(work, group="verify", exclusive=True)


EXTRAS = {
    "verify-log": "extras.by_name:verify_log",
    "enter-supervision": "extras.supervision:enter_supervision",
    "audit-open": "audits.entry:open_audit",
    "audit-draw": "audits.entry:draw_audits",
    "audit-case": "audits.case:audit_case",
    "audit-action": "audits.entry:audit_action",
    "audit-briefing": "audits.entry:audit_briefing",
    "board-act": "board.acts:act",
    "board-why": "board.acts:why",
    "board-meet": "board.meeting:meet",
    "comment-indicator": "extras.highlight:comment_indicator",
    "freeze-month": "extras.highlight:freeze_month",
}
"""Where in this room each is: most screens need none of them"""


def do(name: str, host: ReportHost) -> None:
    """Do what a declaration calls by this name."""
    module, _, function = EXTRAS[name].partition(":")
    getattr(import_module(f"screens.report.{module}"), function)(host)
