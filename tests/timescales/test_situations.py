"""What moves, keeps or stops the clock: one child a test, put into SSD tables."""

from dataclasses import replace
from datetime import date, timedelta

import polars as pl
import pytest

from fcl_tui.definitions.days.calendar import Calendar
from fcl_tui.timescales.engine import due_items
from fcl_tui.timescales.rulebook.packaged import load_rules
from fcl_tui.timescales.rulebook.rules import Settings
from fcl_tui.timescales.state import at
from tests.timescales.ssd import Authority

ENGLAND = Calendar.england(2019, 2028)
RULES = load_rules()


def D(text):
    return date.fromisoformat(text)


@pytest.fixture
def a():
    authority = Authority()
    authority.add("person", pers_person_id="C", pers_dob=D("2014-06-01"))
    return authority


def items(authority, *rules, settings=None):
    keys = {key: replace(rule, on=key in rules) for key, rule in RULES.rules.items()}
    chosen = replace(RULES, rules=keys, settings=settings or RULES.settings)
    return due_items(authority.scan, chosen, ENGLAND).sort("started", "cycle", "item_id").collect()


def standing(authority, as_at, *rules):
    return at(items(authority, *rules).lazy(), RULES.frame().lazy(), ENGLAND, D(as_at)).collect()


def said(frame, *columns):
    return [
        tuple(str(v) if isinstance(v, date) else v for v in row) for row in frame.select(columns).iter_rows()
    ]


def care(a, entered="2025-01-06", left=None, period="K"):
    a.add(
        "cla_episodes",
        clae_person_id="C",
        clae_cla_id=period,
        clae_cla_episode_start_date=D(entered),
        clae_cla_episode_ceased_date=D(left) if left else None,
    )


def placed(a, start, end=None, kind="U6", **values):
    return a.add(
        "cla_placement",
        clap_person_id="C",
        clap_cla_id=values.pop("period", "K"),
        clap_cla_placement_start_date=D(start),
        clap_cla_placement_end_date=D(end) if end else None,
        clap_cla_placement_type=kind,
        **values,
    )


def legal(a, code, start, end=None):
    a.add(
        "legal_status",
        lega_person_id="C",
        lega_legal_status=code,
        lega_legal_status_start_date=D(start),
        lega_legal_status_end_date=D(end) if end else None,
    )


def visited(a, *days, **values):
    for day in days:
        a.add("cla_visits", clav_person_id="C", clav_cla_visit_date=D(day), **values)


def reviewed(a, *days, period="K", **values):
    for day in days:
        a.add("cla_reviews", clar_cla_id=period, clar_cla_review_date=D(day), **values)


# --- placements --------------------------------------------------------------------------------------


def test_a_holiday_with_another_carer_does_not_restart_the_first_week(a):
    care(a)
    placed(a, "2025-01-06", "2025-03-01", clap_cla_placement_urn="F1")
    placed(a, "2025-03-01", "2025-03-10", "T3")
    placed(a, "2025-03-10", clap_cla_placement_urn="F1")
    visited(a, "2025-01-09", "2025-02-20")
    found = items(a, "cla_visit")
    assert said(found, "cycle", "started", "due_date", "ended")[-1] == (3, "2025-02-20", "2025-04-03", None)
    assert found["item_id"].str.split("|").list.get(2).n_unique() == 1


def test_another_placement_after_a_temporary_one_starts_afresh(a):
    care(a)
    placed(a, "2025-01-06", "2025-03-01", clap_cla_placement_urn="F1")
    placed(a, "2025-03-01", "2025-03-10", "T3")
    placed(a, "2025-03-10", clap_cla_placement_urn="F2")
    assert said(items(a, "cla_visit"), "started", "due_date", "ended") == [
        ("2025-01-06", "2025-01-13", "2025-03-10"),
        ("2025-03-10", "2025-03-17", None),
    ]


def test_a_move_to_the_same_carer_under_a_new_placement_starts_afresh(a):
    care(a)
    placed(a, "2025-01-06", "2025-03-01", "U6", clap_cla_placement_urn="F1")
    placed(a, "2025-03-01", None, "U4", clap_cla_placement_urn="F1")
    visited(a, "2025-02-20")
    assert said(items(a, "cla_visit"), "started", "due_date")[-1] == ("2025-03-01", "2025-03-08")


def test_a_change_of_legal_status_alone_keeps_the_clock(a):
    care(a)
    placed(a, "2025-01-06")
    legal(a, "V2", "2025-01-06", "2025-02-01")
    legal(a, "C2", "2025-02-01")
    visited(a, "2025-01-10")
    assert said(items(a, "cla_visit"), "started", "due_date")[-1] == ("2025-01-10", "2025-02-21")


def test_a_placement_left_open_ends_with_the_next_and_with_care(a):
    care(a, left="2025-06-02")
    placed(a, "2025-01-06")
    placed(a, "2025-03-03")
    assert said(items(a, "cla_visit"), "started", "ended", "ended_by") == [
        ("2025-01-06", "2025-03-03", "the placement ended"),
        ("2025-03-03", "2025-06-02", "the child stopped being looked after"),
    ]


def test_a_visit_on_the_day_of_a_move_belongs_to_the_new_placement(a):
    care(a)
    placed(a, "2025-01-06", "2025-03-03")
    placed(a, "2025-03-03")
    visited(a, "2025-03-03")
    assert said(items(a, "cla_visit"), "started", "done_date") == [
        ("2025-01-06", None),
        ("2025-03-03", "2025-03-03"),
        ("2025-03-03", None),
    ]
    refused = items(a, "cla_visit", settings=Settings(event_on_start_day_counts=False))
    assert said(refused, "started", "done_date")[0] == ("2025-01-06", "2025-03-03")


def test_short_breaks_have_no_ordinary_visits_reviews_or_checks(a):
    care(a)
    placed(a, "2025-01-06")
    legal(a, "V4", "2025-01-06")
    assert items(a, "cla_visit", "cla_review_first", "cla_review_second", "cla_review_later").is_empty()
    assert items(a, "health_initial", "health_review", "dental_check", "sdq", "immunisations").is_empty()


def test_a_care_plan_of_long_term_fostering_counts_only_in_a_foster_home(a):
    a.add(
        "cla_care_plan",
        lacp_person_id="C",
        lacp_cla_care_plan_start_date=D("2025-02-01"),
        lacp_cla_care_plan_json='{"RETURN1M": "N", "LTFOST18": "Y"}',
    )
    care(a)
    placed(a, "2025-01-06", kind="U6")
    visited(a, "2026-01-05", "2026-01-06")
    assert said(items(a, "cla_visit"), "step", "due_date")[-2:] == [
        ("later", "2026-02-16"),
        ("long_term", "2026-04-06"),
    ]


