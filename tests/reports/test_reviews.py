from datetime import date, timedelta

import polars as pl
import pytest

from fcl_tui.reports.question.query import Drill
from tests.asking import ask, measured
from tests.reports.by_hand import AS_AT, CALENDAR, child, episode, involved, plan
from tests.reports.on_time_hand import reckoned

DAY = timedelta(days=1)
START = date(2025, 9, 1)
"""A Monday; three months on is 1 December 2025."""


def review(day, **more):
    return {"cppr_person_id": "1", "cppr_cp_plan_id": "p1", "cppr_cp_review_date": day} | more


def meeting(day, **more):
    row = {"clar_cla_person_id": "1", "clar_cla_id": "1", "clar_cla_review_date": day}
    return row | {"clar_cla_review_cancelled": "N"} | more


def on_plan(*reviews, start=START, end=None, **rows):
    given = {
        "person": [child("1")],
        "cp_plans": [plan("1", start, end, cppl_cp_plan_id="p1")],
        "cp_reviews": list(reviews),
        "involvements": [involved("1", "w1", date(2025, 1, 6), invo_professional_team="T1")],
    }
    return reckoned(**given | rows)


def in_care(*meetings, start=START, **rows):
    given = {"person": [child("1")], "cla_episodes": [episode("1", start)], "cla_reviews": list(meetings)}
    return reckoned(**given | rows)


def asked(authority, view, as_at=AS_AT, **how):
    return ask("reviews", authority.scan, as_at=as_at, by=view, **how)


def official(authority, key, as_at):
    return measured(authority.scan, [key], as_at)[key][None][:2]


def only(authority, view, as_at=AS_AT, **how):
    rows = asked(authority, view, as_at, **how).rows.to_dicts()
    assert len(rows) == 1, rows
    return rows[0]


@pytest.mark.parametrize(
    ("left", "in_4", "in_8"), [(0, 1, 1), (28, 1, 1), (29, 0, 1), (56, 0, 1), (57, 0, 0)]
)
def test_due_in_four_and_eight_weeks(left, in_4, in_8):
    row = only(on_plan(), "now", date(2025, 12, 1) - left * DAY)
    assert (row["kind"], row["open"], row["due_4w"], row["due_8w"]) == ("cp_first", 1, in_4, in_8)
    assert (row["up_to_date"], row["overdue"]) == (1, 0)


def test_overdue_from_the_day_after():
    row = only(on_plan(), "now", date(2025, 12, 2))
    assert (row["overdue"], row["late_1_5"], row["due_4w"], row["percent_up_to_date"]) == (1, 1, 0, 0.0)


def test_the_kinds_of_looked_after_reviews():
    first, second = date(2025, 9, 29), date(2025, 12, 29)
    late = second + DAY
    authority = in_care(meeting(first), meeting(late))
    rows = asked(authority, "period", date(2026, 1, 31)).rows
    assert rows.select("kind", "in_time", "late").rows() == [("cla_first", 1, 0), ("cla_second", 0, 1)]
    row = only(authority, "now")
    assert (row["kind"], row["open"]) == ("cla_later", 1)
    teams = only(authority, "period-team", date(2026, 1, 31))
    assert (teams["review_cla_period"], teams["review_cp_period"]) == (50.0, None)


def test_a_cancelled_review_is_not_held():
    authority = in_care(meeting(date(2025, 9, 15), clar_cla_review_cancelled="Y"))
    assert only(authority, "now", date(2025, 10, 1))["overdue"] == 1
    row = only(authority, "held", date(2025, 10, 1))
    assert (row["reviews"], row["review_cancelled"], row["percent_took_part"]) == (0, 1, None)
    assert asked(authority, "participation", date(2025, 10, 1)).rows.is_empty()


def test_a_child_in_care_for_less_than_twenty_working_days_is_in_no_percentage_of_looked_after():
    due = pl.select(CALENDAR.add_working_days(pl.lit(START), 20)).item()
    assert official(in_care(), "review_cla_current", due - DAY) == (0, 0)
    assert official(in_care(), "review_cla_current", due) == (1, 1)
    assert official(in_care(), "review_cla_current", due + DAY) == (0, 1)


@pytest.mark.parametrize(
    ("reviews", "as_at", "counted", "every"),
    [
        ([], date(2025, 11, 30), 0, 0),  # not three months old
        ([], date(2025, 12, 1), 1, 1),  # the first is due today
        ([], date(2025, 12, 2), 1, 0),  # overdue
        ([date(2025, 12, 1)], date(2025, 12, 2), 1, 1),
        ([date(2025, 12, 2)], date(2026, 3, 31), 1, 0),  # the first was a day late
        ([date(2025, 12, 1), date(2026, 6, 1)], date(2026, 8, 1), 1, 1),
        ([date(2025, 12, 1), date(2026, 6, 2)], date(2026, 8, 1), 1, 0),  # the second was
    ],
)
def test_plans_of_three_months_with_every_review_in_time(reviews, as_at, counted, every):
    rows = asked(on_plan(*map(review, reviews)), "every", as_at).rows.to_dicts()
    assert [(row["kind"], row["counted"], row["every"]) for row in rows] == [("plans", 1, every)][:counted]


