"""Filling the demo authority's Board: once, and after that only with the periods that are new."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from fcl_tui.access.readers.roles import FILE


def fill(home: Path, as_at: date, seed: int) -> None:
    """Add what the demo authority's Board keeps to its office.

    Raises:
        DataError: the office database cannot be read or written.
    """
    from data.office import board as kept
    from fcl_tui.access.office import office_of
    from fcl_tui.config.settings import read
    from fcl_tui.definitions.board import indicators
    from fcl_tui.loading import demo_board as demo
    from fcl_tui.reports.measured.board_computed import known_measure

    office = office_of(read(home), demo=True)
    there = kept.read(office, ("values",))["values"]
    computed = [one.no for one in indicators.indicators() if known_measure(one) is not None]
    made = demo.values(as_at, seed, without=computed)
    known = set(there.select("no", "period").iter_rows())
    new = demo.not_there(made, known)
    if known:
        kept.add(office, {"values": new}, demo.DEMO)
        return
    rows: dict[str, Sequence[Mapping[str, Any]]] = {
        "values": new,
        "targets": demo.targets(as_at, seed),
        "benchmarks": demo.benchmarks(),
        "events": demo.events(as_at),
        "items": demo.items(as_at),
    }
    kept.add(office, rows, demo.DEMO)
    held, following, day = demo.meetings(as_at)
    kept.add(office, {"events": [held, following]}, demo.DEMO)
    if not (home / FILE).exists():  # with a list only its readers have figures
        _freeze(home, held, day)
        kept.add(office, {"values": demo.revised(made, held["period"])}, demo.DEMO)


def _freeze(home: Path, meeting: dict[str, Any], day: date) -> None:
    """Freeze the figures of the meeting that was held, and say that it was."""
    from data.frames import collect
    from fcl_tui.access.board.acts import BoardActs
    from fcl_tui.cli.asking.session import CommandSession
    from fcl_tui.records.board.lines import lines
    from fcl_tui.reports.strategic.board.kept import board_of

    session = CommandSession(home, day)
    told = board_of(session.context())
    acts = BoardActs(session.door, demo=True, as_at=day)
    found = collect(lines(told.kept, told.quarter.last))
    subject = meeting["subject"]
    acts.freeze(subject, found, told.quarter.name, session.snapshot.id)
    acts.move_meeting(subject, "held")
    acts.move_meeting(subject, "minuted", minutes="Six exception reports asked for; two notes of thanks")
