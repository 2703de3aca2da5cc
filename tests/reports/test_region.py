"""What may leave an authority, and what authorities come to together, beside sums in plain Python."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fcl_tui.records.region import FIGURES, TOTAL, leaving, united


def figures(*rows):
    """(key, group, numerator, denominator, value, unit, higher_is_better), as at one day."""
    told = [(key, group, "2026-03-31", *rest) for key, group, *rest in rows]
    return pl.DataFrame(told, schema=FIGURES, orient="row")


def share(upper, below, key="in_time", better=True):
    value = None if not below else upper / below * 100
    return (key, None, float(upper), below, value, "per cent", better)


@pytest.mark.parametrize(
    ("row", "held"),
    [
        (("open", None, 0.0, None, 0.0, "children", None), False),
        (("open", None, 1.0, None, 1.0, "children", None), True),
        (("open", None, 5.0, None, 5.0, "children", None), True),
        (("open", None, 6.0, None, 6.0, "children", None), False),
        (share(0, 20), False),
        (share(5, 20), True),
        (share(6, 20), False),
        (share(14, 20), False),
        (share(15, 20), True),
        (share(20, 20), False),
        (share(0, 3), True),
        (("official", None, 15.0, 20, 75.0, "%", None), True),  # all but five, however its unit is written
        (("official", None, 14.0, 20, 70.0, "%", None), False),
        (("awaiting", None, 50.0, 53, 50.0, "children", None), True),  # the 3 who do not wait
        (("rate", None, 100.0, 40_000, 25.0, "rate per 10,000", None), False),
        (("rate", None, 4.0, 40_000, 1.0, "rate per 10,000", None), True),
        (("days", None, None, 5, 31.0, "working days", False), True),
        (("days", None, None, 6, 31.0, "working days", False), False),
    ],
)
def test_one_to_five_never_leave(row, held):
    (told,) = leaving(figures(row)).to_dicts()
    assert told["held_back"] is held
    if held:
        assert (told["numerator"], told["denominator"], told["value"]) == (None, None, None)


def test_a_single_group_held_back_takes_the_next_smallest_with_it():
    by = [
        ("need", one, float(n), None, float(n), "children", None)
        for one, n in {"a": 3, "b": 40, "c": 9, "d": 0}.items()
    ]
    told = {row["group"]: row["held_back"] for row in leaving(figures(*by)).to_dicts()}
    assert told == {"a": True, "b": False, "c": True, "d": False}


def test_totals_are_of_sums_and_ranks_by_what_is_better():
    east, west, north = (leaving(figures(share(*two))) for two in ((30, 40), (60, 120), (4, 100)))
    rows = united([("West", west), ("East", east), ("North", north)])
    total, first, second, third = rows.to_dicts()
    assert (total["authority"], total["numerator"], total["denominator"], total["authorities"]) == (
        TOTAL,
        90,
        160,
        2,
    )
    assert total["value"] == pytest.approx(90 / 160 * 100)
    assert total["held_back"]
    assert [(one["authority"], one["rank"], one["ranked"]) for one in (first, second, third)] == [
        ("East", 1, 2),
        ("North", None, 2),
        ("West", 2, 2),
    ]


def test_where_low_is_good_the_lowest_is_first_and_equals_share_a_rank():
    those = [
        (name, leaving(figures(share(n, 100, better=False)))) for name, n in (("A", 50), ("B", 20), ("C", 20))
    ]
    assert dict(
        united(those).filter(pl.col("authority") != TOTAL).select("authority", "rank").iter_rows()
    ) == {
        "A": 3,
        "B": 1,
        "C": 1,
    }


def test_a_median_has_no_total_and_a_rate_is_of_all_the_people():
    median = ("days", None, None, 50, 31.0, "working days", False)
    rate = [
        ("rate", None, 400.0, 40_000, 100.0, "rate per 10,000", None),
        ("rate", None, 100.0, 20_000, 50.0, "rate per 10,000", None),
    ]
    rows = united([("A", leaving(figures(median, rate[0]))), ("B", leaving(figures(median, rate[1])))])
    days, per = rows.filter(pl.col("authority") == TOTAL).to_dicts()
    assert days["value"] is None
    assert per["value"] == pytest.approx(500 / 60_000 * 10_000)


def test_none_given_is_no_rows():
    assert united([]).is_empty()


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=1, max_size=6))
def test_the_total_is_that_of_those_who_told(pairs):
    told = [(str(n), leaving(figures(share(min(two), max(two))))) for n, two in enumerate(pairs)]
    total = united(told).row(0, named=True)
    small = range(1, 6)
    kept = [
        (min(two), max(two))
        for two in pairs
        if max(two) and not {min(two), max(two), max(two) - min(two)} & set(small)
    ]
    below = sum(one for _, one in kept)
    assert total["authorities"] == len(kept)
    assert total["value"] == (pytest.approx(sum(one for one, _ in kept) / below * 100) if below else None)
