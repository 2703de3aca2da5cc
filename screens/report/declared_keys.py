"""The keys of a declared report: one for each parameter that has one, and those its views call for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding

from fcl_tui.reports.spec import Breakdown, Row
from screens.report.layout.sections import SECTION_KEYS
from screens.report.marking.keys import MARK_KEYS
from screens.report.marking.notes import NOTE_KEYS

if TYPE_CHECKING:
    from fcl_tui.reports.spec import Parameter, Report, View
    from screens.report.layout.parts import Parts

FIRST = ("table.open", "report.team", "report.worker", "report.overdue", "report.why")
"""Ids of the bindings that stand first in the line of keys, where the report does not say"""
PART_KEYS = (
    Binding("tab", "section(1)", "Next part", id="my_day.next", tooltip="The next part"),
    Binding("shift+tab", "section(-1)", "Part before", show=False, id="my_day.previous"),
    Binding("T", "section(0)", "First part", show=False, id="my_day.first"),
)
FREQUENCY = Binding(
    "F", "frequency", "Count values", show=False, id="report.frequency", tooltip="How many of each"
)


def _tooltip(parameter: Parameter) -> str:
    """What the key does: it asks, or turns something on and off."""
    if parameter.turns:
        words = {one.value: one.words for one in parameter.options}
        return ", ".join(words.get(value, value) for value in parameter.turns) + ", or all"
    if parameter.kind == "flag":
        return f"{(parameter.words or parameter.label).capitalize()}, or all"
    name = parameter.label.lower()
    return f"Choose {'an' if name[0] in 'aeiou' else 'a'} {name}"


def bindings_of(report: Report) -> list[Binding]:
    """The bindings of a report's screen, labelled as it declares them."""
    keys = [
        Binding(
            parameter.key,
            f"choose('{parameter.name}')",
            parameter.key_label or parameter.label,
            id=f"report.{parameter.name}",
            tooltip=_tooltip(parameter),
        )
        for parameter in report.parameters
        if parameter.key is not None and parameter.name != "marks"  # whose key the marks have
    ]
    if report.overdue_figure is not None:
        keys.append(
            Binding(
                "d", "overdue", report.overdue_label, id="report.overdue", tooltip="The rows of this figure"
            )
        )
    switchable = report.switchable
    if len(switchable) > 1 and report.switch == "menu":
        words = "; ".join(view.title.lower() for view in switchable)
        keys.append(Binding("b", "switch", report.switch_label, id="report.switch", tooltip=words))
    elif len(switchable) > 1 and report.switch == "toggle":
        other = switchable[1]
        keys.append(
            Binding("c", "switch", other.title, id="report.switch", tooltip=f"{other.title}, and back")
        )
    if any(view.row in (Row.ITEM, Row.CHILD) for view in report.views):
        keys.append(Binding("w", "why", "Why", id="report.why", tooltip="Why this date"))
    elif any(isinstance(view, Breakdown) for view in report.views):
        keys.append(Binding("w", "why", "Why", id="report.why", tooltip="How this figure is counted"))
    if report.parameter("team") is not None and report.parameter("worker") is not None:
        keys.append(
            Binding(
                "a",
                "planner",
                "Planner",
                show=False,
                id="report.planner",
                tooltip="The same team and worker as a calendar",
            )
        )
    if report.export_label:
        told = report.documents[0].label if report.documents else "Write this list to a file"
        keys.append(Binding("x", "export", report.export_label, id="report.export", tooltip=told))
    keys += [
        Binding(one.key, f"extra('{one.name}')", one.label, id=one.id, tooltip=one.tooltip)
        for one in report.extras
    ]
    return keys


def keys_of(parts: Parts, *, marks: bool) -> list[Binding]:
    """The bindings of a screen: of its reports, of `marks` and notes where it has them, of its parts."""
    keys = [key for one in parts.reports.values() for key in bindings_of(one)]
    keys.append(FREQUENCY)
    if marks:
        keys += [*MARK_KEYS, *NOTE_KEYS]
    if parts.several:
        keys += PART_KEYS
    elif parts.sections:
        keys += SECTION_KEYS
    return keys


def applies(action: str, parameters: tuple[object, ...], report: Report, view: View) -> bool:
    """Whether a key does anything on this view, as far as the declaration says."""
    if action == "choose":
        takes = getattr(view, "takes", None)
        return report.parameter(str(parameters[0])) is not None and (takes is None or parameters[0] in takes)
    if action == "switch":  # of two views the one behind a figure leads back to where it was gone into from
        return len(report.switchable) >= (3 if view.behind else 2)
    if action == "why":
        counted = isinstance(view, Breakdown) or bool(view.figures)
        return counted or view.row in (Row.ITEM, Row.CHILD, Row.FIGURE)
    if action in {"mark", "select", "several", "which"}:  # a list by child says which key leads to its items
        return bool(view.marks) or report.switch == "toggle"
    return True


def first_keys(report: Report) -> tuple[str, ...]:
    """Ids of the bindings that stand first in the line of keys."""
    keys = report.keys or FIRST
    return keys if report.parameter("period") is None else (*keys[:2], "report.period", *keys[2:])