def test_a_late_review_of_an_earlier_plan_is_not_this_plan_s():
    before = plan("1", date(2024, 1, 8), date(2025, 2, 3), cppl_cp_plan_id="p0")
    late = review(date(2024, 6, 3), cppr_cp_plan_id="p0")
    now = plan("1", START, cppl_cp_plan_id="p1")
    row = only(on_plan(late, review(date(2025, 12, 1)), cp_plans=[before, now]), "every", date(2026, 3, 31))
    assert (row["counted"], row["every"], row["percent_every"]) == (1, 1, 100.0)


def test_plans_ended_or_of_another_authority_are_not_counted():
    assert asked(on_plan(end=AS_AT), "every").rows.is_empty()
    assert asked(on_plan(end=AS_AT + DAY), "every").rows.height == 1
    found = asked(on_plan(cp_plans=[plan("1", START, cppl_cp_plan_ola="Y")]), "every")
    assert found.rows.is_empty()
    assert any("another authority" in reason for reason in found.left_out["reason"])


def test_a_source_with_the_latest_review_alone_cannot_tell_of_every_review():
    found = asked(on_plan(review(date(2025, 12, 1)), latest_only=("cp_reviews",)), "every")
    row = found.rows.to_dicts()[0]
    assert (row["counted"], row["untold"], row["percent_every"]) == (1, 1, None)
    assert any(reason.startswith("not in this source") for reason in found.left_out["reason"])
    period = asked(on_plan(review(date(2025, 12, 1)), latest_only=("cp_reviews",)), "period")
    assert period.rows.is_empty()
    assert "Child protection, first" in period.left_out["reason"].str.join(" ").item()


@pytest.mark.parametrize(("days", "counted"), [(27, 0), (28, 1)])
def test_children_looked_after_for_four_weeks(days, counted):
    rows = asked(in_care(start=AS_AT - days * DAY), "every").rows
    assert rows["counted"].sum() == counted


def test_every_review_of_the_year_and_not_of_the_years_before():
    long_ago = [date(2023, 9, 29), date(2023, 12, 29)]
    late_then = [date(2024, 6, 29), date(2025, 1, 6), date(2025, 7, 4), date(2026, 1, 2)]
    authority = in_care(*map(meeting, [*long_ago, *late_then]), start=date(2023, 9, 1))
    row = only(authority, "every")  # late in January 2025, for a due day before the year
    assert (row["kind"], row["every"]) == ("care", 1)
    assert only(authority, "every", date(2025, 6, 30))["every"] == 0


def conference(strategy, held, **more):
    enquiry = {"s47e_person_id": "1", "s47e_s47_enquiry_id": "s1", "s47e_s47_start_date": strategy}
    row = {"icpc_person_id": "1", "icpc_s47_enquiry_id": "s1", "icpc_icpc_date": held}
    return reckoned(person=[child("1")], s47_enquiry=[enquiry], initial_cp_conference=[row | more])


@pytest.mark.parametrize(("days", "in_15"), [(0, 1), (15, 1), (16, 0)])
def test_the_fifteenth_working_day_is_in_time(days, in_15):
    strategy = date(2025, 12, 15)  # Christmas and New Year lie between
    held = pl.select(CALENDAR.add_working_days(pl.lit(strategy), days)).item()
    row = only(conference(strategy, held), "conference-team")
    assert (row["conferences"], row["in_15"], row["over_15"]) == (1, in_15, 1 - in_15)
    assert (row["median_days"], row["percent_in_15"]) == (days, 100.0 * in_15)


def test_a_conference_before_its_enquiry_or_without_one_is_held_and_not_in_time():
    for authority in (
        conference(date(2026, 2, 3), date(2026, 2, 2)),
        conference(date(2026, 2, 3), date(2026, 2, 5), icpc_s47_enquiry_id=None),
    ):
        row = only(authority, "conference-team")
        assert (row["conferences"], row["in_15"], row["no_enquiry"]) == (1, 0, 1)
        assert (row["percent_in_15"], row["median_days"]) == (0.0, None)


def test_a_transfer_in_is_left_out_and_counted():
    found = asked(conference(date(2026, 2, 3), date(2026, 2, 5), icpc_icpc_transfer_in="Y"), "conference")
    assert found.rows.is_empty()
    assert any(reason.startswith("are transfers in") for reason in found.left_out["reason"])


@pytest.mark.parametrize(
    ("code", "share"),
    [("PN0", None), ("PN1", 100.0), ("PN3", 100.0), ("PN4", 0.0), ("PN6", 100.0), ("PN7", 0.0), (None, 0.0)],
)
def test_taking_part(code, share):
    authority = in_care(meeting(date(2025, 9, 29), clar_cla_review_participation=code))
    assert only(authority, "held")["percent_took_part"] == share


