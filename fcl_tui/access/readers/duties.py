"""What a reader does beside their role: act for the Board, own indicators, manage quality assurance."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fcl_tui.access.gate import Door


def has_duty(door: Door, *duties: str) -> bool:
    """Whether the reader has one of these duties (`access_list.DUTIES`); all, where no one is listed."""
    return door.reader is None or bool(door.reader.duties & set(duties))


def require_duty(door: Door, *duties: str, to: str, report: str | None = None) -> None:
    """Refuse a reader without any of these duties, and write the refusal down.

    Args:
        to: what they want to do, as in: request an exception report.

    Raises:
        DataError: the reader has none of them, or the refusal cannot be written down.
    """
    door.renew()
    if not has_duty(door, *duties):
        door.refuse(
            f"To {to} needs the duty {' or '.join(duties)}. An administrator gives it: "
            f"fcl-tui access add USER --role ROLE --duty {duties[0]}",
            report=report,
        )
