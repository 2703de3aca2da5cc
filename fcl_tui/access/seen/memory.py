"""The restricted records in force: those of the list, and those that a command restricted and none opened.

The list is a file that can be lost, emptied or edited. What was restricted through `fcl-tui access restrict`
is in the access log as well, and stays restricted until `fcl-tui access unrestrict` says otherwise.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from data.errors import DataError
from fcl_tui.access.seen.restricted_records import (
    DEMO_LIST,
    LIST,
    Restricted,
    Seal,
    alike,
    restricted,
    restricted_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from data.office.memory import Memory
    from data.snapshots.reader import Snapshot


def in_force(home: Path, snapshot: Snapshot, memory: Memory) -> Restricted:
    """The restricted records of a home, by the numbers that a snapshot has for them.

    A number of the list that nobody has stands for those who have it in another case, or with other zeros
    before it; all of them are restricted. One that nobody has at all stays as it is written.

    Raises:
        DataError: the list is not in order; or it is not there, though records of this snapshot were
            restricted by command.
    """
    return when_asked(home, snapshot, memory)()


def when_asked(home: Path, snapshot: Snapshot, memory: Memory) -> Callable[[], Restricted]:
    """As `in_force`, with the numbers looked up in the data when it is called; what is wrong is told now."""
    demo = snapshot.manifest.demo
    listed = restricted(home, demo=demo).seals
    remembered = not_listed(listed, memory)
    path = home / (DEMO_LIST if demo else LIST)
    if not path.exists() and any(_numbers(snapshot, list(remembered)).values()):
        raise DataError(
            f"The list of restricted records {path} is gone, though records were restricted, so nothing is "
            "shown. Put it back from a copy, or make it again: fcl-tui access restrict PERSON --owner USER"
        )

    def found() -> Restricted:
        numbers = _numbers(snapshot, [*listed, *remembered])
        seals = (remembered | listed).items()
        return restricted_of({one: seal for number, seal in seals for one in numbers[number] or [number]})

    return found


def not_listed(listed: Mapping[str, Seal], memory: Memory) -> dict[str, Seal]:
    """The records that a command restricted, none has opened since, and the list no longer names."""
    named = {alike(number) for number in listed}
    return {
        number: Seal(owner=owner) for number, owner in memory.restricted.items() if alike(number) not in named
    }


def owned_by(home: Path, user: str, memory: Memory) -> set[str]:
    """The restricted records that a user answers for, by number as it is compared (`alike`)."""
    return {
        alike(number)
        for demo in (False, True)
        for number, seal in restricted(home, demo=demo).seals.items()
        if seal.owner == user
    } | {alike(number) for number, owner in memory.restricted.items() if owner == user}


def unknown(snapshot: Snapshot, listed: Mapping[str, Seal]) -> list[str]:
    """Those numbers that nobody in the snapshot has, however written."""
    found = _numbers(snapshot, list(listed))
    return [number for number in listed if not found[number]]


def _numbers(snapshot: Snapshot, wanted: list[str]) -> dict[str, list[str]]:
    """For each number the numbers of the snapshot it stands for: itself where somebody has it."""
    if not wanted:
        return {}
    import polars as pl

    from data.frames import collect

    people = snapshot.scan("people").select("person_id").drop_nulls()
    there = set(collect(people.filter(pl.col("person_id").is_in(wanted)))["person_id"])
    found = {number: [number] if number in there else [] for number in wanted}
    missing = {alike(number) for number in wanted if not found[number]}
    if missing:
        folded = (
            pl.col("person_id")
            .str.normalize("NFKC")
            .str.to_lowercase()
            .str.replace_all(r"\s", "")
            .str.replace(r"^0+(.)", "$1")
        )
        near = collect(people.filter(folded.is_in(list(missing))))["person_id"].to_list()
        for number in wanted:
            if not found[number]:
                found[number] = [one for one in near if alike(one) == alike(number)]
    return found
