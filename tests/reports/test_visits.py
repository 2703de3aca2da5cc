from datetime import date, timedelta

import polars as pl
import pytest

from data.errors import DataError
from fcl_tui.access.context_sources import figures
from fcl_tui.config.settings import read
from fcl_tui.reports.catalogue import load
from fcl_tui.reports.question.query import Drill
from fcl_tui.reports.spec import Breakdown
from tests.asking import ask
from tests.reports.by_hand import AS_AT, CALENDAR, child, episode, involved, plan, referral
from tests.reports.on_time_hand import reckoned

DAY = timedelta(days=1)
START = date(2026, 1, 5)
SETTINGS = {
    "assessment_target": 90.0,
    "visit_target": 90.0,
    "cp_visit_internal": 10,
    "cin_visit_internal": 20,
}


def working(start, days):
    return pl.select(CALENDAR.add_working_days(pl.lit(start), days)).item()


def seen(day, key="p1", person="1", **more):
    row = {"cppv_person_id": person, "cppv_cp_plan_id": key, "cppv_cp_visit_date": day}
    return row | {"cppv_cp_visit_seen": "Y", "cppv_cp_visit_seen_alone": "Y"} | more


def on_plan(*visits, end=None, **rows):
    """One child on a protection plan since Monday 5 January 2026: a visit is due on Monday 19 January."""
    given = {
        "person": [child("1")],
        "cin_episodes": [referral("1", date(2025, 1, 6))],
        "cp_plans": [plan("1", START, end, cppl_cp_plan_id="p1")],
        "cp_visits": list(visits),
        "involvements": [involved("1", "w1", date(2025, 1, 6), invo_professional_team="T1")],
    }
    return reckoned(**given | rows)


def asked(authority, as_at=AS_AT, view="now", settings=SETTINGS, **how):
    return ask("visits", authority.scan, as_at=as_at, by=view, known={"settings": settings}, **how)


def only(authority, as_at=AS_AT, view="now", **how):
    rows = asked(authority, as_at, view, **how).rows.to_dicts()
    assert len(rows) == 1
    return rows[0]


DUE = date(2026, 1, 19)
BANDS = ("late_1_5", "late_6_10", "late_11_20", "late_over_20")


@pytest.mark.parametrize(
    ("late", "band"),
    [(0, None), (1, "late_1_5"), (5, "late_1_5"), (6, "late_6_10"), (10, "late_6_10"), (11, "late_11_20"),
     (20, "late_11_20"), (21, "late_over_20")],
)  # fmt: skip
def test_the_due_day_is_in_time_and_each_band_has_both_its_ends(late, band):
    row = only(on_plan(), DUE + timedelta(days=late))
    assert [name for name in BANDS if row[name]] == ([band] if band else [])
    assert (row["children"], row["up_to_date"], row["overdue"]) == (1, int(not band), int(bool(band)))
    assert row["percent_up_to_date"] == (0.0 if band else 100.0)
    assert row["never"] == int(bool(band))


def test_a_child_who_was_visited_and_is_late_again_is_not_never_visited():
    row = only(on_plan(seen(date(2026, 1, 12))), date(2026, 1, 27))
    assert (row["overdue"], row["never"]) == (1, 0)


def test_a_visit_without_the_child_does_not_count():
    row = only(on_plan(seen(date(2026, 1, 12), cppv_cp_visit_seen="N")), date(2026, 1, 20))
    assert (row["overdue"], row["never"]) == (1, 1)


@pytest.mark.parametrize(("left", "in_5", "in_10"), [(0, 1, 1), (5, 1, 1), (6, 0, 1), (10, 0, 1), (11, 0, 0)])
def test_due_in_five_and_ten_working_days(left, in_5, in_10):
    as_at = date(2026, 2, 2)
    start = next(
        day for back in range(60) if working(day := as_at - timedelta(back), 20) == working(as_at, left)
    )
    authority = reckoned(
        person=[child("1")], cin_plans=[{"cinp_person_id": "1", "cinp_cin_plan_start_date": start}]
    )
    row = only(authority, as_at)
    assert (row["due_5"], row["due_10"], row["overdue"]) == (in_5, in_10, 0)


