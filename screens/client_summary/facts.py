"""The lines on top of a Client Summary: who the child is and where things stand."""

from collections.abc import Sequence
from typing import Any

from widgets.cells.plain import plain
from widgets.text_pane import Line


def _joined(*parts: tuple[str, object]) -> str:
    return "   ".join(f"{label} {plain(value)}".strip() for label, value in parts if value is not None)


def fact_lines(facts: dict[str, Any], *, sealed: bool, not_known: str = "") -> list[str]:
    """Safe lines from the overview's one row; what is not known is left out, what cannot be is said."""
    from fcl_tui.definitions.labels import STATUS_NAMES

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
    mark = {"overdue": "!! ", "due_soon": "! "}.get(str(facts["due_state"]), "")
    work = f"{mark}{facts['overdue']} overdue of {facts['items']} due   " + _joined(
        ("last seen", facts["last_seen"]), ("first known", facts["first_known"])
    )
    lines = [who, state, home, held, work]
    if sealed:
        lines.insert(0, "!! RESTRICTED RECORD: for named people only")
    if not_known:
        lines.append(f"This source does not hold: {plain(not_known)}")
    return [line for line in lines if line]


def row_title(row: dict[str, Any]) -> str:
    """What a row of the summary is called."""
    return plain(row.get("event") or row.get("outcome") or "Assessment")


def row_lines(row: dict[str, Any]) -> Sequence[Line | str]:
    """Everything a row holds, one line each, and the source row it came from."""
    hidden = {"event_key", "row_key", "significant", "kind_name"}
    return [
        Line(plain(value), lead=f"{name.replace('_', ' ').capitalize():<18} ")
        for name, value in row.items()
        if value is not None and name not in hidden
    ]
