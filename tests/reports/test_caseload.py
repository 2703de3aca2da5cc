from datetime import date, timedelta

import pytest

from data.frames import collect
from fcl_tui.definitions.caseload import clients_at, in_scope
from tests.reports.by_hand import AS_AT, Authority, child, episode, involved, plan, referral

DAY = timedelta(days=1)
LONG_AGO = date(2020, 1, 6)


def row(authority, person="1", as_at=AS_AT):
    rows = [
        one for one in collect(clients_at(authority.scan, as_at)).to_dicts() if one["person_id"] == person
    ]
    assert len(rows) <= 1, "one row a client"
    return rows[0] if rows else None


@pytest.mark.parametrize(
    ("start", "end", "there"),
    [
        (AS_AT, None, True),
        (AS_AT + DAY, None, False),
        (LONG_AGO, AS_AT, False),
        (LONG_AGO, AS_AT + DAY, True),
        (AS_AT, AS_AT, False),
        (None, None, True),
        (None, AS_AT + DAY, False),
    ],
)
def test_open_on_a_day(start, end, there):
    assert bool(row(Authority(person=[child("1")], cin_episodes=[referral("1", start, end)]))) is there
    assert bool(row(Authority(person=[child("1")], cp_plans=[plan("1", start, end)]))) is there
    assert bool(row(Authority(person=[child("1")], cla_episodes=[episode("1", start, end)]))) is there


def test_the_first_status_that_holds_and_the_others_said():
    leaver = {"clea_person_id": "1", "clea_care_leaver_eligibility": "Eligible"}
    everything = Authority(
        person=[child("1", pers_dob=date(2009, 1, 1))],
        cin_episodes=[referral("1", LONG_AGO)],
        cp_plans=[plan("1", LONG_AGO)],
        cla_episodes=[episode("1", LONG_AGO, date(2026, 1, 1))],
        care_leavers=[leaver],
    )
    now, before = row(everything), row(everything, as_at=date(2025, 12, 31))
    assert (now["status"], now["also"]) == ("child_protection", "care leaver, child in need")
    assert before["status"] == "looked_after"
    assert before["also"] == "child protection plan, care leaver, child in need"


def test_a_referral_with_no_further_action_makes_no_client():
    assert row(Authority(cin_episodes=[referral("1", LONG_AGO, cine_referral_nfa="Y")])) is None


def test_a_plan_held_for_another_authority_makes_no_client():
    assert row(Authority(cp_plans=[plan("1", LONG_AGO, cppl_cp_plan_ola="Y")])) is None


@pytest.mark.parametrize(
    ("codes", "status"),
    [
        (["V4"], "short_break"),
        (["V3", "V4"], "short_break"),
        (["V4", "V2"], "looked_after"),
        ([], "looked_after"),
    ],
)
def test_short_breaks_are_shown_but_not_as_looked_after(codes, status):
    legal = [
        {
            "lega_person_id": "1",
            "lega_legal_status": code,
            "lega_legal_status_start_date": LONG_AGO + number * 30 * DAY,
        }
        for number, code in enumerate(codes)
    ]
    assert row(Authority(cla_episodes=[episode("1", LONG_AGO)], legal_status=legal))["status"] == status


def test_short_break_first_and_looked_after_later_are_told_apart_on_each_day():
    change = date(2025, 6, 2)
    authority = Authority(
        cla_episodes=[
            episode("1", LONG_AGO, change, clae_cla_episode_ceased_reason="X1"),
            episode("1", change),
        ],
        legal_status=[
            {"lega_person_id": "1", "lega_legal_status": "V4", "lega_legal_status_start_date": LONG_AGO},
            {"lega_person_id": "1", "lega_legal_status": "C2", "lega_legal_status_start_date": change},
        ],
    )
    assert row(authority, as_at=change - DAY)["status"] == "short_break"
    assert row(authority, as_at=change)["status"] == "looked_after"
    assert row(authority, as_at=change)["legal_status"] == "C2 full care order"
    assert row(authority, as_at=change - DAY)["legal_status"].startswith("V4")


