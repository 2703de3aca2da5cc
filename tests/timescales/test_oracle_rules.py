"""The engine against the oracle's own account of every rule that is not a plain chain of visits or checks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fcl_tui.loading.prepare import ENGINE  # as a load does
from fcl_tui.timescales.engine import CLOCKS, due_items
from fcl_tui.timescales.state import at
from tests.timescales import histories
from tests.timescales import oracle_rules as told
from tests.timescales.test_oracle import ENGLAND, HOLIDAYS, RULES, SLOW, only


def some(of):
    return st.lists(of, min_size=1, max_size=12)


def compare(children, as_at, *accounts):
    """Every item of these rules and how it stands; `accounts` are (account, *rules)."""
    frames = histories.authority_of(children).frames()
    rules = [rule for _, *rules in accounts for rule in rules]
    found = due_items(frames.__getitem__, only(*rules), ENGLAND).collect(engine=ENGINE)
    standing = at(found.lazy(), RULES.frame().lazy(), ENGLAND, as_at).collect()
    theirs, states = {}, {}
    for row in found.iter_rows(named=True):
        what = (row["rule"], row["cycle"], row["started"], row["due_date"], row["done_date"], row["ended"])
        theirs.setdefault(row["person_id"], []).append(what)
    for row in standing.iter_rows(named=True):
        state = "due" if row["state"] == "due_soon" else row["state"]
        what = (row["rule"], row["cycle"], row["started"], state, row["days_late"])
        states.setdefault(row["person_id"], []).append(what)
    for number, child in enumerate(children):
        items = [item for account, *_ in accounts for item in account(child, HOLIDAYS)]
        expected = [(i.rule, i.cycle, i.started, i.due, i.done, i.ended) for i in items]
        assert same(theirs.get(f"P{number}", []), expected), child
        expected = [(i.rule, i.cycle, i.started, *i.state(as_at)) for i in items if i.there(as_at)]
        assert same(states.get(f"P{number}", []), expected), child


def same(theirs, ours):
    if sorted(theirs, key=repr) == sorted(ours, key=repr):
        return True
    print("engine only:", [one for one in theirs if one not in ours])
    print("oracle only:", [one for one in ours if one not in theirs])
    return False


@SLOW
@given(some(histories.front_door()), histories.as_ats)
def test_the_front_door(children, as_at):
    compare(
        children,
        as_at,
        (told.assessments, "assessment_45wd"),
        (told.enquiries, "s47_15wd"),
        (told.conferences, "icpc_15wd"),
        (told.return_interviews, "return_interview"),
        (told.pre_proceedings, "preproceedings_16w"),
    )


@SLOW
@given(some(histories.unborn()), histories.as_ats)
def test_reviews_after_a_birth(children, as_at):
    compare(children, as_at, (told.reviews_after_birth, "cp_prebirth_review"))


@SLOW
@given(some(histories.in_care()), histories.as_ats)
def test_visits_in_every_kind_of_placement(children, as_at):
    compare(
        children,
        as_at,
        (
            told.looked_after_visits,
            "cla_visit",
            "cla_visit_care_order_home",
            "adoption_placement_visit",
        ),
    )


@SLOW
@given(some(histories.in_care()), histories.as_ats)
def test_reviews_court_adoption_and_immunisations(children, as_at):
    compare(
        children,
        as_at,
        (told.adoption_reviews, "adoption_placement_review"),
        (told.looked_after_reviews, "cla_review_first", "cla_review_second", "cla_review_later"),
        (told.immunised, "immunisations"),
        (told.proceedings, "care_proceedings_26w"),
        (told.adoption_steps, "adoption_entry_to_placed", "adoption_order_to_match"),
    )


@SLOW
@given(some(histories.leaving_care()), histories.as_ats)
def test_leaving_care(children, as_at):
    compare(
        children,
        as_at,
        (told.pathway_assessments, "pathway_assessment"),
        (told.pathway_reviews, "pathway_review"),
        (told.contacts, "pa_contact"),
        (told.adviser_visits, "pa_visit_first", "pa_visit_later"),
    )


@pytest.mark.parametrize("keys", CLOCKS, ids=lambda keys: keys[0])
def test_the_oracle_knows_every_rule_the_engine_does(keys):
    from pathlib import Path

    texts = [
        Path(__file__).with_name(name).read_text(encoding="utf-8")
        for name in ("test_oracle.py", "test_oracle_rules.py")
    ]
    assert all(any(f'"{key}"' in text for text in texts) for key in keys)