@pytest.mark.parametrize(("born", "share"), [(date(2021, 9, 29), 100.0), (date(2021, 9, 30), None)])
def test_taking_part_is_asked_from_the_fourth_birthday(born, share):
    held = meeting(date(2025, 9, 29), clar_cla_review_participation="PN1")
    assert only(in_care(held, person=[child("1", pers_dob=born)]), "held")["percent_took_part"] == share


def test_a_source_without_participation_gives_no_percentage():
    held = meeting(date(2025, 9, 29))
    found = asked(in_care(held, lacking={"cla_reviews": "clar_cla_review_participation"}), "held")
    assert found.rows["percent_took_part"].to_list() == [None]
    assert "took part in a looked-after review" in found.left_out["reason"].str.join(" ").item()


def officer(name, start, end=None, role="Independent Reviewing Officer"):
    return involved("1", name, start, end, invo_professional_role_id=role)


def test_reviews_by_reviewing_officer_on_the_day():
    officers = [officer("o1", START, date(2025, 10, 1)), officer("o2", date(2025, 10, 1), role="IRO")]
    authority = in_care(meeting(date(2025, 9, 26)), meeting(date(2025, 12, 1)), involvements=officers)
    rows = asked(authority, "period-officer", date(2026, 1, 31)).rows.sort("officer")
    assert rows.select("officer", "in_time").rows() == [("o1", 1), ("o2", 1)]
    assert only(authority, "now-officer")["officer"] == "o2"


def test_no_reviewing_officer_and_not_in_this_source_are_two_things():
    assert only(in_care(), "now-officer")["officer"] == "not in this source"
    other = officer("o1", START) | {"invo_person_id": "2"}
    assert only(in_care(involvements=[other]), "now-officer")["officer"] == "No reviewing officer"


def test_a_review_on_the_last_day_of_a_case_is_still_the_officer_s():
    held = date(2025, 9, 29)
    authority = in_care(meeting(held), involvements=[officer("o1", START, held)])
    assert only(authority, "held-officer")["officer"] == "o1"


def test_pathway_plan_reviews_answer_now_and_no_period():
    leaver = {
        "clea_person_id": "1",
        "clea_care_leaver_eligibility": "Former Relevant",
        "clea_pathway_plan_review_date": date(2025, 9, 29),
        "clea_care_leaver_in_touch": "YES",
    }
    authority = reckoned(person=[child("1", pers_dob=date(2007, 1, 15))], care_leavers=[leaver])
    assert only(authority, "now", date(2026, 3, 30))["overdue"] == 1
    period = asked(authority, "period", date(2026, 3, 30))
    assert period.rows.is_empty()
    assert "Pathway plan review" in period.left_out["reason"].str.join(" ").item()


def test_behind_a_figure_stand_its_plans_and_one_kind_can_be_asked_for():
    drill = Drill("every", "not_every", {"kind": "plans", "kind_name": "Protection plans, 3 months or more"})
    rows = ask("reviews", on_plan().scan, drill=drill).rows
    assert rows.select("person_id", "failed", "since").rows() == [("1", 1, START)]
    assert asked(on_plan(), "now", kind="cla_first").rows.is_empty()
    assert asked(on_plan(), "now", kind="cp_first").rows.height == 1


def test_a_kind_narrows_the_other_parts_to_what_belongs_to_it():
    held = review(date(2025, 12, 1))
    care = [meeting(date(2025, 9, 29))]
    both = on_plan(held, cla_episodes=[episode("1", START)], cla_reviews=care)
    for kind, every, recorded in [
        ("cp_first", "plans", "child_protection"),
        ("cla_later", "care", "looked_after"),
    ]:
        assert only(both, "every", kind=kind)["kind"] == every
        assert only(both, "held", kind=kind)["kind"] == recorded
    assert asked(both, "every", kind="pathway").rows.is_empty()
    met = conference(date(2026, 2, 3), date(2026, 2, 5))
    assert asked(met, "conference", kind="conference").rows.height == 12
    assert asked(met, "conference", kind="cp_first").rows.is_empty()


@pytest.mark.parametrize("view", ["period", "conference"])
def test_months_before_the_first_conference_of_a_partial_source_are_said(view):
    authority = conference(date(2026, 1, 5), date(2026, 1, 12))
    assert not any("incomplete" in one for one in asked(authority, view).left_out["reason"])
    authority.frames["coverage"] = authority.frames["coverage"].with_columns(coverage=pl.lit("partial"))
    lines = {row["reason"]: (row["count"], row["what"]) for row in asked(authority, view).left_out.to_dicts()}
    assert lines["incomplete: this source holds no initial conferences before 12/01/2026"] == (9, "months")


def test_a_review_missed_in_an_earlier_time_in_care_is_not_of_this_one():
    before = episode("1", date(2025, 5, 1), date(2025, 7, 15), clae_cla_id="0")
    now = episode("1", date(2025, 12, 1), clae_cla_id="1")
    authority = in_care(meeting(date(2025, 12, 22)), cla_episodes=[before, now])
    assert only(authority, "period", from_=date(2025, 5, 1), to_=date(2025, 7, 1))["missed"] == 1
    row = only(authority, "every", date(2026, 3, 15))
    assert (row["counted"], row["every"]) == (1, 1)
