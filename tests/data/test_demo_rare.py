"""The demo authority of 2,000 open children has each case at least once that figures were wrong for."""

from datetime import date

import polars as pl
import pytest

from data.demo.files.ssda903_facts import return_of
from tests.ready import demo_tables

AS_AT = date(2026, 11, 23)
ADOPTION = ["A3", "A4", "A5", "A6"]


@pytest.fixture(scope="module", params=[1, 2])
def demo(request):
    return demo_tables(2000, request.param, AS_AT)


def never_assessed(demo):
    """Open referrals without an assessment: of who had a plan or was in care, and who came to it then."""
    spells = pl.concat(
        demo[table].select(p=f"{field}person_id", s=f"{field}{first}", e=f"{field}{last}")
        for table, field, first, last in (
            ("cin_plans", "cinp_", "cin_plan_start_date", "cin_plan_end_date"),
            ("cp_plans", "cppl_", "cp_plan_start_date", "cp_plan_end_date"),
            ("cla_episodes", "clae_", "cla_episode_start_date", "cla_episode_ceased_date"),
        )
    )
    never = (
        demo["cin_episodes"]
        .filter(pl.col("cine_close_date").is_null(), pl.col("cine_referral_nfa") != "Y")
        .join(demo["cin_assessments"], left_on="cine_referral_id", right_on="cina_referral_id", how="anti")
    )
    began = pl.col("cine_referral_date")
    joined = never.join(spells, left_on="cine_person_id", right_on="p")
    return (
        joined.filter(pl.col("s") < began, pl.col("e").is_null() | (pl.col("e") >= began)),
        joined.filter(pl.col("s") >= began),
    )


def test_a_referral_without_an_assessment_on_an_open_case_and_one_that_led_to_a_plan_or_care(demo):
    on_open_case, afterwards = never_assessed(demo)
    assert on_open_case.height
    assert afterwards.height


def test_permanence_with_and_without_a_decision(demo):
    decided = demo["permanence"]["perm_adm_decision_date"]
    assert 0 < decided.null_count() < decided.len()


def test_short_breaks_that_became_care_in_the_same_episode(demo):
    legal, episodes = demo["legal_status"], demo["cla_episodes"]
    first = legal.filter(pl.col("lega_legal_status") == "V4")
    then = legal.filter(pl.col("lega_legal_status") == "V2").select(
        "lega_person_id", lega_legal_status_end_date="lega_legal_status_start_date"
    )
    turned = first.join(then, on=["lega_person_id", "lega_legal_status_end_date"])
    one = turned.join(episodes, left_on="lega_person_id", right_on="clae_person_id").filter(
        pl.col("clae_cla_episode_start_date") <= pl.col("lega_legal_status_start_date"),
        pl.col("clae_cla_episode_ceased_date").is_null(),
    )
    assert one.height


def test_an_open_episode_beside_one_that_began_later_and_has_ended(demo):
    episodes = demo["cla_episodes"]
    ended = pl.col("clae_cla_episode_ceased_date").is_not_null()
    both = episodes.filter(~ended).join(episodes.filter(ended), on="clae_person_id", suffix="_ended")
    assert both.filter(
        pl.col("clae_cla_episode_start_date_ended") > pl.col("clae_cla_episode_start_date")
    ).height


def test_a_review_and_a_visit_on_the_day_of_placing_for_adoption_and_a_visit_on_the_day_of_a_move(demo):
    homes = demo["cla_placement"].select(
        "clap_cla_placement_type", person="clap_person_id", day="clap_cla_placement_start_date"
    )
    adopting = homes.filter(pl.col("clap_cla_placement_type").is_in(ADOPTION))
    reviews = demo["cla_reviews"].select(person="clar_cla_person_id", day="clar_cla_review_date")
    visits = demo["cla_visits"].select(person="clav_person_id", day="clav_cla_visit_date")
    assert adopting.join(reviews, on=["person", "day"]).height
    assert adopting.join(visits, on=["person", "day"]).height
    assert homes.join(visits, on=["person", "day"]).height


def test_no_further_action_beside_a_conference_and_beside_a_plan(demo):
    nothing = demo["cin_episodes"].filter(pl.col("cine_referral_nfa") == "Y").select("cine_referral_id")
    for table, column in (("initial_cp_conference", "icpc_referral_id"), ("cp_plans", "cppl_referral_id")):
        assert demo[table].join(nothing, left_on=column, right_on="cine_referral_id", how="semi").height


def test_a_referral_after_death_and_a_contact_long_before_birth(demo):
    people = demo["person"].select("pers_person_id", "pers_dob", "pers_death_date")
    referrals = demo["cin_episodes"].join(people, left_on="cine_person_id", right_on="pers_person_id")
    assert referrals.filter(pl.col("cine_referral_date") > pl.col("pers_death_date")).height
    contacts = demo["contacts"].join(people, left_on="cont_person_id", right_on="pers_person_id")
    assert contacts.filter(pl.col("cont_contact_date") < pl.col("pers_dob").dt.offset_by("-300d")).height


def test_young_people_with_and_without_a_pathway_plan(demo):
    planned = demo["care_leavers"]["clea_pathway_plan_review_date"]
    assert 0 < planned.null_count() < planned.len()


def test_a_return_with_help_that_is_not_needed_and_a_review_typed_ahead(demo):
    files = return_of(demo, AS_AT)
    helped = (pl.col("SUBSTANCE_MISUSE") == "0") & (pl.col("INTERVENTION_RECEIVED") == "1")
    assert files["oc2"].filter(helped).height == 1
    reviewed = files["reviews"]["REVIEW"]
    ahead = reviewed.str.to_date("%d/%m/%Y") if reviewed.dtype == pl.String else reviewed
    assert (ahead > AS_AT).sum() == 1