@pytest.mark.parametrize(
    ("text", "lasting"),
    [
        ('{"LTFOST18":"N","LTRELFR":"N"}', False),
        ('{"LTRELFR": true}', True),
        ('["LTFOST18"]', True),
        ("LTFOST", True),
        ('{"permanence_plan":"LTFOST"}', True),
        ('{"ADOPTION":"Y"}', False),
        (None, False),
    ],
)
def test_the_care_plan_is_read_in_every_shape(a, text, lasting):
    a.add("cla_care_plan", lacp_person_id="C", lacp_cla_care_plan_json=text)
    care(a)
    placed(a, "2025-01-06")
    visited(a, "2026-03-02")
    assert said(items(a, "cla_visit"), "step")[-1] == (("long_term" if lasting else "later"),)


# --- at home, and adoption ---------------------------------------------------------------------------


def test_a_full_care_order_at_home_takes_over_from_the_order(a):
    care(a)
    placed(a, "2025-01-06", kind="P1")
    legal(a, "C1", "2025-01-06", "2025-05-01")
    legal(a, "C2", "2025-05-01")
    reviewed(a, "2025-02-03")
    visited(a, "2025-01-10", "2025-01-20", "2025-04-14", "2025-05-07")
    found = items(a, "cla_visit", "cla_visit_care_order_home")
    assert said(found, "rule", "step", "started", "due_date", "done_date", "ended") == [
        ("cla_visit", "first", "2025-01-06", "2025-01-13", "2025-01-10", "2025-05-01"),
        (
            "cla_visit",
            "interim_order_home_before_review",
            "2025-01-10",
            "2025-01-17",
            "2025-01-20",
            "2025-05-01",
        ),
        (
            "cla_visit",
            "interim_order_home_before_review",
            "2025-01-20",
            "2025-01-27",
            "2025-04-14",
            "2025-05-01",
        ),
        ("cla_visit", "interim_order_home", "2025-04-14", "2025-05-12", None, "2025-05-01"),
        ("cla_visit_care_order_home", "first", "2025-05-01", "2025-05-08", "2025-05-07", None),
        ("cla_visit_care_order_home", "later", "2025-05-07", "2025-06-18", None, None),
    ]


def test_moving_home_under_a_care_order_counts_from_the_move(a):
    care(a)
    placed(a, "2025-01-06", "2025-06-02", "U6")
    placed(a, "2025-06-02", kind="P1")
    legal(a, "C2", "2025-02-01")
    assert said(items(a, "cla_visit_care_order_home"), "started", "due_date") == [
        ("2025-06-02", "2025-06-09")
    ]


def test_placed_for_adoption_follows_the_adoption_rules_and_stops_the_ordinary_ones(a):
    care(a)
    placed(a, "2025-01-06", "2025-09-01", "U6")
    placed(a, "2025-09-01", kind="A5")
    reviewed(a, "2025-01-31", "2025-04-25", "2025-09-26", "2025-12-19")
    visited(a, "2025-09-05", "2025-09-12", "2025-10-03")
    reviews = items(a, "cla_review_first", "cla_review_second", "cla_review_later")
    assert said(reviews, "rule", "started", "done_date", "ended")[-1] == (
        "cla_review_later",
        "2025-04-25",
        None,
        "2025-09-01",
    )
    assert said(items(a, "adoption_placement_review"), "step", "started", "due_date") == [
        ("first", "2025-09-01", "2025-09-29"),
        ("second", "2025-09-26", "2025-12-26"),
        ("later", "2025-12-19", "2026-06-19"),
    ]
    assert said(items(a, "adoption_placement_visit"), "step", "started", "due_date") == [
        ("first", "2025-09-01", "2025-09-08"),
        ("before_review", "2025-09-05", "2025-09-12"),
        ("before_review", "2025-09-12", "2025-09-19"),
        ("later", "2025-10-03", "2025-10-31"),
    ]
    assert set(items(a, "cla_visit")["started"]) == {D("2025-01-06")}


def rules_done(a, *rules):
    """Rule, start, end and the day it was done, of what was done."""
    found = items(a, *rules).filter(pl.col("done_date").is_not_null())
    return sorted(said(found, "rule", "started", "done_date"))


REVIEWS = ("cla_review_first", "cla_review_second", "cla_review_later", "adoption_placement_review")
VISITS = ("cla_visit", "cla_visit_care_order_home", "adoption_placement_visit")


def test_a_review_or_visit_on_the_day_of_placing_for_adoption_counts_once_for_the_clock_that_starts(a):
    care(a)
    placed(a, "2025-01-06", "2025-09-01", "U6")
    placed(a, "2025-09-01", kind="A5")
    reviewed(a, "2025-09-01")
    visited(a, "2025-09-01")
    assert rules_done(a, *REVIEWS) == [("adoption_placement_review", "2025-09-01", "2025-09-01")]
    assert said(items(a, "adoption_placement_review"), "step", "due_date")[-1] == ("second", "2025-12-01")
    assert rules_done(a, *VISITS) == [("adoption_placement_visit", "2025-09-01", "2025-09-01")]


@pytest.mark.parametrize("care_ends", [False, True])
def test_a_review_on_the_day_a_placement_for_adoption_ends_counts_once(a, care_ends):
    """For the ordinary clock where that starts again; for the one that ends where care ends with it."""
    care(a, left="2025-12-01" if care_ends else None)
    placed(a, "2025-09-01", "2025-12-01", "A5")
    reviewed(a, "2025-01-31", "2025-04-30", "2025-09-20", "2025-12-01")
    last = [one for one in rules_done(a, *REVIEWS) if one[2] == "2025-12-01"]
    rule = "adoption_placement_review" if care_ends else "cla_review_later"
    assert last == [(rule, "2025-09-20", "2025-12-01")]


@pytest.mark.parametrize(("kind", "code"), [("U6", "C2"), ("P1", "C2"), ("P1", "C1"), ("A5", "E1")])
def test_a_visit_on_the_day_of_a_move_counts_for_the_new_placement_whatever_its_rule(a, kind, code):
    care(a)
    legal(a, code, "2025-02-01")
    placed(a, "2025-01-06", "2025-03-03", "U6")
    placed(a, "2025-03-03", kind=kind)
    visited(a, "2025-03-03")
    ((_, started, done),) = rules_done(a, *VISITS)
    assert (started, done) == ("2025-03-03", "2025-03-03")


def test_a_visit_on_the_day_of_the_care_order_at_home_counts_for_the_orders_clock(a):
    care(a)
    placed(a, "2025-01-06", kind="P1")
    legal(a, "C2", "2025-05-01")
    visited(a, "2025-05-01")
    assert rules_done(a, *VISITS) == [("cla_visit_care_order_home", "2025-05-01", "2025-05-01")]


