"""Small numbers in what is published: a table is attacked with every number that fits it."""

import itertools
import random

import pytest

from fcl_tui.definitions.figures.suppression import LARGEST, SMALLEST, hidden, is_small


def table(rows, columns, dice):
    """Counts with totals by row, by column and of all, and the sums that everybody knows."""
    values = {
        (row, column): dice.choice([0, 0, 1, 2, 3, 5, 6, 8, 12, 30])
        for row in range(rows)
        for column in range(columns)
    }
    relations = []
    for row in range(rows):
        values[row, "all"] = sum(values[row, column] for column in range(columns))
        relations.append({(row, "all"): -1} | {(row, column): 1 for column in range(columns)})
    for column in [*range(columns), "all"]:
        values["all", column] = sum(values[row, column] for row in range(rows))
        relations.append({("all", column): -1} | {(row, column): 1 for row in range(rows)})
    return values, relations


def possible(values, relations, gone, cell):
    """The values that a hidden cell can have, of every way to fill the table.

    Zeros are shown, so from 1 up; but where a 0 had to be hidden too, nobody can know that.
    """
    seen = set()
    least = 0 if any(values[one] == 0 for one in gone) else SMALLEST

    def settled(filled):
        """Fill what the sums leave no choice for; None where they cannot hold."""
        filled, changed = dict(filled), True
        while changed:
            changed = False
            for relation in relations:
                blank = [one for one in relation if one in gone and one not in filled]
                rest = sum(
                    n * filled.get(one, values[one]) for one, n in relation.items() if one not in blank
                )
                if not blank and rest:
                    return None
                if len(blank) == 1:
                    value = -rest / relation[blank[0]]
                    if value < least or value != int(value):
                        return None
                    filled[blank[0]], changed = int(value), True
        return filled

    def fill(filled, tries):
        filled = settled(filled)
        if filled is None or tries[0] <= 0:
            return False
        tries[0] -= 1
        blank = [one for one in gone if one not in filled]
        if not blank:
            return True
        return any(fill(filled | {blank[0]: value}, tries) for value in range(least, 64))

    for value in range(SMALLEST, LARGEST + 12):
        if fill({cell: value}, [3_000]):
            seen.add(value)
        if len(seen) > 1:
            break
    return seen


@pytest.mark.parametrize("seed", range(30))
def test_no_small_number_of_a_table_with_totals_can_be_worked_out(seed):
    dice = random.Random(seed)
    values, relations = table(2, dice.choice([2, 2, 3]), dice)
    totals = {cell for cell in values if "all" in cell}
    gone = hidden(values, relations, last=totals)
    small = {cell for cell, value in values.items() if is_small(value)}
    assert small <= gone
    for cell in small:
        assert len(possible(values, relations, gone, cell)) > 1, (cell, values, gone)


def test_one_small_group_takes_the_next_smallest_with_it():
    values = {"a": 3, "b": 7, "c": 40, "d": 0, "total": 50}
    relation = {"total": -1, "a": 1, "b": 1, "c": 1, "d": 1}
    assert hidden(values, [relation], last=["total"]) == {"a", "b"}


@pytest.mark.parametrize(("a", "b"), [(1, 1), (5, 5)])
def test_two_that_can_only_be_one_or_five_take_a_third(a, b):
    values = {"a": a, "b": b, "c": 40, "total": a + b + 40}
    assert hidden(values, [{"total": -1, "a": 1, "b": 1, "c": 1}], last=["total"]) == {"a", "b", "c"}


def test_a_complement_is_a_small_number_too():
    """67 of 70 says that three were not."""
    values = {"in time": 67, "not": 3, "all": 70}
    assert {"not", "in time"} <= hidden(values, [{"all": -1, "in time": 1, "not": 1}], last=["all"])


def test_a_change_is_hidden_before_what_it_is_a_change_of():
    values = {"now": 4, "before": 9, "change": -5}
    relation = {"now": 1, "before": -1, "change": -1}
    assert hidden(values, [relation], first=["change"]) == {"now", "change"}


def test_a_chain_of_sums_is_followed():
    """Opening + in - out = closing, and the next month opens with it."""
    values = {"o1": 50, "in": 3, "out": 7, "c1": 46, "o2": 46}
    relations = [{"o1": 1, "in": 1, "out": -1, "c1": -1}, {"c1": 1, "o2": -1}]
    gone = hidden(values, relations)
    assert "in" in gone
    assert len(gone) > 1
    for cell, other in itertools.pairwise(("c1", "o2")):
        assert (cell in gone) == (other in gone)


def test_nothing_small_hides_nothing():
    assert hidden({"a": 0, "b": 6, "total": 6}, [{"total": -1, "a": 1, "b": 1}]) == set()
    assert LARGEST == 5