@pytest.mark.parametrize(("days", "over"), [(10, 0), (11, 1)])
def test_the_internal_line_stands_beside_the_formal_one(days, over):
    """A formal line of 20 working days with an internal one of 10: over the one, in time by the other."""
    authority = reckoned(
        person=[child("1")], cin_plans=[{"cinp_person_id": "1", "cinp_cin_plan_start_date": START}]
    )
    settings = SETTINGS | {"cin_visit_internal": 10}
    row = only(authority, working(START, days), settings=settings)
    assert (row["up_to_date"], row["over_internal"]) == (1, over)
    assert row["percent_internal"] == 100.0 * (1 - over)


def test_an_internal_line_is_never_later_than_the_formal_one():
    row = only(on_plan(), DUE + DAY, settings=SETTINGS | {"cp_visit_internal": 15})
    assert (row["overdue"], row["over_internal"]) == (1, 1)
    row = only(on_plan(), DUE, settings={})
    assert (row["percent_internal"], row["over_internal"]) == (None, 0)


def in_period(authority, **how):
    return asked(authority, view="period", **how).rows.to_dicts()


@pytest.mark.parametrize(
    ("visit", "end", "state"),
    [(DUE, None, "in_time"), (DUE + DAY, None, "late"), (None, DUE + DAY, "missed"),
     (None, None, "outstanding")],
)  # fmt: skip
def test_what_became_of_a_due_day(visit, end, state):
    authority = on_plan(*([seen(visit)] if visit else []), end=end)
    days = {"from_": DUE, "to_": DUE}
    row = in_period(authority, as_at=date(2026, 1, 21), **days)[0]
    names = ("in_time", "late", "missed", "outstanding")
    assert [name for name in names if row[name]] == [state]
    assert (row["fell_due"], row["percent_in_time"]) == (1, 100.0 if state == "in_time" else 0.0)


def test_a_plan_that_ended_on_the_due_day_asked_for_no_visit():
    authority = on_plan(end=DUE)
    found = asked(authority, view="period", from_=DUE, to_=DUE)
    assert found.rows.is_empty()
    assert "not required" in found.left_out["reason"].str.join(" ").item()


def test_what_is_due_today_has_not_fallen_due_yet():
    found = asked(on_plan(), as_at=DUE, view="period")
    assert found.rows.is_empty()
    assert any("day itself" in reason for reason in found.left_out["reason"])


def test_the_period_holds_both_its_days():
    authority = on_plan(seen(DUE))
    for first, last, count in [(DUE, DUE, 1), (DUE + DAY, DUE + 5 * DAY, 0), (START, DUE - DAY, 0)]:
        rows = in_period(authority, from_=first, to_=last)
        assert sum(row["fell_due"] for row in rows) == count


def moved():
    """w1 of T1 until 16 January, w2 of T2 from then to 18 January, nobody, and w3 of T3 from 2 February."""
    return [
        involved("1", "w1", date(2025, 1, 6), date(2026, 1, 16), invo_professional_team="T1"),
        involved("1", "w2", date(2026, 1, 16), date(2026, 1, 20), invo_professional_team="T2"),
        involved("1", "w3", date(2026, 2, 2), invo_professional_team="T3"),
    ]


@pytest.mark.parametrize(
    ("visit", "worker"),
    [(date(2026, 1, 15), "w1"), (date(2026, 1, 16), "w2"), (date(2026, 1, 20), "w2"),
     (date(2026, 1, 21), "Unallocated"), (date(2026, 2, 2), "w3")],
)  # fmt: skip
def test_a_visit_is_credited_to_who_held_the_case_on_its_day(visit, worker):
    """The day of a handover is the new worker's; the last day of a case is still the old one's."""
    authority = on_plan(seen(visit), involvements=moved())
    rows = asked(authority, view="period-worker", from_=DUE, to_=DUE).rows
    assert rows.filter(pl.col("fell_due") == 1)["worker"].to_list() == [worker]
    made = asked(authority, view="period-worker", from_=visit, to_=visit).rows
    assert made.filter(pl.col("visit_count") == 1)["worker"].to_list() == [worker]