def test_a_visit_on_the_day_care_ends_counts_for_the_clock_that_ends(a):
    care(a, left="2025-06-02")
    placed(a, "2025-01-06")
    visited(a, "2025-06-02")
    assert rules_done(a, *VISITS) == [("cla_visit", "2025-01-06", "2025-06-02")]


def test_after_a_placement_for_adoption_breaks_down_ordinary_reviews_go_on(a):
    care(a)
    placed(a, "2025-09-01", "2026-02-01", "A5")
    placed(a, "2026-02-01")
    reviewed(a, "2025-01-31", "2025-04-25", "2025-09-26", "2025-12-19")
    found = items(a, "cla_review_first", "cla_review_second", "cla_review_later")
    assert said(found, "started", "due_date", "ended")[-1] == ("2025-12-19", "2026-06-19", None)


def test_a_review_not_held_while_placed_for_adoption_is_owed_again_when_that_ends(a):
    care(a)
    placed(a, "2025-01-06", "2025-07-01", "U6")
    placed(a, "2025-07-01", "2025-08-15", "A5")
    placed(a, "2025-08-15", kind="U6")
    reviewed(a, "2025-01-30", "2025-04-20")
    rules = ("cla_review_later", "adoption_placement_review")
    assert said(standing(a, "2025-07-20", *rules).sort("rule"), "rule", "state", "due_date") == [
        ("adoption_placement_review", "due", "2025-07-29"),
        ("cla_review_later", "not_required", "2025-10-20"),
    ]
    again = standing(a, "2025-11-01", *rules).filter(pl.col("open"))
    assert said(again, "rule", "state", "due_date", "known_from") == [
        ("cla_review_later", "overdue", "2025-10-20", "2025-08-15")
    ]


def test_the_latest_review_alone_is_not_called_overdue_before_it_must_be(a):
    """It may be the first (three months) or the second (six): the earlier date is given, and not as late."""
    a.latest_only.add("cla_reviews")
    care(a)
    reviewed(a, "2025-04-01")
    rule = "cla_review_second"
    for as_at, state in (("2025-06-30", "due_soon"), ("2025-09-30", "due_soon"), ("2025-10-02", "overdue")):
        item = standing(a, as_at, rule)
        assert said(item, "state", "due_date", "at_latest") == [(state, "2025-07-01", "2025-10-01")]
    reason = standing(a, "2025-09-30", rule)["reason"].item()
    assert reason.startswith("this is the earliest it can be due, the latest is 01/10/2025")


def test_where_the_beginning_of_care_is_not_in_the_source_no_first_date_is_made_up(a):
    """One year's return begins in the middle of a period: what counts from entering care is not known."""
    a.add("cla_episodes", clae_person_id="C", clae_cla_id="K", clae_cla_episode_start_reason="P",
          clae_cla_episode_start_date=D("2025-04-01"))  # fmt: skip
    rules = ("cla_review_first", "health_initial", "dental_check")
    found = standing(a, "2025-12-01", *rules)
    assert said(found.sort("rule"), "rule", "due_date", "state") == [
        (rule, None, None) for rule in sorted(rules)
    ]
    assert found["reason"].str.contains("the day this period of care began is not in the source").all()
    reviewed(a, "2025-09-01")
    later = standing(a, "2025-12-01", "cla_review_second").filter(pl.col("open"))
    assert said(later, "due_date") == [("2025-12-01",)]
    a.rows["cla_episodes"][0]["clae_entered_care_date"] = D("2024-01-08")
    assert said(standing(a, "2025-12-01", "health_initial"), "due_date") == [("2024-02-05",)]


def test_a_reversed_decision_ends_the_adoption_clock_with_nothing_missed(a):
    care(a)
    a.add(
        "permanence",
        perm_person_id="C",
        perm_cla_id="K",
        perm_adm_decision_date=D("2025-06-01"),
        perm_decision_reversed_date=D("2026-06-01"),
    )
    assert said(standing(a, "2026-07-01", "adoption_entry_to_placed"), "state", "reason") == [
        ("not_required", "the decision was reversed")
    ]


def test_before_the_decision_nobody_knew_that_the_plan_was_adoption(a):
    care(a, "2024-09-02")
    a.add(
        "permanence",
        perm_person_id="C",
        perm_cla_id="K",
        perm_adm_decision_date=D("2025-01-03"),
        perm_placement_order_date=D("2025-02-13"),
    )
    rule = "adoption_entry_to_placed"
    assert standing(a, "2025-01-02", rule).is_empty()
    assert said(standing(a, "2025-01-03", rule), "started", "due_date", "state") == [
        ("2024-09-02", "2025-11-02", "due")
    ]
    a.rows["permanence"][0] |= {"perm_adm_decision_date": None, "perm_matched_date": D("2025-02-03")}
    assert standing(a, "2025-02-02", rule).is_empty()
    assert said(standing(a, "2025-02-03", rule), "state") == [("due",)]


def test_matched_before_the_placement_order_is_no_days(a):
    a.add(
        "permanence",
        perm_person_id="C",
        perm_placement_order_date=D("2025-06-02"),
        perm_matched_date=D("2025-05-01"),
    )
    assert said(items(a, "adoption_order_to_match"), "started", "due_date", "done_date") == [
        ("2025-06-02", "2025-10-01", "2025-06-02")
    ]


@pytest.mark.parametrize(
    ("as_at", "states"), [("2026-03-08", {"due", "due_soon"}), ("2026-07-01", {"overdue"})]
)
def test_adoption_benchmarks_are_never_missed(a, as_at, states):
    care(a)
    a.add(
        "permanence",
        perm_person_id="C",
        perm_cla_id="K",
        perm_adm_decision_date=D("2025-06-01"),
        perm_placement_order_date=D("2025-12-01"),
    )
    rules = ("adoption_entry_to_placed", "adoption_order_to_match")
    open_ = standing(a, as_at, *rules)
    assert set(open_["state"]) <= states
    a.rows["cla_episodes"][0]["clae_cla_episode_ceased_date"] = D("2026-06-30")
    left = standing(a, "2026-07-01", *rules)
    assert set(left["state"]) == {"not_required"}
    assert (left["due_date"] < D("2026-06-30")).all()


@pytest.mark.parametrize("number", ["K", "L"])
def test_the_end_of_an_episode_with_x1_is_no_end_of_care(a, number):
    for start, end, why, own in (("2025-01-06", "2025-03-03", "X1", "K"), ("2025-03-03", None, None, number)):
        a.add(
            "cla_episodes",
            clae_person_id="C",
            clae_cla_id=own,
            clae_cla_episode_start_date=D(start),
            clae_cla_episode_ceased_date=D(end) if end else None,
            clae_cla_episode_ceased_reason=why,
        )
    reviewed(a, "2025-01-31")
    found = items(a, *REVIEWS)
    assert said(found, "started", "done_date", "ended") == [
        ("2025-01-06", "2025-01-31", None),
        ("2025-01-31", None, None),
    ]