def test_short_breaks_are_judged_on_the_day_within_one_episode():
    change = date(2025, 12, 15)
    authority = Authority(
        cla_episodes=[episode("1", LONG_AGO)],
        legal_status=[
            {
                "lega_person_id": "1",
                "lega_legal_status": "V4",
                "lega_legal_status_start_date": LONG_AGO,
                "lega_legal_status_end_date": change,
            },
            {"lega_person_id": "1", "lega_legal_status": "V2", "lega_legal_status_start_date": change},
        ],
    )
    assert row(authority, as_at=date(2025, 10, 1))["status"] == "short_break"
    assert row(authority, as_at=change - DAY)["status"] == "short_break"
    assert row(authority, as_at=change)["status"] == "looked_after"
    assert row(authority)["status"] == "looked_after"


@pytest.mark.parametrize("legal", [None, "V4"])
def test_a_legal_status_known_from_later_speaks_for_the_episode_before_it(legal):
    known = [
        {
            "lega_person_id": "1",
            "lega_legal_status": legal,
            "lega_legal_status_start_date": AS_AT - 30 * DAY,
        }
    ]
    authority = Authority(cla_episodes=[episode("1", LONG_AGO)], legal_status=known)
    expected = "short_break" if legal else "looked_after"
    assert [row(authority, as_at=day)["status"] for day in (LONG_AGO, AS_AT)] == [expected] * 2


@pytest.mark.parametrize("period", ["1", "2"])
@pytest.mark.parametrize("codes", [[], ["C2"], ["V4"]])
def test_an_episode_is_open_until_it_has_ended_whatever_began_and_ended_since(period, codes):
    later, ended = date(2025, 2, 3), date(2025, 3, 3)
    authority = Authority(
        person=[child("1")],
        cla_episodes=[episode("1", LONG_AGO), episode("1", later, ended, clae_cla_id=period)],
        legal_status=[
            {"lega_person_id": "1", "lega_legal_status": code, "lega_legal_status_start_date": LONG_AGO}
            for code in codes
        ],
    )
    expected = "short_break" if codes == ["V4"] else "looked_after"
    for day in (later - DAY, later, ended, AS_AT):
        assert row(authority, as_at=day)["status"] == expected, day


def test_a_child_with_a_short_break_and_a_referral_is_in_need_and_says_so():
    authority = Authority(
        cla_episodes=[episode("1", LONG_AGO)],
        cin_episodes=[referral("1", LONG_AGO)],
        legal_status=[
            {"lega_person_id": "1", "lega_legal_status": "V3", "lega_legal_status_start_date": LONG_AGO}
        ],
    )
    assert (row(authority)["status"], row(authority)["also"]) == ("child_in_need", "short breaks")


@pytest.mark.parametrize(
    ("born", "eligibility", "touch", "there"),
    [
        (date(2010, 3, 31), "Eligible", "YES", True),
        (date(2010, 4, 1), "Eligible", "YES", False),
        (date(2000, 4, 1), "Former Relevant", "NO", True),
        (date(2000, 3, 31), "Former Relevant", "YES", False),
        (date(2006, 5, 5), "No Current Eligibility", "YES", False),
        (date(2006, 5, 5), "Qualifying", "DIED", False),
        (date(2006, 5, 5), None, "YES", False),
        (None, "Relevant", None, True),
    ],
)
def test_care_leavers_are_eligible_living_and_sixteen_to_twenty_five(born, eligibility, touch, there):
    leaver = {
        "clea_person_id": "1",
        "clea_care_leaver_eligibility": eligibility,
        "clea_care_leaver_in_touch": touch,
    }
    assert bool(row(Authority(person=[child("1", pers_dob=born)], care_leavers=[leaver]))) is there


def test_where_a_source_cannot_carry_eligibility_every_leaving_care_record_counts():
    leaver = {"clea_person_id": "1", "clea_care_leaver_in_touch": "YES"}
    lacking = {"care_leavers": "clea_care_leaver_eligibility, clea_pathway_plan_review_date"}
    person = [child("1", pers_dob=date(2006, 5, 5))]
    assert row(Authority(person=person, care_leavers=[leaver])) is None
    shown = row(Authority(person=person, care_leavers=[leaver], lacking=lacking))
    assert shown["status"] == "care_leaver"


def test_a_death_ends_what_was_left_open():
    authority = Authority(person=[child("1", pers_death_date=AS_AT)], cin_episodes=[referral("1", LONG_AGO)])
    assert row(authority) is None
    assert row(authority, as_at=AS_AT - DAY) is not None


