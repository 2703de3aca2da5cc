"""One child, two children: a count and its noun agree wherever they are told."""

import polars as pl
import pytest

from fcl_tui.definitions.wording.amounts import amount, in_words
from fcl_tui.definitions.wording.thousands import thousands


@pytest.mark.parametrize(
    ("count", "plural", "told"),
    [
        (0, "episodes", "0 episodes"),
        (1, "episodes", "1 episode"),
        (2178, "referrals", "2,178 referrals"),
        (1, "children", "1 child"),
        (1, "children waiting", "1 child waiting"),
        (1, "young people", "1 young person"),
        (1, "enquiries", "1 enquiry"),
        (1, "figure", "1 figure"),
        (1, "episodes of need", "1 episode of need"),
        (1, "table of care leavers", "1 table of care leavers"),
    ],
)
def test_a_count_and_its_noun_agree(count, plural, told):
    assert amount(count, plural) == told


@pytest.mark.parametrize(
    ("count", "what", "reason", "told"),
    [
        (1, "children", "are in no family group", "1 child is in no family group"),
        (2, "children", "are in no family group", "2 children are in no family group"),
        (1, "young people", "have a leaving care record", "1 young person has a leaving care record"),
        (1, "young people", "have left care and are out", "1 young person has left care and is out"),
        (1, "children", "need no further visit", "1 child needs no further visit"),
        (1, "reviews", "need not be held", "1 review need not be held"),
        (1, "rows", "held back", "1 row held back"),
        (1, "items", "of restricted records are not in it", "1 item of restricted records is not in it"),
        (3, None, "held back", "3 rows held back"),
    ],
)
def test_what_is_left_out_is_a_sentence(count, what, reason, told):
    assert in_words({"count": count, "what": what, "reason": reason}) == told


def test_whole_numbers_have_commas_as_python_writes_them():
    numbers = [0, 7, 999, 1000, 1007, 12_345, 999_999, 1_000_000, 1_002_003, 98_765_432, -1, -1234, 2177.6]
    told = pl.DataFrame({"n": numbers}, schema={"n": pl.Float64}, strict=False).select(thousands(pl.col("n")))
    assert told.to_series().to_list() == [f"{round(number):,}" for number in numbers]
    assert pl.select(thousands(pl.lit(None, pl.Float64))).item() is None
