from datetime import date, timedelta

from data.frames import collect
from fcl_tui.definitions.caseload import clients_at
from fcl_tui.records.child.relationships import relationships
from fcl_tui.records.leaving_care import COLUMNS, advisers, leaving_care
from fcl_tui.records.leaving_care_left_out import left_out
from tests.reports.by_hand import AS_AT, CALENDAR, Authority, child, episode, involved, item, referral

DAY = timedelta(days=1)
BORN = date(2006, 5, 5)


def leaver(person, **more):
    row = {
        "clea_person_id": person,
        "clea_care_leaver_eligibility": "Former Relevant",
        "clea_care_leaver_in_touch": "YES",
        "clea_care_leaver_latest_contact": date(2026, 3, 2),
        "clea_pathway_plan_review_date": date(2026, 1, 5),
        "clea_care_leaver_accommodation": "U",
        "clea_care_leaver_accom_suitable": "1",
        "clea_care_leaver_activity": "F2",
        "clea_care_leaver_personal_advisor": "Pat",
    }
    return row | more


def young(*leavers, due=None, **more):
    people = [child(one["clea_person_id"], "Ann", one["clea_person_id"], pers_dob=BORN) for one in leavers]
    return Authority(person=people, care_leavers=list(leavers), due=due, **more)


def rows(authority, as_at=AS_AT, **how):
    return collect(leaving_care(authority.scan, CALENDAR, as_at, **how))


def test_the_columns():
    assert tuple(rows(young(leaver("1"))).columns[: len(COLUMNS)]) == COLUMNS


def test_a_young_person_in_order_has_no_concern():
    row = rows(young(leaver("1"))).to_dicts()[0]
    assert (row["score"], row["concerns"]) == (0, None)
    assert (row["in_touch"], row["accommodation"], row["accommodation_suitable"], row["eet"]) == (
        "in touch",
        "independent tenancy",
        "suitable",
        "yes",
    )


def test_what_needs_talking_about_is_first_within_each_adviser():
    authority = young(
        leaver("1", clea_care_leaver_activity="G5"),
        leaver("2", clea_care_leaver_accommodation="S", clea_care_leaver_in_touch="NO"),
        leaver("3"),
        leaver("4", clea_care_leaver_personal_advisor=None),
        leaver("5", clea_care_leaver_personal_advisor="Ali"),
        due=[item("3", "pa_contact", date(2026, 1, 5), AS_AT - DAY)],
    )
    found = rows(authority)
    assert found.select("personal_adviser", "person_id", "score").rows() == [
        ("Unallocated", "4", 3),
        ("Ali", "5", 0),
        ("Pat", "2", 11),
        ("Pat", "3", 4),
        ("Pat", "1", 2),
    ]
    assert found["concerns"].to_list() == [
        "no personal adviser",
        None,
        "no fixed abode, not in touch",
        "contact overdue",
        "not in education, training or work",
    ]
    assert found["state"].to_list() == [None, None, None, "overdue", None]
    sums = collect(advisers(found.lazy()))
    assert sums["personal_adviser"].to_list() == ["Unallocated", "Ali", "Pat"]
    assert sums.rows()[2] == ("Pat", 3, 3, 1, 0, 1, 0, 1)


def test_contact_and_pathway_plan_come_from_the_due_items():
    authority = young(
        leaver("1"),
        due=[
            item("1", "pa_contact", date(2026, 3, 2), AS_AT + 5 * DAY),
            item("1", "pathway_review", date(2025, 9, 1), AS_AT - 3 * DAY),
        ],
    )
    row = rows(authority).to_dicts()[0]
    assert (row["contact_due"], row["pathway_review_due"]) == (AS_AT + 5 * DAY, AS_AT - 3 * DAY)
    assert (row["state"], row["pathway_days"], row["overdue"]) == ("overdue", -3, 1)
    assert (row["next_item"], row["next_due"]) == ("Pathway plan review", AS_AT - 3 * DAY)


def test_dates_after_the_day_are_not_yet_known():
    row = rows(young(leaver("1")), as_at=date(2026, 1, 31)).to_dicts()[0]
    assert row["latest_contact"] is None
    assert row["pathway_plan_date"] == date(2026, 1, 5)


EARLIER = date(2025, 3, 31)


def test_where_only_a_later_date_is_held_nothing_is_said_to_be_missing():
    """Both dates and all that has no date are of a later day: not known, which adds no points."""
    found = rows(young(leaver("1", clea_care_leaver_accommodation="S")), as_at=EARLIER)
    row = found.to_dicts()[0]
    assert row["concerns"] == "contact not known on that day, pathway plan not known on that day"
    assert row["score"] == 0
    undated = ("eligibility", "in_touch", "accommodation", "accommodation_suitable", "activity", "eet")
    assert {row[name] for name in undated} == {"not known on that day"}
    assert row["not_known"] == (
        "eligibility, in_touch, latest_contact, contact_due, pathway_plan_date, pathway_review_due, "
        "accommodation, accommodation_suitable, activity, eet"
    )
    assert collect(advisers(found.lazy()))["to_talk_about"].to_list() == [0]


def test_what_is_blank_was_never_recorded_and_is_said_for_an_earlier_day_too():
    blank = leaver("1", clea_care_leaver_latest_contact=None)
    row = rows(young(blank), as_at=EARLIER).to_dicts()[0]
    assert row["concerns"] == "no contact recorded, pathway plan not known on that day"


def test_a_mistyped_later_date_hides_nothing_on_the_day_of_the_data():
    wrong = leaver("1", clea_care_leaver_latest_contact=date(2062, 3, 2))
    row = rows(young(wrong), data_date=AS_AT).to_dicts()[0]
    assert (row["accommodation"], row["eet"]) == ("independent tenancy", "yes")
    assert row["concerns"] == "contact not known on that day"