def test_a_placement_order_changes_nothing_for_a_child_at_home_under_a_care_order(a):
    care(a)
    placed(a, "2025-01-06", "2025-10-01", kind="P1")
    placed(a, "2025-10-01", kind="A5")
    legal(a, "C2", "2025-05-01", "2025-08-01")
    legal(a, "E1", "2025-08-01")
    visited(a, "2025-05-07", "2025-08-20")
    found = items(a, "cla_visit_care_order_home")
    assert said(found, "started", "due_date", "ended") == [
        ("2025-05-01", "2025-05-08", "2025-10-01"),
        ("2025-05-07", "2025-06-18", "2025-10-01"),
        ("2025-08-20", "2025-10-01", "2025-10-01"),
    ]


def test_visits_stay_weekly_until_the_first_adoption_review_however_late_it_is(a):
    care(a)
    placed(a, "2025-09-01", kind="A5")
    visited(a, "2025-09-05", "2025-10-20", "2025-11-03", "2025-11-10")
    reviewed(a, "2025-11-04")
    assert said(items(a, "adoption_placement_visit"), "started", "due_date") == [
        ("2025-09-01", "2025-09-08"),
        ("2025-09-05", "2025-09-12"),
        ("2025-10-20", "2025-10-27"),
        ("2025-11-03", "2025-11-10"),
        ("2025-11-10", "2025-12-08"),
    ]


# --- reviews and plans -------------------------------------------------------------------------------


def test_reviews_are_found_by_period_when_they_name_no_child(a):
    care(a, "2025-01-06", "2025-06-01", "K1")
    care(a, "2025-09-01", None, "K2")
    reviewed(a, "2025-01-31", period="K1")
    reviewed(a, "2025-09-26", period="K2")
    assert said(items(a, "cla_review_first", "cla_review_second"), "rule", "started", "done_date") == [
        ("cla_review_first", "2025-01-06", "2025-01-31"),
        ("cla_review_second", "2025-01-31", None),
        ("cla_review_first", "2025-09-01", "2025-09-26"),
        ("cla_review_second", "2025-09-26", None),
    ]


def test_episodes_without_a_period_belong_together_while_they_touch(a):
    for start, end in (("2025-01-06", "2025-02-01"), ("2025-02-01", "2025-03-01"), ("2025-05-01", None)):
        a.add(
            "cla_episodes",
            clae_person_id="C",
            clae_cla_episode_start_date=D(start),
            clae_cla_episode_ceased_date=D(end) if end else None,
        )
    assert said(items(a, "cla_review_first"), "started", "ended") == [
        ("2025-01-06", "2025-03-01"),
        ("2025-05-01", None),
    ]


def test_a_review_held_early_pulls_the_next_one_forward(a):
    care(a)
    reviewed(a, "2025-01-31", "2025-04-25", "2025-06-02")
    assert said(items(a, "cla_review_later"), "started", "due_date")[-1] == ("2025-06-02", "2025-12-02")


def test_a_review_entered_on_the_day_the_plan_started_is_the_conference_itself(a):
    a.add("cp_plans", cppl_person_id="C", cppl_cp_plan_start_date=D("2025-03-03"))
    a.add("cp_reviews", cppr_person_id="C", cppr_cp_review_date=D("2025-03-03"))
    found = items(a, "cp_review_first", "cp_review_later")
    assert said(found, "rule", "due_date", "done_date") == [("cp_review_first", "2025-06-03", None)]
    assert "initial conference" in found["assumed"][0]


def test_plans_held_for_another_authority_are_left_out_with_their_visits(a):
    a.add("cp_plans", cppl_person_id="C", cppl_cp_plan_start_date=D("2025-01-06"), cppl_cp_plan_ola="Y")
    a.add("cp_visits", cppv_person_id="C", cppv_cp_visit_date=D("2025-01-20"))
    assert items(a, "cp_visit", "cp_review_first").is_empty()


def test_two_visits_on_a_day_are_one(a):
    a.add("cp_plans", cppl_person_id="C", cppl_cp_plan_start_date=D("2025-01-06"))
    for _ in range(2):
        a.add("cp_visits", cppv_person_id="C", cppv_cp_visit_date=D("2025-01-20"))
    assert items(a, "cp_visit")["cycle"].to_list() == [1, 2]


@pytest.mark.parametrize(("born", "due"), [("2026-01-20", ["2026-02-17"]), ("2026-03-16", [])])
def test_the_review_after_a_birth_is_given_only_where_it_comes_first(a, born, due):
    a.rows["person"][0]["pers_dob"] = D(born)
    a.add("cp_plans", cppl_person_id="C", cppl_cp_plan_start_date=D("2026-01-05"))
    a.add(
        "initial_cp_conference", icpc_person_id="C", icpc_cp_plan_id="cp_p1", icpc_icpc_date=D("2026-01-05")
    )
    assert [str(day) for day in items(a, "cp_prebirth_review")["due_date"]] == due
    assert not RULES["cp_prebirth_review"].on


def test_an_unborn_child_has_visits_and_reviews_without_an_age_limit(a):
    a.rows["person"][0]["pers_dob"] = None
    a.add("cp_plans", cppl_person_id="C", cppl_cp_plan_start_date=D("2026-01-05"))
    found = items(a, "cp_visit", "cp_review_first")
    assert found["limit_date"].null_count() == found.height == 2


def test_after_a_death_nothing_is_overdue_or_missed(a):
    a.rows["person"][0]["pers_death_date"] = D("2025-06-01")
    a.add("cp_plans", cppl_person_id="C", cppl_cp_plan_start_date=D("2025-01-06"))
    assert set(standing(a, "2025-07-01", "cp_visit", "cp_review_first")["state"]) == {"not_required"}
    assert set(standing(a, "2025-05-01", "cp_visit", "cp_review_first")["state"]) == {"overdue"}


def test_a_visit_that_names_another_childs_plan_counts_for_nobody(a):
    plan = a.add("cp_plans", cppl_person_id="C", cppl_cp_plan_start_date=D("2025-01-06"))
    a.add("cp_visits", cppv_person_id="OTHER", cppv_cp_plan_id=plan, cppv_cp_visit_date=D("2025-01-20"))
    assert items(a, "cp_visit")["done_date"].to_list() == [None]


