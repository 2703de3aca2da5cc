"""Six quarters of audits for the demo authority, made from its own data: no real child is in them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from data.frames import collect
from data.office.quality import store
from fcl_tui.access.office import office_of
from fcl_tui.access.quality.demo_dice import Dice
from fcl_tui.access.quality.demo_registers import registers
from fcl_tui.access.quality.demo_rounds import Maker
from fcl_tui.definitions.board.periods import quarter_of, quarters_to
from fcl_tui.quality.tool import packaged

if TYPE_CHECKING:
    from data.snapshots.reader import Snapshot
    from fcl_tui.config.settings import Settings

QUARTERS = 6


def make_audits(settings: Settings, snapshot: Snapshot, as_at: date, seed: int) -> None:
    """Write six quarters of audits, the newest under way, into the office of the demo authority.

    Nothing where its audits are there already; where they are of another demo authority, that office is begun
    anew: rows cannot be removed from it.
    """
    office = office_of(settings, demo=True)
    if office.in_use():
        before = store.read(office, "audit_cases")["audit_cases"]["person_id"]
        there = collect(snapshot.scan("people").select("person_id"))["person_id"]
        if before.len() and before.is_in(there.implode()).all():
            return
        if before.len():
            for name in ("office.db", "office.db-wal", "office.db-shm"):
                (office.home / name).unlink(missing_ok=True)
    maker = Maker(settings, snapshot, as_at, Dice(seed), office)
    tool = packaged()
    tool_id = store.new_id()
    names = ("key", "kind", "version", "valid_from", "body", "sha256")
    maker.add({"audit_tools": [{"tool_id": tool_id, **{one: getattr(tool, one) for one in names}}]}, as_at)
    quarters = [*quarters_to(as_at, QUARTERS - 1), quarter_of(as_at)]
    maker.ages |= {each.name: age for age, each in enumerate(reversed(quarters))}
    for number, each in enumerate(quarters):
        maker.round(each, tool_id)
        if number:
            maker.again(quarters[number - 1], each, tool_id)
    maker.consistency(tool_id)
    registers(maker)
    maker.save()
