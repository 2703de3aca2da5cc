"""The form of an audit as rows of a table, and what is said beside the line under the cursor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from fcl_tui.quality.form import OUTCOME, OVERALL, lines, missing, shown, values_of
from fcl_tui.quality.grades import GRADES, OUTCOMES, SHORT
from fcl_tui.quality.suggestion import suggested
from widgets.cells.column import Column
from widgets.text.pane import Line

if TYPE_CHECKING:
    import polars as pl

    from fcl_tui.access.quality.cases import Said
    from fcl_tui.quality.form import Draft
    from fcl_tui.quality.tool import Tool

COLUMNS = (
    Column("name", "Standard", 30, frozen=True, stretch=True),
    Column("grade", "Grade", 20, frozen=True),
    Column("text", "Text", 4),
    Column("actions", "Actions", 7, kind="number"),
    Column("missing", "Missing", 8, priority=2),
)
PART = {"standard": "Part A", "outcome": "Part B: outcomes", "overall": "Overall", "text": "Words"}


def rows_of(tool: Tool, draft: Draft) -> pl.DataFrame:
    """One row per line of the form: key, kind, part, name, grade (words), text (yes), actions, missing."""
    import polars as pl

    gaps = {key for key, _ in missing(tool, draft)}
    told = []
    for key, kind, name in lines(tool):
        entry = draft.entry(key)
        acts = sum(one.standard == key for one in draft.actions)
        grade = SHORT.get(entry.value or 0, "") if _is_grade(kind, tool) else ""
        grade = grade or shown(kind, entry, tool.scale)
        told.append((key, kind, PART[kind], name, grade or None, "yes" if entry.text.strip() else None,
                     acts or None, "missing" if key in gaps else None))  # fmt: skip
    names = ("key", "kind", "part", "name", "grade", "text", "actions", "missing")
    texts = dict.fromkeys(names, pl.String) | {"actions": pl.Int64}
    return pl.DataFrame(told, schema=texts, orient="row")


def _is_grade(kind: str, tool: Tool) -> bool:
    return kind == "overall" or (kind == "standard" and tool.scale == "grades")


def kind_of(tool: Tool, key: str) -> str:
    """standard, outcome, overall or text."""
    return next(kind for one, kind, _ in lines(tool) if one == key)


def beside(tool: Tool, draft: Draft, key: str, facts: Mapping[str, str]) -> list[Line | str]:
    """The question, prompts, descriptors and facts of a line, and what was written there."""
    kind, entry = kind_of(tool, key), draft.entry(key)
    told: list[Line | str] = []
    if kind == "standard":
        own = [Line(entry.text, lead="Written: ")] if entry.text else []
        own += [Line(one.words, lead="Action: ") for one in draft.actions if one.standard == key]
        own += [Line(entry.no_action, lead="No action: ")] if entry.no_action else []
        question, *rest = _of_standard(tool, key, facts)
        return [question, *own, *rest]
    if kind == "outcome":
        told = [Line(next(one.name for one in tool.outcomes if OUTCOME + one.key == key), "strong")]
        told += [f"{number}  {words}" for number, words in enumerate(OUTCOMES.values(), 1)]
        told.append(Line("How does the child or family say it? (enter)", "quiet"))
    elif kind == "overall":
        grade, why = suggested(tool, values_of(tool, draft))
        told = [Line("A judgement of the whole.", "strong")]
        told.append(f"Suggested: {GRADES[grade]}. {why}" if grade is not None else why)
        told += [f"{number}  {words}" for number, words in GRADES.items()]
        told.append(Line("Another grade than the suggested one needs a sentence (enter).", "quiet"))
    if entry.text:
        told.append(Line(entry.text, lead="Written: "))
    return told


def _of_standard(tool: Tool, key: str, facts: Mapping[str, str]) -> list[Line | str]:
    one = tool.standard(key)
    told: list[Line | str] = [Line(one.question, "strong")]
    told += [Line(facts[name], lead="Fact: ") for name in one.facts if name in facts]
    if tool.scale == "grades":
        told += [
            Line(f"{GRADES[grade]}: {one.descriptors.get(grade, '')}".removesuffix(": "), lead=f"{grade}  ")
            for grade in GRADES
        ]
    else:
        told.append("0 to 9, t for 10")
    return [*told, *(Line(prompt, "quiet", lead="? ") for prompt in one.prompts)]


def head_line(row: Mapping[str, Any], state: str, parts: Sequence[str]) -> str:
    """Whose audit it is and where it stands: one line over the form."""
    due = f"due {row['due']:%d/%m/%Y}" if row["due"] is not None else ""
    told = (
        f"child {row['person_id']}", (row["status"] or "").replace("_", " "), row["pod"], state,
        f"auditor {row['auditor']}" if row["auditor"] else "", due, f"you: {', '.join(parts)}" if parts else
        "",
    )  # fmt: skip
    return " · ".join(one for one in told if one)


def grade_line(row: Mapping[str, Any]) -> str:
    """The validated grade, the auditor's and the suggestion, as far as there are any; a short line has the
    first.
    """
    names = {"grade": "validated:", "auditor_grade": "auditor:", "suggested_grade": "suggested:"}
    told = ["pod manager: Inadequate, to be confirmed"] if row["to_confirm"] else []
    told += [
        f"{words} {GRADES[row[name]].removesuffix(' to be good')}"
        for name, words in names.items()
        if row[name] is not None
    ]
    return " · ".join(told)


def history_lines(said: Sequence[Said]) -> list[Line | str]:
    """The history of an audit, the newest last."""
    return [Line(one.words, lead=f"{one.at:%d/%m/%Y %H:%M} {one.who}: ") for one in said] or ["Nothing yet."]


def next_line(tool: Tool, draft: Draft, key: str, way: int = 1) -> str | None:
    """The next line in this direction that lacks something, going round; None: nothing is missing."""
    keys = [one for one, *_ in lines(tool)]
    gaps = {one for one, _ in missing(tool, draft)}
    at = keys.index(key)
    order = [keys[(at + way * step) % len(keys)] for step in range(1, len(keys) + 1)]
    return next((one for one in order if one in gaps), None)


def after_grading(tool: Tool, draft: Draft, key: str) -> str:
    """Where the cursor goes once a line is graded: on through part A, then to what is required."""
    keys = [one for one, *_ in lines(tool)]
    standards = [one.key for one in tool.standards]
    if key in standards[:-1]:
        return standards[standards.index(key) + 1]
    required = [OUTCOME + one.key for one in tool.outcomes if one.required] + [OVERALL]
    later = [one for one in required if keys.index(one) > keys.index(key) and not draft.entry(one).answered]
    return later[0] if later else (next_line(tool, draft, key) or key)