def test_visits_and_conferences_that_name_no_child_are_found_by_what_they_name(a):
    care(a)
    placed(a, "2025-01-06")
    a.add("cla_visits", clav_cla_id="K", clav_cla_visit_date=D("2025-01-09"))
    assert said(items(a, "cla_visit"), "done_date")[0] == ("2025-01-09",)
    plan = a.add("cp_plans", cppl_person_id="C", cppl_cp_plan_start_date=D("2025-01-06"))
    a.add("cp_visits", cppv_cp_plan_id=plan, cppv_cp_visit_date=D("2025-01-10"))
    assert said(items(a, "cp_visit"), "done_date")[0] == ("2025-01-10",)
    one = a.add("s47_enquiry", s47e_person_id="C", s47e_s47_start_date=D("2024-12-16"))
    a.add("initial_cp_conference", icpc_s47_enquiry_id=one, icpc_icpc_date=D("2025-01-06"))
    assert said(items(a, "icpc_15wd"), "done_date") == [("2025-01-06",)]


# --- front door --------------------------------------------------------------------------------------


def referral(a, day, **values):
    return a.add("cin_episodes", cine_person_id="C", cine_referral_date=D(day), **values)


def assessed(a, referral_id, start, done=None):
    a.add(
        "cin_assessments",
        cina_person_id="C",
        cina_referral_id=referral_id,
        cina_assessment_start_date=D(start),
        cina_assessment_auth_date=D(done) if done else None,
    )


def test_the_first_assessment_counts_from_the_referral_and_the_next_from_its_own_start(a):
    one = referral(a, "2026-01-05")
    assessed(a, one, "2026-01-12", "2026-02-20")
    assessed(a, one, "2026-05-11")
    assert said(items(a, "assessment_45wd"), "started", "started_by", "due_date") == [
        ("2026-01-05", "referral", "2026-03-09"),
        ("2026-05-11", "assessment start", "2026-07-14"),
    ]
    own = items(a, "assessment_45wd", settings=Settings(assessment_clock="assessment"))
    assert own["started"].to_list() == [D("2026-01-12"), D("2026-05-11")]


def test_an_assessment_without_a_referral_takes_the_childs_latest(a):
    referral(a, "2026-01-05")
    assessed(a, None, "2026-01-12")
    assert said(items(a, "assessment_45wd"), "started", "started_by") == [("2026-01-05", "referral")]


def test_a_referral_without_an_assessment_waits_for_one(a):
    assessed(a, referral(a, "2025-01-06"), "2025-01-07", "2025-02-03")
    referral(a, "2026-01-05")
    found = standing(a, "2026-03-10", "assessment_45wd")
    assert said(found, "started", "state", "assumed")[-1] == (
        "2026-01-05",
        "overdue",
        "no assessment is recorded for this referral",
    )


@pytest.mark.parametrize("why", ["nfa", "closed", "already on a plan", "already in care"])
def test_a_referral_does_not_wait_for_ever(a, why):
    assessed(a, referral(a, "2025-01-06"), "2025-01-07", "2025-02-03")
    referral(
        a,
        "2026-01-05",
        cine_referral_nfa="Y" if why == "nfa" else "N",
        cine_close_date=D("2026-02-02") if why == "closed" else None,
    )
    if why == "already on a plan":
        a.add("cp_plans", cppl_person_id="C", cppl_cp_plan_start_date=D("2025-10-01"))
    if why == "already in care":
        care(a, "2026-01-04")
    assert not standing(a, "2026-06-01", "assessment_45wd")["open"].any()


@pytest.mark.parametrize("began", ["2025-10-01", "2025-10-02", "2025-11-20"])
@pytest.mark.parametrize("work", ["child in need", "protection", "care"])
def test_a_plan_or_care_after_the_referral_is_no_assessment(a, work, began):
    """Referred on 1 October, never assessed: overdue since 3 December, whatever began meanwhile."""
    referral(a, "2025-10-01")
    if work == "child in need":
        a.add("cin_plans", cinp_person_id="C", cinp_cin_plan_start_date=D(began))
    elif work == "protection":
        a.add("cp_plans", cppl_person_id="C", cppl_cp_plan_start_date=D(began))
    else:
        care(a, began)
    columns = ("due_date", "state", "ended", "open")
    assert said(standing(a, "2025-12-03", "assessment_45wd"), *columns) == [
        ("2025-12-03", "due_soon", None, True)
    ]
    found = standing(a, "2026-01-15", "assessment_45wd")
    assert said(found, *columns, "days_late") == [("2025-12-03", "overdue", None, True, 43)]


def test_a_referral_on_an_open_case_says_why_no_assessment_is_required(a):
    one = referral(a, "2025-10-01")
    plan = a.add("cin_plans", cinp_person_id="C", cinp_cin_plan_start_date=D("2025-09-30"))
    a.add("cp_plans", cppl_person_id="C", cppl_cp_plan_start_date=D("2025-10-20"))
    found = standing(a, "2025-10-01", "assessment_45wd")
    assert said(found, "state", "reason", "source_rows") == [
        (
            "not_required",
            "the child was already on a plan or in care when referred: a referral on an open case",
            f"cin_episodes/{one}; cin_plans/{plan}",
        )
    ]


def test_a_plan_that_ended_by_the_referral_is_no_open_case(a):
    a.add(
        "cin_plans",
        cinp_person_id="C",
        cinp_cin_plan_start_date=D("2025-01-06"),
        cinp_cin_plan_end_date=D("2025-10-01"),
    )
    referral(a, "2025-10-01")
    assert standing(a, "2026-01-15", "assessment_45wd")["state"].to_list() == ["overdue"]


def test_a_referral_older_than_a_partial_sources_assessments_is_not_waited_for(a):
    referral(a, "2025-12-01")
    assessed(a, referral(a, "2025-10-06"), "2025-11-03", "2026-01-06")
    referral(a, "2026-01-06")
    whole = [D("2025-10-06"), D("2025-12-01"), D("2026-01-06")]
    assert items(a, "assessment_45wd")["started"].to_list() == whole
    a.partial = {"cin_assessments"}
    assert items(a, "assessment_45wd")["started"].to_list() == [D("2025-10-06"), D("2026-01-06")]


def test_finished_before_it_started_has_no_due_date(a):
    a.add(
        "s47_enquiry",
        s47e_person_id="C",
        s47e_s47_start_date=D("2026-03-02"),
        s47e_s47_end_date=D("2026-02-02"),
    )
    found = standing(a, "2026-04-01", "s47_15wd")
    assert said(found, "due_date", "state", "days_late") == [(None, None, None)]
    assert "dates need checking" in found["reason"][0]


def enquiry(a, **values):
    return a.add("s47_enquiry", s47e_person_id="C", s47e_s47_start_date=D("2026-03-02"), **values)


