"""How far two people who graded the same cases agree: the table first, then figures with their limits.

Sources: linear weights after Cicchetti and Allison; the variance of weighted kappa after Fleiss, Cohen and
Everitt (1969); AC2 after Gwet. Kappa alone misleads where nearly all cases have one grade: with 48 of 53
cases Good for both it is below zero at 91% agreement, while AC2 is 0.97. So the table and the percentages
come first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import sqrt

from data.dataclass import dataclass

CATEGORIES = 4
GOOD_FROM = 2
"""The first category, counted from 0, that is Good or better"""
ONE_GRADE = "cannot be computed: one grade only"
CONSISTENT, MOSTLY = 80.0, 70.0
"""Per cent of exact agreement from which gradings are called consistent, mostly consistent"""
Z = 1.959963984540054

Table = Sequence[Sequence[int]]
"""Counts: validated grade in rows, the second grade in columns, Inadequate first"""


@dataclass(frozen=True)
class Agreement:
    """What is said of one table of two gradings."""

    cases: int
    exact: int
    within_one: int
    second_lower: int
    second_higher: int
    across_good: int
    """cases that one calls Good or better and the other does not"""
    mean_difference: float | None
    """second minus first, in grades"""
    kappa: float | None
    kappa_low: float | None
    kappa_high: float | None
    kappa_words: str
    ac2: float | None

    @property
    def exact_percent(self) -> float | None:
        """Of all cases, with the same grade."""
        return 100 * self.exact / self.cases if self.cases else None

    @property
    def within_one_percent(self) -> float | None:
        """Of all cases, at most one grade apart."""
        return 100 * self.within_one / self.cases if self.cases else None

    @property
    def verdict(self) -> str:
        """In a word: consistent, mostly consistent, recalibrate; our limits."""
        exact = self.exact_percent
        if exact is None:
            return "no cases"
        if exact >= CONSISTENT and self.within_one == self.cases:
            return "consistent"
        return "mostly consistent" if exact >= MOSTLY else "recalibrate"


def table_of(pairs: Iterable[tuple[int, int]], categories: int = CATEGORIES) -> list[list[int]]:
    """The table of pairs of grades, each 1 to `categories`."""
    table = [[0] * categories for _ in range(categories)]
    for first, second in pairs:
        table[first - 1][second - 1] += 1
    return table


def agreement(table: Table) -> Agreement:
    """Every figure of a square table of counts."""
    size = len(table)
    cells = [(i, j, table[i][j]) for i in range(size) for j in range(size)]
    cases = sum(count for *_, count in cells)
    kappa, low, high = weighted_kappa(table)
    words = ""
    if kappa is None:
        words = "no cases" if not cases else ONE_GRADE
    return Agreement(
        cases=cases,
        exact=sum(n for i, j, n in cells if i == j),
        within_one=sum(n for i, j, n in cells if abs(i - j) <= 1),
        second_lower=sum(n for i, j, n in cells if j < i),
        second_higher=sum(n for i, j, n in cells if j > i),
        across_good=sum(n for i, j, n in cells if (i >= GOOD_FROM) != (j >= GOOD_FROM)),
        mean_difference=sum(n * (j - i) for i, j, n in cells) / cases if cases else None,
        kappa=kappa,
        kappa_low=low,
        kappa_high=high,
        kappa_words=words,
        ac2=ac2(table),
    )


def _shares(table: Table) -> tuple[int, list[list[float]], list[float], list[float]]:
    total = sum(map(sum, table))
    cells = [[count / total for count in row] for row in table] if total else []
    return total, cells, [sum(row) for row in cells], [sum(column) for column in zip(*cells, strict=True)]


def weighted_kappa(table: Table) -> tuple[float | None, float | None, float | None]:
    """Kappa with linear weights, and its 95% interval; None where it cannot be computed."""
    size = len(table)
    total, cells, first, second = _shares(table)
    if not total:
        return None, None, None
    each = [(i, j) for i in range(size) for j in range(size)]
    weight = {(i, j): 1 - abs(i - j) / (size - 1) for i, j in each}
    observed = sum(weight[i, j] * cells[i][j] for i, j in each)
    expected = sum(weight[i, j] * first[i] * second[j] for i, j in each)
    if 1 - expected < 1e-12:
        return None, None, None
    kappa = (observed - expected) / (1 - expected)
    of_row = [sum(second[j] * weight[i, j] for j in range(size)) for i in range(size)]
    of_column = [sum(first[i] * weight[i, j] for i in range(size)) for j in range(size)]
    spread = (
        sum(cells[i][j] * (weight[i, j] - (of_row[i] + of_column[j]) * (1 - kappa)) ** 2 for i, j in each)
        - (kappa - expected * (1 - kappa)) ** 2
    )
    error = sqrt(max(0.0, spread) / total) / (1 - expected)
    return kappa, kappa - Z * error, kappa + Z * error


def ac2(table: Table) -> float | None:
    """Gwet's AC2 with linear weights; None without a case, or where only one grade was given."""
    size = len(table)
    total, cells, first, second = _shares(table)
    if not total or (max(first) == 1.0 == max(second) and first == second):
        return None
    each = [(i, j) for i in range(size) for j in range(size)]
    weight = {(i, j): 1 - abs(i - j) / (size - 1) for i, j in each}
    observed = sum(weight[i, j] * cells[i][j] for i, j in each)
    both = [(a + b) / 2 for a, b in zip(first, second, strict=True)]
    by_chance = sum(weight.values()) / (size * (size - 1)) * sum(p * (1 - p) for p in both)
    return (observed - by_chance) / (1 - by_chance)