def test_a_child_without_a_row_of_its_own_is_shown_without_a_name():
    orphan = row(Authority(cp_plans=[plan("77", LONG_AGO)]), "77")
    assert (orphan["name"], orphan["age"], orphan["worker"], orphan["team"]) == (
        None,
        None,
        "Unallocated",
        "No team",
    )


def test_of_two_open_workers_the_latest_started_is_the_allocated_one():
    authority = Authority(
        cin_episodes=[referral("1", LONG_AGO)],
        professionals=[
            {"prof_professional_id": "p1", "prof_professional_name": "Old Hand"},
            {"prof_professional_id": "p2", "prof_professional_name": "New Hand"},
        ],
        department=[{"dept_team_id": "t2", "dept_team_name": "Pod 2"}],
        involvements=[
            involved("1", "p2", date(2026, 3, 31), invo_professional_team="t2"),
            involved("1", "p1", date(2025, 1, 1), invo_professional_team="Pod One"),
            involved("1", "p1", None),
        ],
    )
    assert (row(authority)["worker"], row(authority)["team"]) == ("New Hand", "Pod 2")
    yesterday = row(authority, as_at=AS_AT - DAY)
    assert (yesterday["worker"], yesterday["team"]) == ("Old Hand", "Pod One")


def test_an_involvement_that_ended_on_the_day_leaves_the_child_unallocated():
    authority = Authority(
        cin_episodes=[referral("1", LONG_AGO)], involvements=[involved("1", "p1", LONG_AGO, AS_AT)]
    )
    assert row(authority)["worker"] == "Unallocated"
    assert row(authority, as_at=AS_AT - DAY)["worker"] == "p1"


@pytest.mark.parametrize(
    ("role", "worker", "adviser"),
    [
        ("CW", "p1", None),
        ("Allocated Case-Worker", "p1", None),
        ("social worker", "p1", None),
        ("Supervising Social Worker", "Unallocated", None),
        ("Independent Reviewing Officer", "Unallocated", None),
        ("PA", "Unallocated", "p1"),
        ("Leaving Care Personal Advisor", "Unallocated", "p1"),
        (None, "p1", None),
        ("  ", "p1", None),
        ("42", "Unallocated", None),
    ],
)
def test_roles(role, worker, adviser):
    held = involved("1", "p1", LONG_AGO, invo_professional_role_id=role)
    one = row(Authority(cin_episodes=[referral("1", LONG_AGO)], involvements=[held]))
    assert (one["worker"], one["personal_adviser"]) == (worker, adviser)


def test_a_role_that_is_named_comes_before_one_that_is_not():
    authority = Authority(
        cin_episodes=[referral("1", LONG_AGO)],
        involvements=[
            involved("1", "p1", LONG_AGO),
            involved("1", "p2", AS_AT, invo_professional_role_id=None),
        ],
    )
    assert row(authority)["worker"] == "p1"


def test_a_care_leaver_is_held_by_the_personal_adviser_when_there_is_no_social_worker():
    leaver = {
        "clea_person_id": "1",
        "clea_care_leaver_eligibility": "Former Relevant",
        "clea_care_leaver_personal_advisor": "p9",
        "clea_care_leaver_allocated_team": "t1",
    }
    authority = Authority(
        person=[child("1", pers_dob=date(2006, 1, 1))],
        care_leavers=[leaver],
        department=[{"dept_team_id": "t1", "dept_team_name": "Leaving Care"}],
        professionals=[{"prof_professional_id": "p9", "prof_professional_name": "Pat Adviser"}],
    )
    one = row(authority)
    assert (one["status"], one["worker"], one["personal_adviser"], one["team"]) == (
        "care_leaver",
        "Pat Adviser",
        "Pat Adviser",
        "Leaving Care",
    )
    assert collect(in_scope(clients_at(authority.scan, AS_AT), worker="Pat Adviser")).height == 1
    assert collect(in_scope(clients_at(authority.scan, AS_AT), team="Pod 2")).height == 0


def test_age_turns_on_the_birthday_and_an_unborn_child_has_none():
    authority = Authority(
        person=[
            child("1", pers_dob=date(2016, 3, 31)),
            child("2", pers_dob=None, pers_expected_dob=date(2026, 7, 1)),
        ],
        cin_episodes=[referral("1", LONG_AGO), referral("2", LONG_AGO)],
    )
    assert row(authority)["age"] == 10
    assert row(authority, as_at=AS_AT - DAY)["age"] == 9
    assert row(authority, "2")["age"] is None