def test_a_missed_one_is_theirs_of_the_due_day_and_one_not_done_theirs_who_hold_it_now():
    missed = on_plan(end=date(2026, 2, 9), involvements=moved())
    days = {"from_": DUE, "to_": DUE}
    assert asked(missed, view="period-worker", **days).rows["worker"].to_list() == ["w2"]
    owed = on_plan(involvements=moved())
    row = only(owed, view="period-worker", **days)
    assert (row["worker"], row["moved"], row["outstanding"]) == ("w3", 0, 1)


def test_visits_made_seen_and_seen_alone():
    visits = [
        seen(date(2026, 2, 2)),
        seen(date(2026, 2, 9), cppv_cp_visit_seen_alone="N"),
        seen(date(2026, 2, 10), cppv_cp_visit_seen="N", cppv_cp_visit_seen_alone="Y"),
        seen(date(2026, 2, 11), cppv_cp_visit_seen=None, cppv_cp_visit_seen_alone=None),
    ]
    found = asked(on_plan(*visits), view="period", from_=date(2026, 2, 1), to_=date(2026, 2, 28))
    row = found.rows.to_dicts()[0]
    assert (row["visit_count"], row["not_seen"]) == (4, 1)
    assert row["percent_seen"] == 75.0
    assert row["percent_seen_alone"] == pytest.approx(100 / 3)
    assert any("whether the child was seen" in reason for reason in found.left_out["reason"])


def test_one_call_on_brothers_and_sisters_is_as_many_visits():
    both = reckoned(
        person=[child("1"), child("2")],
        family=[{"fami_person_id": one, "fami_family_id": "F"} for one in "12"],
        cp_plans=[plan(one, START, cppl_cp_plan_id=f"p{one}") for one in "12"],
        cp_visits=[seen(DUE, f"p{one}", one) for one in "12"],
    )
    row = in_period(both)[0]
    assert (row["visit_count"], row["calls"]) == (2, 1)


def test_seen_alone_at_the_last_visit():
    later = seen(date(2026, 1, 14), cppv_cp_visit_seen_alone="N")
    row = only(on_plan(seen(date(2026, 1, 12)), later), date(2026, 1, 20))
    assert row["percent_alone"] == 0.0
    assert only(on_plan(seen(date(2026, 1, 12))), date(2026, 1, 20))["percent_alone"] == 100.0
    assert only(on_plan(), date(2026, 1, 20))["percent_alone"] is None


def test_a_child_with_two_kinds_of_visit_stands_in_both_and_the_worst_item_of_a_kind_counts():
    authority = on_plan(
        cla_episodes=[episode("1", date(2025, 6, 2))],
        cla_placement=[
            {
                "clap_person_id": "1",
                "clap_cla_id": "1",
                "clap_cla_placement_start_date": date(2025, 6, 2) + shift * DAY,
                "clap_cla_placement_type": "U1",
            }
            for shift in (0, 300)
        ],
    )
    rows = asked(authority, date(2026, 1, 20)).rows
    assert rows.select("kind", "children").rows() == [("child_protection", 1), ("looked_after", 1)]
    listed = asked(authority, date(2026, 1, 20), kind="looked_after").rows
    assert listed["kind"].to_list() == ["looked_after"]


def test_a_source_with_the_latest_visit_alone_answers_now_and_no_period():
    authority = on_plan(seen(date(2026, 1, 12)), latest_only=("cp_visits",))
    assert only(authority, date(2026, 1, 27))["overdue"] == 1
    found = asked(authority, date(2026, 1, 27), "period")
    assert found.rows.is_empty()
    told = found.left_out["reason"].str.join(" ").item()
    assert "not in this source for a period" in told
    assert "Child protection" in told


def test_a_source_without_visits_names_the_children_it_leaves_out():
    found = asked(on_plan(none_of=("cp_visits",)))
    assert found.rows.is_empty()
    lines = {row["reason"]: row["count"] for row in found.left_out.to_dicts()}
    assert any(reason.startswith("not in this source: ") for reason in lines)
    assert next(count for reason, count in lines.items() if reason.startswith("on a protection plan,")) == 1


def test_a_field_that_the_source_lacks_gives_no_percentage():
    lacking = {"cp_visits": "cppv_cp_visit_seen_alone"}
    authority = on_plan(seen(date(2026, 1, 12)), lacking=lacking)
    assert only(authority, date(2026, 1, 20))["percent_alone"] is None
    assert in_period(authority)[0]["percent_seen_alone"] is None


