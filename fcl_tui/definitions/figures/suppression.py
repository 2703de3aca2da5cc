"""Small numbers in what is published: which figures are left out so that none of 1 to 5 can be worked out.

Counts of 1 to 5 are hidden. What is in a sum with them is a way to them: of figures that add up to a known
one, a single hidden one is the rest. So others are hidden beside them until no sum gives one away, as the
Department for Education does with `c`. 0 is shown.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import TypeAlias, TypeVar

SMALLEST, LARGEST = 1, 5
MARK = "c"
"""In the place of a figure that is hidden (confidential)"""
Cell = TypeVar("Cell", bound=Hashable)
Relation: TypeAlias = "Mapping[Cell, int]"
"""Cells and how often each counts in a sum that is known, or is 0: {total: -1, north: 1, south: 1}"""


def is_small(value: int) -> bool:
    """Whether a count may not be published: 1 to 5."""
    return SMALLEST <= value <= LARGEST


def hidden(
    values: Mapping[Cell, int],
    relations: Sequence[Mapping[Cell, int]],
    first: Iterable[Cell] = (),
    last: Iterable[Cell] = (),
) -> set[Cell]:
    """The cells that are left out of a publication.

    Args:
        values: every count that is printed, or follows from what is printed.
        relations: the sums among them that everybody knows to hold.
        first: cells that are no counts (a change) and are hidden before others to protect them.
        last: totals, hidden only where nothing else is left: they are known from elsewhere.
    """
    before, after = set(first), set(last)
    found = {cell for cell, value in values.items() if cell not in before and is_small(value)}
    while True:
        weak = _determined(found, relations) | _bounded(values, found, relations, before)
        more = _protecting(weak, values, found, relations, before, after)
        if not more:
            return found
        found |= more


def _protecting(
    weak: set[Cell],
    values: Mapping[Cell, int],
    found: set[Cell],
    relations: Sequence[Mapping[Cell, int]],
    first: set[Cell],
    last: set[Cell],
) -> set[Cell]:
    """The cell to hide with one that a sum gives away, of the nearest sums; none where all are hidden.

    Sums taken together may give away what none does alone, so those that share a cell are looked at too.
    """

    def rank(cell: Cell) -> tuple[bool, bool, bool, int, str]:
        value = values[cell]
        return cell not in first, cell in last, value == 0, abs(value), str(cell)

    near, seen = set(weak), set[Cell]()
    while near - seen:
        seen |= near
        touched = [relation for relation in relations if not near.isdisjoint(relation)]
        free = {cell for relation in touched for cell in relation if cell not in found and cell in values}
        if free:
            return {min(free, key=rank)}
        near = near | {cell for relation in touched for cell in relation}
    return set()


def _determined(found: set[Cell], relations: Sequence[Mapping[Cell, int]]) -> set[Cell]:
    """The hidden cells that the sums, taken together, leave one value: by elimination, in fractions."""
    columns = {cell: number for number, cell in enumerate(found)}
    rows: list[dict[int, Fraction]] = []
    for relation in relations:
        row = {columns[cell]: Fraction(n) for cell, n in relation.items() if cell in columns and n}
        if row:
            rows.append(row)
    pivots: dict[int, dict[int, Fraction]] = {}
    for given in rows:
        row = _reduced(given, pivots)
        if row:
            lead = min(row)
            scaled = {column: value / row[lead] for column, value in row.items()}
            for other, held in pivots.items():
                if lead in held:
                    pivots[other] = _less(held, scaled, held[lead])
            pivots[lead] = scaled
    alone = {next(iter(row)) for row in pivots.values() if len(row) == 1}
    return {cell for cell, number in columns.items() if number in alone}


def _reduced(row: dict[int, Fraction], pivots: Mapping[int, dict[int, Fraction]]) -> dict[int, Fraction]:
    left = dict(row)
    for lead in list(row):
        if lead in left and lead in pivots:
            left = _less(left, pivots[lead], left[lead])
    return left


def _less(row: dict[int, Fraction], other: Mapping[int, Fraction], times: Fraction) -> dict[int, Fraction]:
    left = dict(row)
    for column, value in other.items():
        left[column] = left.get(column, Fraction(0)) - times * value
        if not left[column]:
            del left[column]
    return left


def _bounded(
    values: Mapping[Cell, int],
    found: set[Cell],
    relations: Sequence[Mapping[Cell, int]],
    changes: set[Cell],
) -> set[Cell]:
    """The hidden cells that the sums leave one value, as no count is below 1, or 0 where a 0 is hidden.

    Also those that are all 5: somebody who takes every hidden one for a small number has them.
    """
    least = 0 if any(values[cell] == 0 for cell in found - changes) else SMALLEST
    spans: dict[Cell, tuple[float, float]] = dict.fromkeys(found, (float(least), float("inf")))
    spans |= dict.fromkeys(found & changes, (float("-inf"), float("inf")))
    changed = True
    while changed:
        changed = False
        for relation in relations:
            inside = [cell for cell in relation if cell in spans]
            rest = sum(times * values[cell] for cell, times in relation.items() if cell not in spans)
            for cell in inside:
                span = _span(cell, relation, inside, rest, spans)
                if span != spans[cell]:
                    spans[cell], changed = span, True
    weak = {cell for cell, (low, high) in spans.items() if low == high} - changes
    for relation in relations:
        inside = [cell for cell in relation if cell in found]
        alike = len({relation[cell] for cell in inside}) == 1 and changes.isdisjoint(inside)
        if alike and all(values[cell] == LARGEST for cell in inside):
            weak |= set(inside)
    return weak


def _span(
    cell: Cell,
    relation: Mapping[Cell, int],
    inside: Sequence[Cell],
    rest: int,
    spans: Mapping[Cell, tuple[float, float]],
) -> tuple[float, float]:
    """What a hidden cell can be, as far as one sum and what the others in it can be says."""
    low = high = float(-rest)
    for other in inside:
        if other != cell:
            ends = sorted(-relation[other] * end for end in spans[other])
            low, high = low + ends[0], high + ends[1]
    ends = sorted((low / relation[cell], high / relation[cell]))
    return max(spans[cell][0], ends[0]), min(spans[cell][1], ends[1])