def test_an_open_enquiry_may_need_a_conference_and_one_without_does_not(a):
    enquiry(a, s47e_s47_end_date=D("2026-03-30"), s47e_s47_outcome_json='{"CP_CONFERENCE_FLAG": "N"}')
    assert said(standing(a, "2026-03-24", "icpc_15wd"), "state") == [("overdue",)]
    after = standing(a, "2026-04-01", "icpc_15wd")
    assert said(after, "state", "reason") == [("not_required", "the enquiry ended without a conference")]


def test_an_enquiry_that_asks_for_a_conference_needs_one(a):
    enquiry(a, s47e_s47_end_date=D("2026-03-09"), s47e_s47_outcome_json='{"CP_CONFERENCE_FLAG": "Y"}')
    assert said(standing(a, "2026-03-24", "icpc_15wd"), "state", "days_late") == [("overdue", 1)]


def test_a_conference_that_names_no_enquiry_belongs_to_the_latest_one(a):
    enquiry(a)
    a.add("initial_cp_conference", icpc_person_id="C", icpc_icpc_date=D("2026-03-20"))
    assert said(items(a, "icpc_15wd"), "due_date", "done_date") == [("2026-03-23", "2026-03-20")]


def test_a_protection_plan_shows_that_a_conference_was_held(a):
    enquiry(a, s47e_s47_outcome_json='{"CP_CONFERENCE_FLAG": "Y"}')
    a.add("cp_plans", cppl_person_id="C", cppl_cp_plan_start_date=D("2026-03-20"))
    assert said(standing(a, "2026-05-01", "icpc_15wd"), "state") == [("not_required",)]


@pytest.mark.parametrize(
    ("offered", "accepted", "state"),
    [
        ("Y", "Y", "not_required"),
        ("Y", "N", "not_required"),
        ("NA", None, "not_required"),
        ("N", None, "overdue"),
        (None, None, "overdue"),
        ("Y", None, "overdue"),
    ],
)
def test_a_return_interview_is_never_called_late(a, offered, accepted, state):
    a.add(
        "missing",
        miss_person_id="C",
        miss_missing_episode_type="M",
        miss_missing_episode_end_date=D("2026-03-02"),
        miss_missing_rhi_offered=offered,
        miss_missing_rhi_accepted=accepted,
    )
    found = standing(a, "2026-03-10", "return_interview")
    assert found["state"].to_list() == [state]
    if state == "overdue":
        assert found["reason"].to_list() == ["deadline passed, not offered or not accepted"]


def test_a_child_still_missing_is_owed_no_interview_yet(a):
    a.add("missing", miss_person_id="C", miss_missing_episode_type="M")
    a.add(
        "missing",
        miss_person_id="C",
        miss_missing_episode_type="A",
        miss_missing_episode_end_date=D("2026-03-02"),
    )
    assert items(a, "return_interview").is_empty()


# --- health and leaving care -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "recorded", "state"),
    [
        ("Y", "2026-01-05", "due"),
        ("Y", "2024-01-05", "due_soon"),
        ("N", "2026-01-05", "overdue"),
        ("U", "2026-01-05", None),
        (None, None, None),
        ("Y", None, None),
    ],
)
def test_immunisations_are_a_status_not_an_interval(a, status, recorded, state):
    care(a)
    a.add(
        "cla_immunisations",
        clai_person_id="C",
        clai_immunisations_status=status,
        clai_immunisations_status_date=D(recorded) if recorded else None,
    )
    assert standing(a, "2026-06-01", "immunisations")["state"].to_list() == [state]


def leaver(a, born="2007-03-04", **values):
    a.rows["person"][0]["pers_dob"] = D(born)
    a.add(
        "care_leavers",
        clea_person_id="C",
        clea_care_leaver_eligibility=values.pop("eligibility", "Former Relevant"),
        clea_care_leaver_in_touch=values.pop("in_touch", "YES"),
        clea_care_leaver_latest_contact=values.pop("contact", None),
        clea_pathway_plan_review_date=values.pop("planned", None),
    )


@pytest.mark.parametrize(
    ("in_touch", "given"),
    [("YES", 1), ("NO", 1), ("REFU", 1), (None, 1), ("DIED", 0), ("NREQ", 0), ("RHOM", 0)],
)
def test_who_is_kept_in_touch_with(a, in_touch, given):
    leaver(a, in_touch=in_touch, contact=D("2026-01-05"))
    found = items(a, "pa_contact")
    assert found.height == given
    if in_touch == "REFU":
        assert found["assumed"].to_list() == ["the young person refuses contact"]


def test_support_goes_on_to_25_while_in_touch(a):
    leaver(a, born="2005-01-31", contact=D("2026-01-05"), planned=D("2025-12-01"))
    assert set(items(a, "pa_contact", "pathway_review")["limit_date"]) == {D("2030-01-31")}


def test_without_a_date_there_is_no_due_date_and_the_reason_is_said(a):
    leaver(a)
    found = standing(a, "2026-03-02", "pa_contact", "pathway_review")
    assert found["due_date"].null_count() == found["state"].null_count() == 2
    assert set(found["reason"]) == {"no contact date in the source", "no pathway plan date in the source"}
    assert found["open"].all()


def test_before_coming_into_care_no_contact_or_plan_is_missing(a):
    """The undated record speaks for the data loaded: first in care at 17, nothing was owed before."""
    leaver(a, born="2008-02-15", eligibility="Relevant")
    care(a, "2025-05-09", "2025-06-29")
    assert standing(a, "2025-05-08", "pa_contact", "pathway_review").is_empty()
    assert standing(a, "2025-05-09", "pa_contact", "pathway_review").height == 2


def test_thirteen_weeks_may_be_made_of_several_periods(a):
    a.rows["person"][0]["pers_dob"] = D("2009-08-01")
    care(a, "2023-06-01", "2023-09-30", "K1")  # from the fourteenth birthday: 60 days
    care(a, "2025-10-01", None, "K2")
    found = items(a, "pathway_assessment")
    assert said(found, "started", "due_date") == [("2025-11-01", "2026-02-01")]


def test_a_child_who_left_before_sixteen_is_not_eligible(a):
    a.rows["person"][0]["pers_dob"] = D("2009-08-01")
    care(a, "2023-01-01", "2025-07-31")
    assert items(a, "pathway_assessment").is_empty()


def test_a_relevant_child_without_a_plan_has_three_months_from_leaving(a):
    leaver(a, born="2009-01-05", eligibility="Relevant")
    care(a, "2023-01-09", "2025-06-02")
    found = standing(a, "2025-09-03", "pathway_assessment")
    assert said(found, "started", "due_date", "state") == [
        ("2025-01-05", "2025-04-05", "missed"),
        ("2025-06-02", "2025-09-02", "overdue"),
    ]