def test_a_plan_of_another_authority_is_left_out_and_counted():
    theirs = plan("1", START, cppl_cp_plan_id="p1", cppl_cp_plan_ola="Y")
    found = asked(on_plan(cp_plans=[theirs]))
    assert found.rows.is_empty()
    assert any("another authority" in reason for reason in found.left_out["reason"])


def test_few_cases_are_shown_and_not_judged():
    row = only(on_plan(), DUE + DAY)
    assert (row["met"], row["percent_up_to_date"], row["target"]) == ("too_few", 0.0, 90.0)
    many = reckoned(
        person=[child(str(one)) for one in range(10)],
        cp_plans=[plan(str(one), START, cppl_cp_plan_id=f"p{one}") for one in range(10)],
    )
    assert only(many, DUE + DAY)["met"] == "below_target"


def test_behind_a_figure_stand_its_children():
    drill = Drill("now", "never", {"kind": "child_protection", "kind_name": "Child protection"})
    rows = ask("visits", on_plan().scan, as_at=DUE + DAY, drill=drill).rows
    assert rows.select("person_id", "days_late", "due_date").rows() == [("1", 1, DUE)]


@pytest.mark.parametrize("report", ["visits", "reviews"])
def test_now_and_period_are_never_in_one_table(report):
    for view in load(report).views:
        if isinstance(view, Breakdown):
            assert len({measure.window for measure in view.measures}) == 1, view.key


def leaver(person, contact):
    return {
        "clea_person_id": person,
        "clea_care_leaver_eligibility": "Former Relevant",
        "clea_care_leaver_in_touch": "YES",
        "clea_care_leaver_latest_contact": contact,
    }


def test_a_care_leaver_without_a_recorded_contact_is_shown_and_in_no_percentage():
    authority = reckoned(
        person=[child(one, pers_dob=date(2006, 5, 1)) for one in "12"],
        care_leavers=[leaver("1", AS_AT - 7 * DAY), leaver("2", None)],
    )
    row = only(authority)
    assert (row["kind"], row["children"], row["not_known"]) == ("care_leaver", 2, 1)
    assert (row["up_to_date"], row["overdue"], row["percent_up_to_date"]) == (1, 0, 100.0)
    found = asked(authority, view="period")
    assert found.rows.is_empty()
    assert "Care leaver contact" in found.left_out["reason"].str.join(" ").item()


def test_a_care_leaver_s_personal_adviser_holds_the_case_now():
    adviser = involved("1", "pa1", date(2025, 1, 6), invo_professional_team="Leaving Care")
    authority = reckoned(
        person=[child("1", pers_dob=date(2006, 5, 1))],
        care_leavers=[leaver("1", AS_AT - 60 * DAY)],
        involvements=[adviser | {"invo_professional_role_id": "PA"}],
    )
    row = only(authority, view="now-worker")
    assert (row["team"], row["worker"], row["overdue"], row["never"]) == ("Leaving Care", "pa1", 1, 0)


def test_who_goes_on_holding_the_case_goes_before_who_stops_on_the_day():
    both = [
        involved("1", "w1", date(2025, 1, 6), invo_professional_team="T1"),
        involved("1", "w2", date(2026, 1, 12), date(2026, 1, 15), invo_professional_team="T2"),
    ]
    for visit, worker in [(date(2026, 1, 14), "w2"), (date(2026, 1, 15), "w1")]:
        rows = asked(on_plan(seen(visit), involvements=both), view="period-worker", from_=DUE, to_=DUE).rows
        assert rows["worker"].to_list() == [worker]


def test_the_settings_reach_the_report(tmp_path):
    (tmp_path / "settings.toml").write_text("cp_visit_internal = 7\nvisit_target = 95\n", encoding="utf-8")
    given = figures(read(tmp_path))
    assert given["cp_visit_internal"] == 7
    row = only(on_plan(), working(START, 8), settings=given)
    assert (row["over_internal"], row["overdue"], row["target"]) == (1, 0, 95.0)
    (tmp_path / "settings.toml").write_text("cp_visit_internal = 7.5\n", encoding="utf-8")
    with pytest.raises(DataError, match="cp_visit_internal"):
        read(tmp_path)
