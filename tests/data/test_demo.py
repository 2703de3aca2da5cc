"""The demo authority: always the same, whole in itself, and like a real one in the figures that matter."""

import hashlib
import subprocess
import sys
from datetime import date

import polars as pl
import pytest

from data.demo import generate, restricted
from data.demo.days import Days
from data.demo.flaws import ORPHAN
from data.demo.people.names import AWKWARD
from data.schema.codes import labels
from data.schema.tables import PREFIX, fields, key_of, names, person_of, polars_schema

AS_AT = date(2026, 11, 23)


@pytest.fixture(scope="module")
def demo():
    return generate(2000, 1, AS_AT)


def digest(tables):
    text = "".join(f"{name}{frame.write_csv()}" for name, frame in tables.items())
    return hashlib.sha256(text.encode()).hexdigest()


def is_open(end):
    return pl.col(end).is_null()


def between(value, low, high):
    assert low <= value <= high, value
    return True


# the same for the same parameters


def test_the_same_parameters_give_the_same_rows_in_another_process_on_one_thread():
    script = (
        "import sys; sys.path.insert(0, '.')\n"
        "from datetime import date\n"
        "from data.demo import generate\n"
        "from tests.data.test_demo import digest\n"
        "print(digest(generate(60, 5, date(2026, 2, 28))))"
    )
    other = subprocess.run(
        [sys.executable, "-c", script],
        env={"POLARS_MAX_THREADS": "1", "PYTHONHASHSEED": "7", "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert other.stdout.strip() == digest(generate(60, 5, date(2026, 2, 28)))


def test_another_seed_is_another_authority():
    assert digest(generate(30, 1, AS_AT)) != digest(generate(30, 2, AS_AT))


@pytest.mark.parametrize("children", [1, 2, 13, 50])
@pytest.mark.parametrize("as_at", [date(2024, 2, 29), date(2026, 1, 4), date(2026, 9, 30)])
def test_any_size_and_any_day_will_do(children, as_at):
    tables = generate(children, 3, as_at)
    assert tables["person"].height > children
    assert tables["cla_visits"]["clav_cla_visit_date"].max() <= as_at


# the shape of the standard


def test_all_tables_are_there_in_the_standard_s_shape(demo):
    assert list(demo) == list(names())
    for name, frame in demo.items():
        assert dict(frame.schema) == polars_schema(name), name


def test_keys_are_digits_and_unique_and_rows_say_where_they_stand(demo):
    for name, frame in demo.items():
        key = frame[key_of(name)]
        assert key.null_count() == 0, name
        assert key.n_unique() == frame.height, name
        if name != "version_log":
            assert key.str.contains(r"^\d+$").all(), name
        assert (frame["source_row"] == PREFIX + name + "/" + key).all(), name


def test_codes_are_those_of_the_standard(demo):
    for name, frame in demo.items():
        for field in fields(name):
            if field.code_list and not field.name.endswith("json"):
                strange = set(frame[field.name].drop_nulls()) - set(labels(field.code_list))
                assert not strange, (field.name, strange)


def test_texts_fit_into_the_deployed_columns(demo):
    for name, frame in demo.items():
        for field in fields(name):
            if field.kind == "string" and field.max_length and frame.height:
                assert (frame[field.name].str.len_chars().max() or 0) <= field.max_length, field.name


# the numbers of a city


def test_how_many_there_are_of_each(demo):
    cases = demo["cin_episodes"].filter(is_open("cine_close_date"))
    assert cases["cine_person_id"].n_unique() == 2000
    on_plan = demo["cp_plans"].filter(is_open("cppl_cp_plan_end_date"))
    assert between(on_plan.height, 310, 350)
    in_care = demo["cla_episodes"].filter(is_open("clae_cla_episode_ceased_date"))
    assert between(in_care["clae_person_id"].n_unique(), 360, 400)
    status = demo["legal_status"].filter(is_open("lega_legal_status_end_date"))["lega_legal_status"]
    assert between(status.is_in(["V3", "V4"]).sum(), 3, 15)
    leavers = demo["care_leavers"].filter(pl.col("clea_care_leaver_eligibility") != "No Current Eligibility")
    assert between(leavers.height, 270, 350)
    assert set(leavers["clea_care_leaver_eligibility"]) == {
        "Eligible",
        "Relevant",
        "Former Relevant",
        "Qualifying",
    }
    assert {"YES", "NO", "REFU", "NREQ", "RHOM"} <= set(leavers["clea_care_leaver_in_touch"])
    everyone = demo["person"].height
    assert between(everyone / 2000, 4, 6.5)
    assert between(
        demo["contacts"].height, 1.2 * demo["cin_episodes"].height, 2 * demo["cin_episodes"].height
    )


def test_teams_and_workers_carry_real_caseloads(demo):
    current = demo["involvements"].filter(
        is_open("invo_involvement_end_date") & (pl.col("invo_professional_role_id") == "CW")
    )
    assert between(current["invo_professional_team"].n_unique(), 17, 24)
    load = current.group_by("invo_professional_id").len()["len"]
    assert between(load.len(), 120, 200)
    assert between(load.median(), 11, 18)
    assert load.quantile(0.98) <= 28
    without = 2000 - current.filter(pl.col("invo_professional_id").is_not_null())["invo_person_id"].n_unique()
    assert between(without, 10, 70)
    roles = set(demo["involvements"]["invo_professional_role_id"])
    assert roles == {"CW", "PA", "IRO"}


def test_every_open_leaver_s_adviser_is_a_known_professional(demo):
    leavers = demo["care_leavers"]["clea_care_leaver_personal_advisor"].drop_nulls()
    assert leavers.len() > 200
    assert set(leavers) <= set(demo["professionals"]["prof_professional_id"])


# how work goes


def overdue(demo, spells, keys, visits, days_allowed, calendar):
    """The share of open spells whose last seen visit is too long ago, by hand."""
    spell_key, start, end = keys
    visit_key, on, seen = visits
    last = visits_of(demo, visit_key, on, seen)
    frame = demo[spells].filter(is_open(end)).join(last, left_on=spell_key, right_on="whose", how="left")
    since = pl.max_horizontal(pl.col("last"), pl.col(start))
    due = calendar.working(since, days_allowed) if days_allowed != 42 else since + pl.duration(days=42)
    frame = frame.with_columns(late=(pl.lit(AS_AT) - due).dt.total_days())
    return frame.filter(pl.col("late") > 0)["late"], frame.height


def visits_of(demo, key, on, seen):
    table = next(name for name in names() if any(field.name == on for field in fields(name)))
    return (
        demo[table]
        .filter(pl.col(seen) == "Y")
        .group_by(pl.col(key).alias("whose"))
        .agg(last=pl.col(on).max())
    )


@pytest.mark.parametrize(
    ("spells", "keys", "visits", "allowed", "low", "high"),
    [
        (
            "cp_plans",
            ("cppl_cp_plan_id", "cppl_cp_plan_start_date", "cppl_cp_plan_end_date"),
            ("cppv_cp_plan_id", "cppv_cp_visit_date", "cppv_cp_visit_seen"),
            10,
            0.05,
            0.17,
        ),
        (
            "cin_plans",
            ("cinp_person_id", "cinp_cin_plan_start_date", "cinp_cin_plan_end_date"),
            ("cinv_person_id", "cinv_cin_visit_date", "cinv_cin_visit_seen"),
            20,
            0.06,
            0.16,
        ),
        (
            "cla_placement",
            ("clap_person_id", "clap_cla_placement_start_date", "clap_cla_placement_end_date"),
            ("clav_person_id", "clav_cla_visit_date", "clav_cla_visit_seen"),
            42,
            0.05,
            0.2,  # long-term placements, visited three-monthly, are among them
        ),
    ],
)
def test_about_a_tenth_of_the_visits_are_overdue_most_by_days_some_by_weeks(
    demo, spells, keys, visits, allowed, low, high
):
    late, count = overdue(demo, spells, keys, visits, allowed, Days(AS_AT))
    assert between(late.len() / count, low, high)
    assert late.median() <= 28
    assert late.max() > 20


def test_assessments_are_mostly_authorised_within_45_working_days_and_teams_differ(demo):
    first = demo["cin_assessments"].join(
        demo["cin_episodes"], left_on="cina_referral_id", right_on="cine_referral_id"
    )
    first = first.filter(pl.int_range(pl.len()).over("cina_referral_id") == 0)
    took = Days(AS_AT).working_days_between(
        pl.col("cine_referral_date"), pl.col("cina_assessment_auth_date").fill_null(AS_AT)
    )
    first = first.with_columns(took=took)
    done = first.filter(pl.col("cina_assessment_auth_date").is_not_null())
    assert between((done["took"] <= 45).mean(), 0.8, 0.88)
    teams = done.group_by("cina_assessment_team").agg(share=(pl.col("took") <= 45).mean(), count=pl.len())
    shares = teams.filter(pl.col("count") > 200)["share"]
    assert shares.len() >= 3
    assert shares.max() - shares.min() > 0.05
    waiting = first.filter(pl.col("cina_assessment_auth_date").is_null())
    assert between((waiting["took"] > 45).mean(), 0.02, 0.12)
    assert waiting["took"].max() > 60


def test_a_fifth_of_the_referrals_follow_another_within_a_year(demo):
    frame = demo["cin_episodes"].sort("cine_person_id", "cine_referral_date")
    before = pl.col("cine_referral_date").shift().over("cine_person_id")
    again = frame.select(again=before >= pl.col("cine_referral_date").dt.offset_by("-12mo"))
    assert between(again["again"].fill_null(value=False).mean(), 0.17, 0.23)


@pytest.mark.parametrize(
    ("table", "due", "held", "low", "high"),
    [
        ("cp_reviews", "cppr_cp_review_due", "cppr_cp_review_date", 0.03, 0.09),
        ("cla_reviews", "clar_cla_review_due_date", "clar_cla_review_date", 0.03, 0.09),
        ("initial_cp_conference", "icpc_icpc_target_date", "icpc_icpc_date", 0.08, 0.22),
    ],
)
def test_reviews_and_conferences_are_late_as_often_as_they_are(demo, table, due, held, low, high):
    frame = demo[table].filter(pl.col(held).is_not_null())
    assert between((frame[held] > frame[due]).mean(), low, high)


def test_care_leavers_are_mostly_seen_and_reviewed_in_time(demo):
    leavers = demo["care_leavers"].filter(pl.col("clea_care_leaver_in_touch").is_in(["YES", "NO", "REFU"]))
    contact = (pl.lit(AS_AT) - pl.col("clea_care_leaver_latest_contact")).dt.total_days() > 56
    assert between(leavers.select(contact.mean()).item(), 0.04, 0.16)
    review = pl.col("clea_pathway_plan_review_date").dt.offset_by("6mo") < AS_AT
    assert between(leavers.select(review.mean()).item(), 0.09, 0.21)


def test_a_few_run_away_again_and_again(demo):
    times = demo["missing"].group_by("miss_person_id").len()["len"]
    assert (times == 1).sum() > times.len() / 3
    assert times.max() > 8
    assert demo["missing"]["miss_missing_episode_start_date"].dt.time().n_unique() > 10


# whole in itself


def test_links_lead_somewhere_except_the_orphans_put_in_on_purpose(demo):
    for name, frame in demo.items():
        for field in fields(name):
            table, _, column = field.foreign_key.partition(".")
            if not table:
                continue
            known = demo[table][column].drop_nulls().implode()
            lost = frame.filter(pl.col(field.name).is_not_null() & pl.col(field.name).is_in(known).not_())
            assert lost[field.name].str.starts_with(ORPHAN).all(), field.name


def test_nothing_is_dated_after_the_day_but_targets_and_births_to_come(demo):
    to_come = {"pers_expected_dob", "icpc_icpc_target_date", "cppr_cp_review_due", "clar_cla_review_due_date"}
    for name, frame in demo.items():
        for field in fields(name):
            if field.kind in ("date", "datetime") and field.name not in to_come and frame.height:
                latest = frame[field.name].cast(pl.Date).max()
                assert latest is None or latest <= AS_AT, field.name


def test_office_work_is_done_on_working_days(demo):
    office = {
        "cin_episodes": "cine_referral_date",
        "cin_assessments": "cina_assessment_auth_date",
        "initial_cp_conference": "icpc_icpc_date",
        "cp_plans": "cppl_cp_plan_start_date",
        "cp_visits": "cppv_cp_visit_date",
        "cin_visits": "cinv_cin_visit_date",
        "cla_visits": "clav_cla_visit_date",
        "cla_reviews": "clar_cla_review_date",
    }
    for table, column in office.items():
        assert (demo[table][column].drop_nulls().dt.weekday() <= 5).all(), column
        assert not demo[table][column].is_in([date(2025, 12, 25), date(2026, 4, 3)]).any(), column


def test_only_unborn_children_on_plans_have_a_past_before_their_birth(demo):
    born = demo["person"].select("pers_person_id", "pers_dob")
    for name, frame in demo.items():
        person = person_of(name)
        if person is None or name in ("person", "mother"):
            continue
        known = frame.join(born, left_on=person, right_on="pers_person_id")
        for field in fields(name):
            if field.kind == "date":
                early = known.filter(pl.col(field.name) < pl.col("pers_dob"))
                assert early.height <= 0.02 * frame.height, field.name
                allowed = early.filter((pl.col("pers_dob") - pl.col(field.name)).dt.total_days() > 140)
                assert allowed.height <= 2, field.name
    unborn = demo["person"].filter(pl.col("pers_expected_dob").is_not_null())
    assert between(unborn.height, 1, 25)
    assert unborn["pers_dob"].null_count() == unborn.height


@pytest.mark.parametrize(
    ("table", "person", "start", "end"),
    [
        ("cp_plans", "cppl_person_id", "cppl_cp_plan_start_date", "cppl_cp_plan_end_date"),
        ("cin_plans", "cinp_person_id", "cinp_cin_plan_start_date", "cinp_cin_plan_end_date"),
        ("cla_episodes", "clae_person_id", "clae_cla_episode_start_date", "clae_cla_episode_ceased_date"),
        ("cla_placement", "clap_person_id", "clap_cla_placement_start_date", "clap_cla_placement_end_date"),
        ("legal_status", "lega_person_id", "lega_legal_status_start_date", "lega_legal_status_end_date"),
        ("cin_episodes", "cine_person_id", "cine_referral_date", "cine_close_date"),
    ],
)
def test_one_thing_ends_before_the_next_of_its_kind_begins(demo, table, person, start, end):
    frame = demo[table].filter(pl.col(end).is_null() | (pl.col(end) >= pl.col(start))).sort(person, start)
    before = pl.col(end).fill_null(date(2999, 1, 1)).shift().over(person)
    on_purpose = {"cla_episodes": 1, "cin_episodes": 1}.get(table, 0)
    assert frame.filter(pl.col(start) < before).height <= on_purpose


def test_no_child_is_on_both_plans_at_once(demo):
    both = demo["cp_plans"].join(demo["cin_plans"], left_on="cppl_person_id", right_on="cinp_person_id")
    overlap = (pl.col("cppl_cp_plan_start_date") < pl.col("cinp_cin_plan_end_date").fill_null(AS_AT)) & (
        pl.col("cinp_cin_plan_start_date") < pl.col("cppl_cp_plan_end_date").fill_null(AS_AT)
    )
    assert both.filter(overlap).height == 0


def test_visits_lie_within_their_plans_and_plans_start_at_their_conference(demo):
    plans = demo["cp_plans"].filter(
        pl.col("cppl_cp_plan_end_date").is_null()
        | (pl.col("cppl_cp_plan_end_date") >= pl.col("cppl_cp_plan_start_date"))
    )
    seen = demo["cp_visits"].join(plans, left_on="cppv_cp_plan_id", right_on="cppl_cp_plan_id")
    on = pl.col("cppv_cp_visit_date")
    outside = (on <= pl.col("cppl_cp_plan_start_date")) | (
        on > pl.col("cppl_cp_plan_end_date").fill_null(AS_AT)
    )
    assert seen.filter(outside).height == 0
    met = demo["cp_plans"].join(
        demo["initial_cp_conference"], left_on="cppl_icpc_id", right_on="icpc_icpc_id", how="left"
    )
    assert (met["icpc_icpc_date"] == met["cppl_cp_plan_start_date"]).all()


def test_children_of_the_service_are_children(demo):
    leavers = demo["care_leavers"]["clea_person_id"].implode()
    cases = demo["cin_episodes"].filter(
        is_open("cine_close_date") & pl.col("cine_person_id").is_in(leavers).not_()
    )
    ages = cases.join(demo["person"], left_on="cine_person_id", right_on="pers_person_id")
    assert ages.filter(pl.col("pers_dob").dt.offset_by("18y") <= AS_AT).height == 0


# what is awkward on purpose


def test_every_awkward_name_is_there(demo):
    there = set(demo["person"].select("pers_forename", "pers_surname").rows())
    assert {(forename or None, surname or None) for forename, surname in AWKWARD} <= there
    everything = [name for pair in AWKWARD for name in pair]
    for part in ("\x1b[31m", "\x1b]52;", "[/b]", "\u202e", "=cmd", "’", "山田"):
        assert any(part in name for name in everything)
    odd = demo["person"].filter(
        pl.struct("pers_forename", "pers_surname").is_in(
            [
                {"pers_forename": forename or None, "pers_surname": surname or None}
                for forename, surname in AWKWARD
            ]
        )
    )
    assert odd.height >= 0.01 * demo["person"].height


def test_two_children_share_a_name_and_a_birth_date(demo):
    born = demo["person"].filter(pl.col("pers_dob").is_not_null())
    assert born.filter(pl.len().over("pers_forename", "pers_surname", "pers_dob") > 1).height >= 2


def test_the_problems_of_real_extracts_are_there_and_rare(demo):
    orphans = sum(
        demo[table][person].str.starts_with(ORPHAN).sum()
        for table, person in (("cp_visits", "cppv_person_id"), ("cin_visits", "cinv_person_id"))
    )
    assert between(orphans, 5, 200)
    newest = demo["cp_visits"].tail(demo["cp_visits"].height // 20)
    assert not newest["cppv_person_id"].str.starts_with(ORPHAN).any()
    backwards = demo["cin_plans"].filter(
        pl.col("cinp_cin_plan_end_date") < pl.col("cinp_cin_plan_start_date")
    )
    assert between(backwards.height, 1, 40)
    birthless = demo["person"].filter(pl.col("pers_dob").is_null() & pl.col("pers_expected_dob").is_null())
    assert between(birthless.height, 1, 60)
    nobody = demo["involvements"].filter(pl.col("invo_professional_id").is_null())
    assert between(nobody.height, 1, 40)


def test_the_cases_on_the_border_of_a_rule_are_there(demo):
    cases = demo["cin_episodes"].filter(
        pl.col("cine_close_date").is_null(), pl.col("cine_referral_nfa") == "N"
    )
    assessed = demo["cin_assessments"]["cina_referral_id"].drop_nulls().implode()
    referred = pl.col("cine_referral_date")
    waiting = cases.filter(~pl.col("cine_referral_id").is_in(assessed))
    plans = demo["cin_plans"].select(cine_person_id="cinp_person_id", began="cinp_cin_plan_start_date",
                                     over=pl.col("cinp_cin_plan_end_date").fill_null(AS_AT))  # fmt: skip
    entered = demo["cla_episodes"].select(cine_person_id="clae_person_id", began="clae_entered_care_date")
    both = waiting.join(plans, on="cine_person_id")
    assert waiting.join(entered, on="cine_person_id").filter(pl.col("began") >= referred).height >= 1
    assert both.filter(pl.col("began") >= referred).height >= 1
    assert between(both.filter(pl.col("began") < referred, pl.col("over") > referred).height, 1, 12)


def test_visits_and_reviews_on_the_day_of_a_move_are_there(demo):
    start, kind = "clap_cla_placement_start_date", pl.col("clap_cla_placement_type")
    moves = demo["cla_placement"].select("clap_cla_id", start, "clap_cla_placement_type")
    visits = demo["cla_visits"].select(clap_cla_id="clav_cla_id", on="clav_cla_visit_date")
    reviews = demo["cla_reviews"].select(clap_cla_id="clar_cla_id", on="clar_cla_review_date")
    adoptive = kind.is_in(["A3", "A4", "A5", "A6"])
    that_day = moves.join(visits, on="clap_cla_id").filter(pl.col("on") == pl.col(start))
    assert that_day.filter(adoptive).height >= 1
    assert that_day.filter(kind == "P1").height >= 1
    assert moves.join(reviews, on="clap_cla_id").filter(adoptive, pl.col("on") == pl.col(start)).height >= 1


def test_cases_that_few_authorities_have_are_there_once_in_a_large_one(demo):
    """Each is a mistake that figures once made: an authority without such a case would not have shown it."""
    start, end = "clae_cla_episode_start_date", "clae_cla_episode_ceased_date"
    care = demo["cla_episodes"].select("clae_person_id", start, end)
    still = care.filter(is_open(end)).select("clae_person_id", since=start)
    beside = care.filter(pl.col(end).is_not_null()).join(still, on="clae_person_id")
    assert beside.filter(pl.col(start) > pl.col("since")).height == 1
    legal = demo["legal_status"]
    short = legal.filter(pl.col("lega_legal_status") == "V4").select(
        "lega_person_id", lega_legal_status_start_date="lega_legal_status_end_date"
    )
    went_on = legal.filter(pl.col("lega_legal_status") == "V2")
    assert went_on.join(short, on=["lega_person_id", "lega_legal_status_start_date"]).height == 1
    dismissed = demo["cin_episodes"].filter(pl.col("cine_referral_nfa") == "Y")
    plans = demo["cp_plans"]["cppl_referral_id"].drop_nulls().implode()
    assert dismissed.filter(pl.col("cine_referral_id").is_in(plans)).height == 1
    people = demo["person"]
    late = demo["cin_episodes"].join(people, left_on="cine_person_id", right_on="pers_person_id")
    assert late.filter(pl.col("cine_referral_date") > pl.col("pers_death_date")).height == 1
    early = demo["contacts"].join(people, left_on="cont_person_id", right_on="pers_person_id")
    gap = (pl.col("pers_dob") - pl.col("cont_contact_date")).dt.total_days()
    assert early.filter(gap > 301).height == 1
    small = generate(120, 1, AS_AT)
    plans = small["cp_plans"]["cppl_referral_id"].drop_nulls().implode()
    dismissed = small["cin_episodes"].filter(pl.col("cine_referral_nfa") == "Y")
    assert dismissed.filter(pl.col("cine_referral_id").is_in(plans)).height == 0


def test_a_few_records_are_sealed(demo):
    sealed = restricted(demo, 1)
    assert sealed.columns == ["person_id", "reason"]
    assert between(sealed.height, 5, 8)
    assert set(sealed["reason"]) == {"adoption", "child of a member of staff", "high profile"}
    assert sealed["person_id"].is_in(demo["person"]["pers_person_id"].implode()).all()
    assert sealed.equals(restricted(demo, 1))
