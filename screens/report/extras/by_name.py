"""What one report alone can do, by the name its declaration gives it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from screens.report.audits.case import audit_case
from screens.report.audits.entry import (
    audit_action,
    audit_briefing,
    draw_audits,
    open_audit,
)
from screens.report.board.acts import act, why
from screens.report.board.meeting import meet
from screens.report.extras.highlight import comment_indicator, freeze_month
from screens.report.extras.supervision import enter_supervision
from widgets.text.window import Reader

if TYPE_CHECKING:
    from screens.report.host import ReportHost


def verify_log(host: ReportHost) -> None:
    """Follow the chain of rows from the first, and compare it with the file beside it."""

    def work() -> None:
        from data.errors import DataError

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


EXTRAS: dict[str, Callable[[ReportHost], None]] = {
    "verify-log": verify_log,
    "enter-supervision": enter_supervision,
    "audit-open": open_audit,
    "audit-draw": draw_audits,
    "audit-case": audit_case,
    "audit-action": audit_action,
    "audit-briefing": audit_briefing,
    "board-act": act,
    "board-why": why,
    "board-meet": meet,
    "comment-indicator": comment_indicator,
    "freeze-month": freeze_month,
}
