"""One child, two children: a count and its noun agree wherever they are told."""

import pytest

from fcl_tui.definitions.amounts import amount, in_words


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
        (1, "children", "need no further visit", "1 child needs no further visit"),
        (1, "reviews", "need not be held", "1 review need not be held"),
        (1, "rows", "held back", "1 row held back"),
        (1, "items", "of restricted records are not in it", "1 item of restricted records is not in it"),
        (3, None, "held back", "3 rows held back"),
    ],
)
def test_what_is_left_out_is_a_sentence(count, what, reason, told):
    assert in_words({"count": count, "what": what, "reason": reason}) == told
