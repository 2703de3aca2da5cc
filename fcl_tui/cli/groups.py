"""Groups of commands: named here with their help, imported when one of their commands is asked for.

Typer makes every option of every command at once, which takes longer than all else that `--help` does.
"""

from importlib import import_module
from typing import Any

from typer import Typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_group

GROUPS = {
    "snapshots": (
        "snapshots.command:snapshots_app",
        "List the snapshots; compare two, go back to one, or check that they are intact.",
    ),
    "access": ("readers.access:access_app", "Say who may see which children. For administrators."),
    "audit": ("readers.access:audit_app", "Read the log of who opened what, and check that it is intact."),
    "audits": (
        "practice.exchange:audits_app",
        "Audits of practice: draw cases, list and show them. The log of who looked is: fcl-tui audit.",
    ),
    "supervision": (
        "practice.supervision:supervision_app",
        "Enter supervisions of staff: who, when, which children; never what was said.",
    ),
    "kpi": (
        "board.kpi:kpi_app",
        "Enter, load and list the values and targets of the Performance Board's 51 indicators.",
    ),
    "region": (
        "region.command:region_app",
        "Figures of many authorities, worked out where each snapshot is.",
    ),
    "board": (
        "board.command:board_app",
        "Act for the Performance Board: exception reports, thanks, meetings, registers, packs.",
    ),
    "benchmarks": (
        "board.benchmarks:benchmarks_app",
        "Published figures of other areas, the population, the statistical neighbours.",
    ),
    "highlights": (
        "board.highlights:highlights_app",
        "Monthly Highlights: comments, and the figures as they are reported.",
    ),
    "ssh": ("readers.ssh:ssh_app", "Let people in over SSH."),
}
"""The groups by name: module and application within this package, and the help"""


class LateGroups(TyperGroup):
    """The whole command line; a group is known by its name and help until it is wanted."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.commands = {name: TyperCommand(name, help=told) for name, (_, told) in GROUPS.items()} | dict(
            self.commands
        )

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """As Typer's own, with the commands of a group behind its name."""
        name, command, rest = super().resolve_command(ctx, args)
        return name, group(name) if name in GROUPS else command, rest


def group(name: str) -> TyperGroup:
    """The commands of a group."""
    place, told = GROUPS[name]
    module, _, application = place.partition(":")
    app: Typer = getattr(import_module(f"{__package__}.{module}"), application)
    app.rich_markup_mode = None  # as the whole command line
    made = get_group(app)
    made.name, made.help = name, told
    return made
