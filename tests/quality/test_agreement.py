"""Agreement of two gradings: the golden tables, and an independent calculation."""

import random

import pytest

from fcl_tui.quality.agreement import ONE_GRADE, ac2, agreement, table_of, weighted_kappa

SPREAD = [[2, 1, 0, 0], [1, 9, 3, 0], [0, 2, 24, 2], [0, 0, 3, 6]]
NEARLY_ALL_GOOD = [[0, 0, 0, 0], [0, 0, 2, 0], [0, 3, 48, 0], [0, 0, 0, 0]]
ALL_GOOD = [[0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 53, 0], [0, 0, 0, 0]]


def test_the_golden_table_of_a_spread():
    told = agreement(SPREAD)
    assert (told.cases, told.exact, told.within_one) == (53, 41, 53)
    assert told.exact_percent == pytest.approx(77.36, abs=0.005)
    assert told.within_one_percent == 100
    assert told.kappa == pytest.approx(0.7135, abs=0.00005)
    assert (told.kappa_low, told.kappa_high) == (
        pytest.approx(0.5661, abs=5e-5),
        pytest.approx(0.8609, abs=5e-5),
    )
    assert told.ac2 == pytest.approx(0.8551, abs=0.00005)
    assert (told.second_lower, told.second_higher, told.across_good) == (6, 6, 5)
    assert told.mean_difference == 0
    assert told.verdict == "mostly consistent"


def test_kappa_is_below_zero_where_nearly_all_are_good_and_ac2_is_not():
    told = agreement(NEARLY_ALL_GOOD)
    assert told.exact_percent == pytest.approx(90.57, abs=0.005)
    assert told.kappa == pytest.approx(-0.0474, abs=0.00005)
    assert told.ac2 == pytest.approx(0.9662, abs=0.00005)
    assert told.verdict == "consistent"


def test_one_grade_only_cannot_be_computed_and_says_so():
    told = agreement(ALL_GOOD)
    assert (told.exact_percent, told.kappa, told.ac2, told.kappa_words) == (100, None, None, ONE_GRADE)


def test_no_cases_is_no_division():
    told = agreement([[0] * 4 for _ in range(4)])
    assert (told.cases, told.exact_percent, told.kappa, told.ac2, told.verdict) == (
        0,
        None,
        None,
        None,
        "no cases",
    )


def test_two_grades_apart_is_never_called_consistent():
    table = [[0] * 4 for _ in range(4)]
    table[2][2], table[0][2] = 52, 1
    assert agreement(table).exact_percent > 95
    assert agreement(table).verdict == "mostly consistent"


def test_pairs_become_a_table_with_the_first_in_rows():
    assert table_of([(2, 3), (2, 3), (4, 1)])[1][2] == 2
    assert table_of([(4, 1)])[3][0] == 1


def by_cases(pairs):
    """Kappa and AC2 case by case, without a table: mean distances, and distances of all pairs by chance."""
    n = len(pairs)
    seen = sum(abs(a - b) for a, b in pairs) / n / 3
    chance = sum(abs(a - b) for a, _ in pairs for _, b in pairs) / n / n / 3
    both = [sum((a == g) + (b == g) for a, b in pairs) / 2 / n for g in (1, 2, 3, 4)]
    weights = sum(1 - abs(i - j) / 3 for i in range(4) for j in range(4))
    pe = weights / 12 * sum(p * (1 - p) for p in both)
    return 1 - seen / chance, ((1 - seen) - pe) / (1 - pe)


def test_against_a_calculation_case_by_case():
    dice = random.Random(1)
    for _ in range(30):
        pairs = [(dice.randint(1, 4), dice.randint(1, 4)) for _ in range(25)]
        table = table_of(pairs)
        kappa, second = by_cases(pairs)
        assert weighted_kappa(table)[0] == pytest.approx(kappa)
        assert ac2(table) == pytest.approx(second)
