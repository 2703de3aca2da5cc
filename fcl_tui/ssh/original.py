"""What may be asked for in place of the screens: `ssh HOST report …`. Nothing else, and never a path."""

import shlex

from data.errors import DataError
from fcl_tui.reports.parameters.shared import ALL, OF_MEASURES
from fcl_tui.reports.question.resolve import option_of

LONGEST = 4_096

ALLOWED: dict[str, tuple[str, ...]] = {
    "report": (
        *(option_of(parameter.name) for parameter in ALL),
        "--as-at",
        "--by",
        "--detail",
        "--columns",
        "--format",
    ),
    "measure": (
        *(option_of(parameter.name) for parameter in OF_MEASURES),
        "--as-at",
        "--by",
        "--rows",
        "--columns",
        "--format",
    ),
    "find": ("--as-at", "--format"),
    "why": ("--as-at",),
    "fetch": (),
}
"""The commands of a session, and their options. None of them takes a path."""

REFUSAL = (
    "This cannot be run here. A session gives the screens, or: report NAME, measure KEY, find TEXT, "
    "why CLIENT ITEM, fetch NAME, with their options, except those for files."
)


def words(command: str) -> list[str]:
    """The words of a command the client sent along, if it is one that is allowed.

    Raises:
        DataError: it is not. What was sent is not repeated: it may name a child.
    """
    if len(command) > LONGEST or not command.isprintable():
        raise DataError(REFUSAL)
    try:
        found = shlex.split(command)
    except ValueError:
        raise DataError(REFUSAL) from None
    if not found or found[0] not in ALLOWED:
        raise DataError(REFUSAL)
    options = ALLOWED[found[0]]
    # any word with a hyphen before it, wherever it stands: no parser is left to disagree with this one
    if any(word.startswith("-") and word.partition("=")[0] not in options for word in found[1:]):
        raise DataError(REFUSAL)
    return found