def test_nobody_is_a_care_leaver_before_first_entering_care():
    """The record has no date of its own: aged 16, but not in care until May 2025."""
    authority = young(leaver("1"), cla_episodes=[episode("1", date(2025, 5, 9))])
    assert rows(authority, as_at=date(2025, 5, 8)).is_empty()
    assert rows(authority, as_at=date(2025, 5, 9)).height == 1
    continued = young(
        leaver("1"), cla_episodes=[episode("1", date(2025, 5, 9), clae_cla_episode_start_reason="P")]
    )
    assert rows(continued, as_at=date(2025, 5, 8)).height == 1, "care began before, nobody knows when"


def test_the_records_adviser_is_not_the_adviser_before_the_involvement_began():
    pa = involved("1", "Pat", date(2025, 8, 12), invo_professional_role_id="PA")
    authority = young(leaver("1"), involvements=[pa])
    assert rows(authority, as_at=date(2025, 8, 11))["personal_adviser"].to_list() == ["Unallocated"]
    assert rows(authority, as_at=date(2025, 8, 12))["personal_adviser"].to_list() == ["Pat"]


def test_the_records_worker_holds_no_case_before_the_young_person_came_into_care():
    authority = young(
        leaver("1", clea_care_leaver_worker_id="Sue"),
        cin_episodes=[referral("1", date(2024, 8, 30))],
        cla_episodes=[episode("1", date(2025, 5, 9))],
    )
    for as_at, worker, adviser in (
        (date(2024, 9, 30), "Unallocated", None),
        (date(2025, 5, 9), "Sue", "Pat"),
    ):
        held = collect(clients_at(authority.scan, as_at)).select("worker", "personal_adviser")
        assert held.rows() == [(worker, adviser)]
        known = collect(relationships(authority.scan, as_at, "1"))
        named = set(known.filter(relation="professional")["name"])
        assert named == ({"Sue", "Pat"} if adviser else set())


def test_blank_is_not_recorded_and_what_the_source_lacks_is_said():
    blank = leaver("1", clea_care_leaver_activity=None, clea_care_leaver_latest_contact=None)
    row = rows(young(blank)).to_dicts()[0]
    assert (row["activity"], row["eet"]) == ("not recorded", "not recorded")
    assert row["concerns"] == "no contact recorded"
    lacking = young(
        blank, lacking={"care_leavers": "clea_care_leaver_latest_contact, clea_care_leaver_activity"}
    )
    row = rows(lacking).to_dicts()[0]
    assert (row["activity"], row["eet"], row["concerns"]) == (
        "not in this source",
        "not in this source",
        None,
    )
    assert row["not_in_source"] == "latest_contact, contact_due, activity, eet"


def test_two_records_of_one_young_person_make_one_row():
    older = leaver("1", clea_care_leaver_latest_contact=date(2025, 1, 1), clea_care_leaver_activity="G5")
    found = rows(young(older, leaver("1")))
    assert found["eet"].to_list() == ["yes"]


def test_eligible_children_still_looked_after_are_listed():
    authority = Authority(
        person=[child("1", pers_dob=date(2009, 1, 1)), child("2", pers_dob=date(2009, 1, 1))],
        care_leavers=[leaver("1", clea_care_leaver_eligibility="Eligible")],
        cla_episodes=[episode("1", date(2024, 1, 1)), episode("2", date(2024, 1, 1), clae_cla_id="2")],
    )
    found = rows(authority)
    assert found.select("person_id", "status", "also").rows() == [("1", "looked_after", "care leaver")]
    gone = collect(left_out(authority.scan, AS_AT)).to_dicts()
    assert [one["count"] for one in gone] == [1]
    assert "without a leaving care record" in gone[0]["reason"]


def test_narrowing_by_adviser():
    authority = young(leaver("1"), leaver("2", clea_care_leaver_personal_advisor="Ali"))
    assert rows(authority, worker="Ali")["person_id"].to_list() == ["2"]
    assert rows(authority, person_ids=["1"])["person_id"].to_list() == ["1"]


def test_it_says_ok_only_where_nothing_needs_talking_about():
    authority = young(
        leaver("1", clea_care_leaver_accom_suitable="2"),
        leaver("2"),
        leaver("3", clea_care_leaver_activity="G5"),
        due=[
            item("1", "pa_contact", date(2026, 1, 5), AS_AT + 90 * DAY),
            item("2", "pa_contact", date(2026, 1, 5), AS_AT + 90 * DAY),
            item("3", "pa_contact", date(2026, 1, 5), AS_AT - DAY),
        ],
    )
    found = {row["person_id"]: row for row in rows(authority).to_dicts()}
    assert {key: row["standing"] for key, row in found.items()} == {
        "1": "to_talk_about",
        "2": "due",
        "3": "overdue",
    }
    assert found["3"]["concerns_shown"] == "contact overdue, not in EET"
    assert found["1"]["state"] == "due", "what files and JSON say stays"


def test_the_bar_of_a_supervision_sheet_says_so_too():
    import io

    from docx import Document

    from fcl_tui.export.supervision import supervision_sheet
    from fcl_tui.reports.answer import Answer

    found = rows(young(leaver("1", clea_care_leaver_accom_suitable="2"), leaver("2")))
    answer = Answer("leaving-care", "Leaving care", AS_AT, "s", AS_AT, found)
    bars = [table.rows[0].cells[0].text for table in Document(io.BytesIO(supervision_sheet(answer))).tables]
    assert [bar.rpartition(" · ")[2] for bar in bars] == ["dates: nothing due"] * 2