def test_a_plan_date_long_after_is_a_review_and_no_lateness_is_claimed(a):
    leaver(a, born="2007-03-04", planned=D("2026-02-02"))
    care(a, "2020-01-06", "2025-03-04")
    found = standing(a, "2026-03-02", "pathway_assessment")
    assert said(found, "due_date", "days_late") == [(None, None)]


def test_a_plan_date_that_may_be_a_reviews_is_never_overdue_or_missed_before_it(a):
    """Eligible from 5 January 2025, due 5 April, dated 2 June: it may be the review of a plan of March."""
    leaver(a, born="2009-01-05", eligibility="Eligible", planned=D("2025-06-02"))
    care(a, "2023-01-09")
    (item,) = standing(a, "2025-05-01", "pathway_assessment").to_dicts()
    assert (item["due_date"], item["state"], item["open"]) == (D("2025-04-05"), "due_soon", True)
    assert "may be a review's" in item["reason"]
    assert said(standing(a, "2025-04-04", "pathway_assessment"), "state") == [("due_soon",)]
    assert said(standing(a, "2025-06-02", "pathway_assessment"), "state", "open") == [("late", False)]
    a.rows["cla_episodes"][0]["clae_cla_episode_ceased_date"] = D("2025-05-12")
    a.rows["care_leavers"][0]["clea_care_leaver_eligibility"] = "Relevant"
    left = standing(a, "2025-05-20", "pathway_assessment").filter(pl.col("started") == D("2025-01-05"))
    assert said(left, "state", "days_late") == [("not_required", None)]


def test_a_plan_dated_after_leaving_care_does_not_show_that_none_was_made_before(a):
    """Due 5 April, left care on 12 May, relevant, plan dated 2 July: done; nothing missed, nothing late."""
    leaver(a, born="2009-01-05", eligibility="Relevant", planned=D("2025-07-02"))
    care(a, "2023-01-09", "2025-05-12")
    found = standing(a, "2026-01-05", "pathway_assessment")
    assert said(found, "started", "state", "done_date", "open") == [
        ("2025-01-05", "not_required", "2025-07-02", False),
        ("2025-05-12", "on_time", "2025-07-02", False),
    ]
    assert "when the first plan was made is not known" in found["reason"][0]


def test_leaving_care_by_the_due_day_ends_the_assessment_whatever_plan_came_later(a):
    leaver(a, born="2009-01-05", eligibility="Former Relevant", planned=D("2025-07-02"))
    care(a, "2023-01-09", "2025-04-05")
    assert said(standing(a, "2026-01-05", "pathway_assessment"), "state", "reason") == [
        ("not_required", "the child stopped being looked after by the due day")
    ]


def test_proceedings_end_with_the_final_order(a):
    legal(a, "C1", "2025-10-06", "2025-12-01")
    legal(a, "C1", "2025-12-01", "2026-03-20")
    legal(a, "C2", "2026-03-20")
    found = items(a, "care_proceedings_26w")
    assert said(found, "started", "due_date", "done_date") == [("2025-10-06", "2026-04-05", "2026-03-20")]
    assert "is used instead" in found["assumed"][0]


# --- hostile rows ------------------------------------------------------------------------------------


def test_rows_without_a_child_or_a_start_give_nothing_and_break_nothing(a):
    for person in ("C", None):
        a.add("cp_plans", cppl_person_id=person)
        a.add("cp_visits", cppv_person_id=person)
        a.add("cin_plans", cinp_person_id=person)
        a.add("cla_placement", clap_person_id=person)
        a.add("cla_episodes", clae_person_id=person)
        a.add("cla_reviews", clar_cla_person_id=person)
        a.add("cin_assessments", cina_person_id=person)
        a.add("s47_enquiry", s47e_person_id=person)
        a.add("initial_cp_conference", icpc_person_id=person)
        a.add("legal_status", lega_person_id=person)
        a.add("missing", miss_person_id=person, miss_missing_episode_type="M")
        a.add("permanence", perm_person_id=person)
        a.add("cin_episodes", cine_person_id=person)
    assert due_items(a.scan, RULES, ENGLAND).collect().is_empty()


def test_children_of_whom_nothing_else_is_known_still_have_due_dates(a):
    a.add("cp_plans", cppl_person_id="ORPHAN", cppl_cp_plan_start_date=D("2026-01-05"))
    assert items(a, "cp_visit")["person_id"].to_list() == ["ORPHAN"]


def test_an_empty_source_gives_an_empty_frame():
    assert due_items(Authority().scan, RULES, ENGLAND).collect().is_empty()


def test_the_same_row_twice_is_one_item(a):
    for _ in range(2):
        a.add("cp_plans", cppl_cp_plan_id="X", cppl_person_id="C", cppl_cp_plan_start_date=D("2026-01-05"))
    assert items(a, "cp_visit")["item_id"].to_list() == ["C|cp_visit|X|1"]


def test_a_working_day_date_past_the_known_holidays_says_so(a):
    a.add("cin_plans", cinp_person_id="C", cinp_cin_plan_start_date=D("2028-12-20"))
    assert items(a, "cin_visit")["assumed"].to_list() == [
        "bank holidays after 2028 are not known yet: the day may move"
    ]


# --- sources that hold only the latest ---------------------------------------------------------------


def test_only_the_latest_visit_gives_only_the_cycle_it_opens(a):
    a.latest_only = {"cp_visits", "cla_visits"}
    a.add("cp_plans", cppl_person_id="C", cppl_cp_plan_start_date=D("2025-01-06"))
    a.add("cp_visits", cppv_person_id="C", cppv_cp_visit_date=D("2026-03-02"))
    assert said(items(a, "cp_visit"), "started", "due_date", "assumed") == [
        ("2026-03-02", "2026-03-16", "only the latest visit is in this source")
    ]


@pytest.mark.parametrize(
    ("held", "rule", "due"),
    [
        (None, "cla_review_first", "2025-02-03"),
        ("2025-01-31", "cla_review_second", "2025-04-30"),
        ("2025-05-03", "cla_review_second", "2025-08-03"),
        ("2025-05-04", "cla_review_later", "2025-11-04"),
    ],
)
def test_which_review_the_latest_one_was_is_taken_on_the_safe_side(a, held, rule, due):
    a.latest_only = {"cla_reviews"}
    care(a)
    if held:
        reviewed(a, held)
    found = items(a, "cla_review_first", "cla_review_second", "cla_review_later")
    assert said(found, "rule", "due_date") == [(rule, due)]
    assert (found["assumed"][0] is None) == (held is None)


def test_a_table_the_source_does_not_have_gives_no_items_that_look_overdue(a):
    a.none = {"cp_visits"}
    a.add("cp_plans", cppl_person_id="C", cppl_cp_plan_start_date=D("2025-01-06"))
    assert set(due_items(a.scan, RULES, ENGLAND).collect()["rule"]) == {"cp_review_first"}


