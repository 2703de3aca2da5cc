"""What the standards suggest as the overall grade, and why. The grade itself is a person's judgement."""

from __future__ import annotations

from collections.abc import Mapping

from fcl_tui.quality.grades import GOOD, GRADES, INADEQUATE, OUTSTANDING, REQUIRES_IMPROVEMENT
from fcl_tui.quality.tool import Tool


def suggested(tool: Tool, values: Mapping[str, int | None]) -> tuple[int | None, str]:
    """The overall grade that part A suggests, and the reason in a sentence.

    Any decisive standard Inadequate: Inadequate. Else any Inadequate, or more than `most_below_good` below
    Good: Requires improvement to be good. Else `least_outstanding` Outstanding and none below Good:
    Outstanding. Else Good. (Our default; a tool sets its own figures or turns it off.)

    Args:
        values: the grade of each standard by key; None where it does not apply.

    Returns:
        None and why, where the tool suggests none, its scale is not that of the grades, or nothing is graded.
    """
    if not tool.suggest_overall:
        return None, "This tool suggests no overall grade."
    if tool.scale != "grades":
        return None, "Standards on a scale of 0 to 10 suggest no overall grade."
    graded = {one.key: value for one in tool.standards if (value := values.get(one.key)) is not None}
    if not graded:
        return None, "No standard is graded yet."
    names = {one.key: one.name for one in tool.standards}
    poor = [key for key in graded if graded[key] == INADEQUATE]
    below = sum(value < GOOD for value in graded.values())
    best = sum(value == OUTSTANDING for value in graded.values())
    for key in tool.suggestion.decisive:
        if key in poor:
            return INADEQUATE, f"{names[key]} is {GRADES[INADEQUATE]}."
    if poor:
        return REQUIRES_IMPROVEMENT, f"{names[poor[0]]} is {GRADES[INADEQUATE]}."
    if below > tool.suggestion.most_below_good:
        return REQUIRES_IMPROVEMENT, f"{below} standards are below Good."
    if best >= tool.suggestion.least_outstanding and not below:
        return OUTSTANDING, f"{best} standards are Outstanding and none is below Good."
    return GOOD, f"{len(graded) - below} of {len(graded)} graded standards are Good or better."
