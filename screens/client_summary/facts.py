"""The lines on top of a Client Summary: who the child is and where things stand."""

from collections.abc import Sequence
from typing import Any

from rich.cells import cell_len

from widgets.cells.plain import plain
from widgets.text.pane import Line

LOW = 26
"""Lines of the window below which the facts are folded into two"""
ROOM = 78
"""Cells of such a line on the narrowest screen"""
RESTRICTED = "!! RESTRICTED RECORD: for named people only"


def _joined(*parts: tuple[str, object]) -> str:
    return "   ".join(f"{label} {plain(value)}".strip() for label, value in parts if value is not None)


MARKS = {"overdue": "!! ", "due_soon": "! "}


HEALTH = "health"
"""A review health assessment is no review meeting"""


def next_due(due: Sequence[dict[str, Any]], *, short: bool = False) -> str:
    """The next visit, the next review, and what is overdue and neither; empty when nothing has a due date.

    Args:
        due: item, rule, state, due_date, soonest first; what is not required is in no state of these.
        short: in the short names of lists, and of what is overdue besides only how many: a line has 80 cells.
    """
    from fcl_tui.timescales.short_names import SHORT_NAMES

    owed = [
        row for row in due if row["state"] in ("overdue", "due_soon", "due") and row["due_date"] is not None
    ]
    found: list[dict[str, Any]] = []
    for words in (("visit",), ("review", "conference")):
        items = ((row, str(row["item"]).casefold()) for row in owed)
        named = [row for row, item in items if HEALTH not in item and any(word in item for word in words)]
        found += named[:1]
    late = [row for row in owed if row["state"] == "overdue" and row not in found]
    shown = found if short else sorted([*late[:1], *found], key=lambda row: row["due_date"])
    names = SHORT_NAMES if short else {}
    told = [
        f"{MARKS.get(str(row['state']), '')}{plain(names.get(str(row.get('rule')), row['item']))} "
        f"{plain(row['due_date'])}"
        for row in shown
    ]
    if short and late:
        told.append(f"!! {len(late)} {'more ' if found else ''}overdue")
    return ("  " if short else "   ").join(told)


def folded_lines(
    facts: dict[str, Any], due: Sequence[dict[str, Any]] = (), *, sealed: bool, not_known: str = ""
) -> list[str]:
    """The same in two lines, for a low screen: who it is and with whom; what comes next and last contact.

    That a record is restricted, and what the source cannot tell, takes a line more.
    """
    from fcl_tui.definitions.wording.labels import STATUS_NAMES

    born = plain(facts["date_of_birth"] or facts["expected_date_of_birth"] or "")
    age = f" ({facts['age']})" if facts["age"] is not None else ""
    who = [plain(facts["name"] or "Name not in this source"), plain(facts["person_id"]), f"{born}{age}"]
    who += [
        plain(STATUS_NAMES.get(facts["status"], facts["status"]) or ""),
        plain(facts["worker"] or ""),
    ]
    seen = f"seen {plain(facts['last_seen'])}" if facts["last_seen"] is not None else ""
    counted = f"{facts['overdue']} overdue of {facts['items']} due"
    lines = ["  ".join(one for one in who if one)]
    lines.append("  ".join(one for one in (next_due(due, short=True) or counted, seen) if one))
    if team := plain(facts["team"] or ""):  # whole, where a line has room for it
        fitting = [at for at, line in enumerate(lines) if cell_len(line) + 2 + cell_len(team) <= ROOM]
        at = fitting[0] if fitting else 0
        lines[at] += f"  {team}"
    if not_known:
        lines.append(f"This source cannot tell: {plain(not_known)}")
    return [RESTRICTED, *lines] if sealed else lines


def fact_lines(
    facts: dict[str, Any], due: Sequence[dict[str, Any]] = (), *, sealed: bool, not_known: str = ""
) -> list[str]:
    """Safe lines from the overview's one row; what is not known is left out, what cannot be is said."""
    from fcl_tui.definitions.wording.labels import STATUS_NAMES

    born = ("expected", facts["expected_date_of_birth"]) if facts["date_of_birth"] is None else None
    age = f"({facts['age']})" if facts["age"] is not None else None
    who = _joined(
        ("", facts["name"] or "Name not in this source"),
        ("id", facts["person_id"]),
        born or ("born", facts["date_of_birth"]),
        ("", age),
        ("died", facts["date_of_death"]),
        ("", facts["sex"]),
        ("", facts["ethnicity"]),
    )
    state = _joined(
        ("", STATUS_NAMES.get(facts["status"], facts["status"])),
        ("since", facts["status_since"]),
        ("also", facts["also"]),
        ("", facts["legal_status"]),
    )
    home = _joined(("Placement", facts["placement"]), ("since", facts["placement_since"]))
    held = _joined(
        ("Worker", facts["worker"]), ("team", facts["team"]), ("personal adviser", facts["personal_adviser"])
    )
    mark = MARKS.get(str(facts["due_state"]), "")
    first = facts["first_known"]
    event = facts.get("first_event")
    known = f"{plain(first)}{f' ({event})' if event else ''}" if first is not None else None
    work = f"{mark}{facts['overdue']} overdue of {facts['items']} due   " + _joined(
        ("last seen", facts["last_seen"]), ("first known", known)
    )
    coming = next_due(due)
    lines = [who, state, home, held, work, f"Next: {coming}" if coming else ""]
    if sealed:
        lines.insert(0, RESTRICTED)
    if not_known:
        lines.append(f"This source does not hold: {plain(not_known)}")
    return [line for line in lines if line]


def row_title(row: dict[str, Any]) -> str:
    """What a row of the summary is called."""
    return plain(row.get("event") or row.get("outcome") or "Assessment")


def row_lines(row: dict[str, Any]) -> Sequence[Line | str]:
    """Everything a row holds, one line each, and the source row it came from."""
    hidden = {"event_key", "row_key", "significant", "kind_name", "event_shown", "told", "as_who"}
    return [
        Line(plain(value), lead=f"{name.replace('_', ' ').capitalize():<18} ")
        for name, value in row.items()
        if value is not None and name not in hidden
    ]