# --- invariants on the whole -------------------------------------------------------------------------


def test_more_holidays_never_bring_a_working_day_date_forward(a):
    closed = Calendar.england(2019, 2028, closures=[D("2026-01-12"), D("2026-01-13")])
    a.add("cp_plans", cppl_person_id="C", cppl_cp_plan_start_date=D("2026-01-05"))
    a.add("cp_visits", cppv_person_id="C", cppv_cp_visit_date=D("2026-01-09"))
    before = items(a, "cp_visit")["due_date"]
    keys = {key: replace(rule, on=key == "cp_visit") for key, rule in RULES.rules.items()}
    after = due_items(a.scan, replace(RULES, rules=keys), closed).sort("cycle").collect()["due_date"]
    assert (after >= before).all()
    assert (after - before).dt.total_days().to_list() == [2, 4]


def test_a_later_day_never_makes_an_item_less_late(a):
    a.add("cp_plans", cppl_person_id="C", cppl_cp_plan_start_date=D("2026-01-05"))
    late = [
        standing(a, str(D("2026-01-10") + timedelta(days=n)), "cp_visit")["days_late"][0] for n in range(30)
    ]
    assert late == sorted(late)


@pytest.mark.parametrize(
    ("as_at", "state", "days"),
    [
        ("2026-01-09", "due", 6),
        ("2026-01-12", "due_soon", 5),
        ("2026-01-19", "due_soon", 0),
        ("2026-01-20", "overdue", -1),
        ("2026-01-26", "overdue", -5),
    ],
)
def test_each_boundary_of_due_soon_and_overdue(a, as_at, state, days):
    a.add("cp_plans", cppl_person_id="C", cppl_cp_plan_start_date=D("2026-01-05"))
    assert said(standing(a, as_at, "cp_visit"), "state", "days") == [(state, days)]


def test_the_past_is_seen_as_it_was_known(a):
    a.add(
        "cp_plans",
        cppl_person_id="C",
        cppl_cp_plan_start_date=D("2026-01-05"),
        cppl_cp_plan_end_date=D("2026-03-02"),
    )
    a.add("cp_visits", cppv_person_id="C", cppv_cp_visit_date=D("2026-01-28"))
    then = standing(a, "2026-01-27", "cp_visit")
    assert said(then, "state", "done_date", "ended", "days_late") == [("overdue", None, None, 8)]
    now = standing(a, "2026-03-02", "cp_visit").sort("cycle")
    assert said(now, "state", "days_late") == [("late", 9), ("missed", 19)]


def test_unfinished_items_stand_as_they_do_among_all_the_others(a):
    a.add("cp_plans", cppl_person_id="C", cppl_cp_plan_start_date=D("2026-01-05"))
    for day in ("2026-01-28", "2026-02-04"):
        a.add("cp_visits", cppv_person_id="C", cppv_cp_visit_date=D(day))
    found = items(a, "cp_visit", "cp_review_first")
    for as_at in ("2026-01-27", "2026-01-28", "2026-03-02"):
        whole = at(found.lazy(), RULES.frame().lazy(), ENGLAND, D(as_at)).collect()
        part = at(found.lazy(), RULES.frame().lazy(), ENGLAND, D(as_at), unfinished=True).collect()
        kept = whole.filter(pl.col("done_date").is_null(), pl.col("ended").is_null())
        assert part.sort("item_id").equals(kept.sort("item_id"))


def test_state_needs_no_more_than_the_contracts_columns(a):
    a.add("cp_plans", cppl_person_id="C", cppl_cp_plan_start_date=D("2026-01-05"))
    bare = items(a, "cp_visit").drop("step", "ended_by", "waived", "soft", "unknown", "soon", "soon_unit")
    found = at(bare.lazy(), RULES.frame().lazy(), ENGLAND, D("2026-01-12")).collect()
    assert found["state"].to_list() == ["due_soon"]
    assert found.filter(pl.col("name") == "Child protection visit").height == 1


# --- the exact day -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("born", "state"), [("2008-01-19", "not_required"), ("2008-01-20", "overdue")])
def test_due_on_the_birthday_is_not_required_and_the_day_before_is(a, born, state):
    a.rows["person"][0]["pers_dob"] = D(born)
    a.add("cp_plans", cppl_person_id="C", cppl_cp_plan_start_date=D("2026-01-05"))
    found = standing(a, "2026-01-25", "cp_visit")
    assert said(found, "due_date", "state") == [("2026-01-19", state)]


def test_a_review_on_the_day_of_the_visit_ends_the_weekly_visits_at_home(a):
    care(a)
    placed(a, "2025-01-06", kind="P1")
    legal(a, "C1", "2025-01-06")
    reviewed(a, "2025-02-03")
    visited(a, "2025-02-02", "2025-02-03")
    assert said(items(a, "cla_visit"), "started", "due_date")[1:] == [
        ("2025-02-02", "2025-02-09"),
        ("2025-02-03", "2025-03-03"),
    ]


def test_an_interim_order_that_ended_on_the_day_of_the_visit_is_not_in_force(a):
    care(a)
    placed(a, "2025-01-06", kind="P1")
    legal(a, "C1", "2025-01-06", "2025-02-03")
    visited(a, "2025-02-03")
    assert said(items(a, "cla_visit"), "step")[-1] == ("later",)


def test_a_transfer_in_conference_is_another_rules(a):
    one = enquiry(a)
    a.add(
        "initial_cp_conference",
        icpc_person_id="C",
        icpc_s47_enquiry_id=one,
        icpc_icpc_date=D("2026-04-20"),
        icpc_icpc_transfer_in="Y",
    )
    assert items(a, "icpc_15wd").is_empty()


def test_an_assessment_started_on_the_day_of_the_referral_rests_on_both_rows(a):
    one = referral(a, "2026-01-05")
    assessed(a, one, "2026-01-05")
    found = items(a, "assessment_45wd")
    assert said(found, "started_by", "source_rows") == [
        ("referral", f"cin_episodes/{one}; cin_assessments/cin_1")
    ]


def test_early_permanence_and_the_carer_who_adopts_stop_the_adoption_clock(a):
    care(a)
    values = {"perm_person_id": "C", "perm_cla_id": "K", "perm_adm_decision_date": D("2025-06-02")}
    a.add("permanence", **values, perm_placed_ffa_cp_date=D("2025-03-03"))
    a.add(
        "permanence",
        **values,
        perm_placed_foster_carer_date=D("2025-04-01"),
        perm_adopted_by_carer_flag="Y",
    )
    a.add("permanence", **values, perm_placed_foster_carer_date=D("2025-04-01"))
    found = items(a, "adoption_entry_to_placed")["done_date"].to_list()
    assert found == [D("2025-03-03"), D("2025-04-01"), None]
