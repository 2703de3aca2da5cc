"""The columns of Audits of Practice."""

from widgets.cells.column import Column

CASES = (
    Column("person_id", "Child", 9, frozen=True),
    Column("state_shown", "State", 11, frozen=True),
    Column("days", "Days", 8, kind="days"),
    Column("pod", "Pod", 16, stretch=True),
    Column("auditor", "Auditor", 12, stretch=True, priority=1),
    Column("grade_shown", "Validated", 16, priority=1),
    Column("auditor_grade_shown", "Auditor's", 16, priority=3),
    Column("status", "Status", 16, kind="code", priority=4),
    Column("name", "Name", 16, priority=4, if_any=True),
    Column("moderator", "Moderator", 12, priority=5, if_any=True),
    Column("due", "Due", 10, kind="date", priority=5),
    Column("allocated_worker", "Worker", 16, priority=6),
    Column("actions_open", "Actions", 7, kind="number", priority=5),
    Column("flags", "", 8, priority=5, if_any=True),
    Column("period", "Round", 9, priority=7),
)
REPLACED = (
    Column("person_id", "Child", 9, frozen=True),
    Column("reason", "Why", 40, stretch=True),
    Column("pod", "Pod", 18, priority=1),
    Column("status", "Status", 16, kind="code", priority=3),
    Column("auditor", "Auditor", 12, priority=4),
    Column("period", "Round", 9, priority=5),
)
TO_DO = (
    Column("todo", "To do", 8, frozen=True),
    Column("person_id", "Child", 9, frozen=True),
    Column("days", "Days", 9, kind="days"),
    Column("pod", "Pod", 14, stretch=True),
    Column("reason", "Reason", 22, priority=1, stretch=True, if_any=True),
    Column("auditor_grade_shown", "Auditor's grade", 16, priority=2),
    Column("name", "Name", 16, priority=3, if_any=True),
    Column("state_shown", "State", 11, priority=3),
    Column("due", "Due", 10, kind="date", priority=4),
    Column("auditor", "Auditor", 12, priority=5),
    Column("title", "Round", 24, priority=6),
)
PODS = (
    Column("pod", "Pod", 20, frozen=True, stretch=True),
    Column("audits_drawn", "Drawn", 5, kind="number"),
    Column("audits_submitted", "Audited", 7, kind="number"),
    Column("audits_moderated", "Moderated", 9, kind="number"),
    Column("audits_good", "Good+", 5, kind="number"),
    Column("qa_audit_grade", "Good+ %", 7, kind="percent"),
    Column("range", "95% range", 11, priority=2),
    Column("audits_late", "Late", 4, kind="number", priority=2),
    Column("audits_inadequate", "Inad.", 5, kind="number", priority=3),
    Column("qa_audit_moved", "Moved %", 7, kind="percent", priority=4),
    Column("audits_outcomes_better", "Better %", 8, kind="percent", priority=4),
    Column("qa_audits_done", "Audited %", 9, kind="percent", priority=5),
)
QUARTERS = (
    Column("period", "Quarter", 9, frozen=True),
    Column("moderated", "Moderated", 9, kind="number"),
    Column("outstanding", "Outst.", 6, kind="number"),
    Column("good", "Good", 4, kind="number"),
    Column("requires_improvement", "Req. impr.", 10, kind="number"),
    Column("inadequate", "Inad.", 5, kind="number"),
    Column("percent", "Good+ %", 7, kind="percent"),
    Column("range", "95% range", 11),
    Column("moved_up", "Up", 4, kind="number", priority=2),
    Column("moved_down", "Down", 4, kind="number", priority=2),
    Column("better", "Better", 6, kind="number", priority=3),
    Column("counted", "Of", 4, kind="number", priority=3),
    Column("drawn", "Drawn", 5, kind="number", priority=4),
    Column("audited", "Audited", 7, kind="number", priority=4),
)
STANDARDS = (
    Column("standard", "Standard", 30, frozen=True, stretch=True),
    Column("percent", "Good+ %", 7, kind="percent"),
    Column("good_or_better", "Good+", 5, kind="number"),
    Column("graded", "Of", 4, kind="number"),
    Column("range", "95% range", 11, priority=2),
    Column("outstanding", "Outst.", 6, kind="number", priority=3),
    Column("good", "Good", 4, kind="number", priority=3),
    Column("requires_improvement", "Req. impr.", 10, kind="number", priority=3),
    Column("inadequate", "Inad.", 5, kind="number", priority=2),
    Column("not_applicable", "N/a", 4, kind="number", priority=4),
)
TABLE = (
    Column("validated", "Validated grade", 31, frozen=True),
    Column("outstanding", "Outst.", 6, kind="number"),
    Column("good", "Good", 5, kind="number"),
    Column("requires_improvement", "Req.im", 6, kind="number"),
    Column("inadequate", "Inad.", 5, kind="number"),
    Column("all", "All", 5, kind="number"),
)
AGREEMENT = (
    Column("figure", "Figure", 34, frozen=True),
    Column("value_shown", "Value", 7, align="right", in_files=(Column("value", "Value", 8, kind="number"),)),
    Column("count", "Cases", 5, kind="number"),
    Column("of", "Of", 4, kind="number"),
    Column("range", "95% range", 14, priority=2),
    Column("words", "Reading", 40, priority=3, stretch=True),
)
PAIRS = (
    Column("person_id", "Child", 9, frozen=True),
    Column("first_shown", "Validated", 16),
    Column("second_shown", "Second", 16),
    Column("difference", "Apart", 5, kind="number"),
    Column("own_shown", "Auditor's", 16, priority=2),
    Column("pod", "Pod", 18, stretch=True, priority=1),
    Column("checked_period", "Round", 9, priority=3),
    Column("auditor", "Auditor", 12, priority=4),
)
AGENCIES = (
    Column("person_id", "Child", 9, frozen=True),
    Column("agency", "Agency", 13, kind="code", frozen=True),
    Column("grade_shown", "Its grade", 20),
    Column("joint_shown", "Joint grade", 20, priority=1),
    Column("apart", "Apart", 5, kind="number", priority=1),
    Column("findings", "Findings", 30, stretch=True, priority=2),
    Column("pod", "Pod", 16, priority=4),
    Column("title", "Round", 24, priority=5),
)
ACTIONS = (
    Column("state_shown", "State", 9, frozen=True),
    Column("text", "Action", 41, frozen=True, stretch=True),
    Column("owner", "Owner", 14),
    Column("due", "Due", 10, kind="date"),
    Column("person_id", "Child", 9, priority=2),
    Column("pod", "Pod", 16, priority=3),
    Column("standard", "Standard", 20, priority=4),
    Column("kind", "Kind", 8, kind="code", priority=5),
    Column("priority", "Priority", 9, kind="code", priority=5),
    Column("period", "Round", 9, priority=6),
)
