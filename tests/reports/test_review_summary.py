"""The Review Summary of one child: since which review, and what is inside and outside that time."""

import io
from datetime import date, datetime, timedelta

import docx
import pytest

from data.errors import DataError
from fcl_tui.export import content
from fcl_tui.reports.answer import Answer
from tests.asking import ask
from tests.reports.by_hand import AS_AT, Authority, child, episode, involved, item, plan, referral

DAY = timedelta(days=1)
LAST = date(2025, 10, 1)
IN_CARE = date(2024, 5, 7)


def review(day, person="1", **more):
    row = {"clar_cla_person_id": person, "clar_cla_review_date": day}
    return row | {"clar_cla_review_participation": "PN1"} | more


def in_care(**rows):
    """A child looked after since 7 May 2024, last reviewed on 1 October 2025."""
    given = {
        "person": [child("1")],
        "cla_episodes": [episode("1", IN_CARE)],
        "cla_reviews": [review(date(2025, 4, 1), clar_cla_review_participation="PN6"), review(LAST)],
    } | rows
    return Authority(**given).scan


def summary(scan, part="due", **typed):
    found = ask("review-summary", scan, client="1", **typed)
    return found.beside[part].to_dicts()


def since(scan, **more):
    facts = ask("review-summary", scan, client="1", **more).beside["overview"].row(0, named=True)
    return facts["since"], facts["since_what"]


def test_it_counts_from_the_day_of_the_last_looked_after_review():
    assert since(in_care()) == (LAST, "looked-after review")


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"clar_cla_review_cancelled": "Y"}, LAST),
        ({}, AS_AT - DAY),
    ],
)
def test_a_cancelled_review_is_none(more, expected):
    rows = [review(LAST), review(AS_AT - DAY, **more)]
    assert since(in_care(cla_reviews=rows))[0] == expected


def test_a_review_on_the_day_of_the_report_does_not_empty_the_paper():
    rows = [review(LAST), review(AS_AT)]
    assert since(in_care(cla_reviews=rows))[0] == LAST
    assert since(in_care(cla_reviews=rows), as_at=AS_AT + DAY)[0] == AS_AT


def test_a_review_of_an_earlier_time_in_care_does_not_count():
    rows = [review(IN_CARE - DAY)]
    day, words = since(in_care(cla_reviews=rows))
    assert day == IN_CARE
    assert "no review is recorded" in words


def test_a_review_that_names_its_period_of_care_alone_is_the_childs():
    rows = [review(LAST, person=None, clar_cla_id="1")]
    assert since(in_care(cla_reviews=rows))[0] == LAST


@pytest.mark.parametrize(
    ("conference", "reviewed", "expected"),
    [
        (date(2026, 1, 5), None, date(2026, 1, 5)),
        (date(2026, 1, 12) - 31 * DAY, None, date(2026, 1, 12) - 31 * DAY),
        (date(2026, 1, 12) - 32 * DAY, None, date(2026, 1, 12)),  # of an earlier plan
        (date(2026, 1, 5), date(2026, 3, 20), date(2026, 3, 20)),
    ],
)
def test_a_child_on_a_plan_is_counted_from_the_review_or_the_conference(conference, reviewed, expected):
    scan = Authority(
        person=[child("1")],
        cin_episodes=[referral("1", date(2025, 6, 2))],
        cp_plans=[plan("1", date(2026, 1, 12))],
        initial_cp_conference=[{"icpc_person_id": "1", "icpc_icpc_date": conference}],
        cp_reviews=[{"cppr_person_id": "1", "cppr_cp_review_date": reviewed}],
    ).scan
    assert since(scan)[0] == expected


def test_looked_after_and_on_a_plan_counts_from_the_looked_after_review_and_lists_both():
    scan = in_care(
        cp_plans=[plan("1", date(2025, 6, 2))],
        cp_reviews=[{"cppr_person_id": "1", "cppr_cp_review_date": date(2025, 12, 1)}],
    )
    assert since(scan) == (LAST, "looked-after review")
    assert [row["date"] for row in summary(scan, "reviews")] == [date(2025, 12, 1), LAST, date(2025, 4, 1)]


def test_a_child_without_an_open_case_is_counted_from_a_year_before():
    scan = Authority(
        person=[child("1")], cin_episodes=[referral("1", date(2020, 1, 1), date(2020, 6, 1))]
    ).scan
    assert since(scan)[0] == date(2025, 3, 31)


def test_another_day_can_be_asked_for_but_none_after_the_report():
    assert since(in_care(), from_=date(2025, 12, 24)) == (date(2025, 12, 24), "the day asked for")
    with pytest.raises(DataError, match="01/04/2026 is after the day of the report"):
        since(in_care(), from_=AS_AT + DAY)
    with pytest.raises(DataError, match="--client"):
        ask("review-summary", in_care())
    with pytest.raises(DataError, match="No child"):
        ask("review-summary", in_care(), client="9")


def test_due_items_touch_the_time_or_are_left_out():
    begun = date(2025, 3, 3)
    due = [
        item("1", "health_review", begun, LAST - DAY, done_date=LAST - DAY, cycle=2),  # before
        item("1", "health_review", begun, LAST - DAY, done_date=LAST, cycle=3),  # done since, late
        item("1", "health_review", begun, LAST, done_date=LAST - DAY, cycle=4),  # fell due since
        item("1", "health_review", begun, AS_AT - DAY, cycle=5),  # overdue
        item("1", "health_review", begun, AS_AT, cycle=6),  # due today, in time
        item("1", "cp_visit", begun, LAST - 9 * DAY, ended=LAST, cycle=7),  # missed, and owed until then
        item("1", "cp_visit", begun, LAST - 9 * DAY, ended=LAST - DAY, cycle=8),  # missed before
    ]
    rows = summary(in_care(due=due))
    told = {row["cycle"]: (row["state"], row["still_open"], row["days_shown"]) for row in rows}
    assert told == {
        3: ("late", False, "1 d late"),
        4: ("on_time", False, "in time"),
        5: ("overdue", True, "1 d late"),
        6: ("due_soon", True, "today"),
        7: ("missed", False, "9 d late"),
    }
    assert [row["cycle"] for row in rows][:2] == [5, 6]
    line = ask("review-summary", in_care(due=due), client="1").headline
    assert line.startswith("!! Since 01/10/2025, looked-after review: 1 overdue, 1 in time, 2 late, alone ")


def test_visits_of_the_review_day_are_in_and_say_who_was_seen():
    def visit(day, **more):
        return {"clav_person_id": "1", "clav_cla_visit_date": day} | more

    scan = in_care(
        cla_visits=[
            visit(LAST - DAY, clav_cla_visit_seen="Y", clav_cla_visit_seen_alone="Y"),
            visit(LAST, clav_cla_visit_seen="Y", clav_cla_visit_seen_alone="Y"),
            visit(AS_AT, clav_cla_visit_seen="N", clav_cla_visit_seen_alone=None),
            visit(AS_AT + DAY, clav_cla_visit_seen="Y"),
        ],
        involvements=[involved("1", "w1", IN_CARE)],
        professionals=[{"prof_professional_id": "w1", "prof_professional_name": "Sam Carter"}],
    )
    rows = summary(scan, "visits")
    assert [(row["date"], row["seen"], row["alone"], row["worker"]) for row in rows] == [
        (AS_AT, "no", "not recorded", "Sam Carter"),
        (LAST, "yes", "yes", "Sam Carter"),
    ]
    assert "alone 1/2" in ask("review-summary", scan, client="1").headline


def test_what_the_source_cannot_say_is_not_no():
    visit = {"clav_person_id": "1", "clav_cla_visit_date": LAST}
    scan = in_care(
        cla_visits=[visit],
        lacking={"cla_visits": "clav_cla_visit_seen_alone"},
        none_of=("missing", "cla_health", "sdq_scores"),
    )
    assert summary(scan, "visits")[0]["alone"] == "not in this source"
    found = ask("review-summary", scan, client="1")
    assert "alone not in this source" in found.headline
    lacks = {(row["part"], row["reason"]) for row in found.beside["not_here"].to_dicts()}
    assert ("visits", "not in this source: whether seen alone (looked after)") in lacks
    assert ("missing", "not in this source: missing episodes") in lacks
    results = {row["topic"]: row["result"] for row in summary(scan, "health")}
    assert results["Health assessment"] == results["Strengths and difficulties"] == "not in this source"
    assert results["Immunisations"] == "none recorded"


def test_changes_hold_now_or_ended_since():
    def place(number, start, end, **more):
        return {
            "clap_cla_placement_id": number, "clap_person_id": "1", "clap_cla_placement_start_date": start,
            "clap_cla_placement_end_date": end, "clap_cla_placement_type": "U6",
        } | more  # fmt: skip

    scan = in_care(
        cla_placement=[
            place("a", IN_CARE, LAST - DAY),
            place("b", LAST - DAY, LAST, clap_cla_placement_change_reason="CREQB"),
            place("c", LAST, AS_AT + DAY, clap_cla_placement_distance=12.5),
            place("d", AS_AT + DAY, None),
        ],
        legal_status=[
            {"lega_person_id": "1", "lega_legal_status": "E1", "lega_legal_status_start_date": IN_CARE},
            {"lega_person_id": "1", "lega_legal_status": "C2", "lega_legal_status_start_date": AS_AT},
        ],
        s47_enquiry=[{"s47e_person_id": "1", "s47e_s47_start_date": LAST}],
    )
    rows = [(row["what"], row["start"], row["end"], row["changed"]) for row in summary(scan, "changes")]
    assert rows == [
        ("Legal status", AS_AT, None, True),
        ("Placement", LAST, None, True),
        ("Looked after", IN_CARE, None, False),
        ("Placement", LAST - DAY, LAST, True),
        ("Legal status", IN_CARE, AS_AT, True),
        ("Section 47 enquiry began", LAST, LAST, True),
    ]
    told = summary(scan, "changes")
    assert told[1]["miles"] == 12.5
    assert told[3]["detail"].endswith("ended: carer asked, because of the child's behaviour")


def test_missing_episodes_and_interviews():
    def went(start, end, **more):
        return {
            "miss_person_id": "1", "miss_missing_episode_start_date": start,
            "miss_missing_episode_end_date": end, "miss_missing_episode_type": "M",
        } | more  # fmt: skip

    def at(day, hour=9):
        return datetime(day.year, day.month, day.day, hour)

    before = LAST - 9 * DAY
    scan = in_care(
        missing=[
            went(at(before), at(before, 12), miss_missing_rhi_offered="Y", miss_missing_rhi_accepted="Y"),
            went(at(before + DAY), at(before + DAY, 12)),  # nobody has spoken to the child
            went(at(LAST - DAY), at(LAST), miss_missing_rhi_offered="Y", miss_missing_rhi_accepted="N"),
            went(at(AS_AT), None),
        ]
    )
    rows = summary(scan, "missing")
    assert [(row["start_day"], row["hours"], row["interview"]) for row in rows] == [
        (AS_AT, 15.0, "still missing"),
        (LAST - DAY, 24.0, None),
        (before + DAY, 3.0, "waiting: over 3 days since the return"),
    ]
    assert (rows[1]["offered"], rows[1]["accepted"]) == ("yes", "no")


def test_health_has_the_latest_of_each_topic_and_all_since():
    def check(kind, day, status):
        return {
            "clah_person_id": "1", "clah_health_check_type": kind, "clah_health_check_date": day,
            "clah_health_check_status": status,
        }  # fmt: skip

    scan = in_care(
        cla_health=[
            check("HEALTH", date(2024, 6, 1), "Completed"),
            check("HEALTH", date(2025, 6, 1), "Completed"),
            check("HEALTH", date(2026, 2, 2), "Refused"),
            check("DENTAL", AS_AT + DAY, "Planned"),
        ],
        sdq_scores=[{"csdq_person_id": "1", "csdq_sdq_completed_date": LAST, "csdq_sdq_score": 14}],
        due=[item("1", "health_review", date(2025, 6, 1), date(2026, 6, 1))],
    )
    rows = summary(scan, "health")
    told = [(row["topic"], row["date"], row["result"], row["due_date"]) for row in rows]
    assert told[:4] == [
        ("Health assessment", date(2026, 2, 2), "refused", date(2026, 6, 1)),
        ("Health assessment", date(2025, 6, 1), "completed", None),
        ("Dental check", None, "none recorded", None),
        ("Immunisations", None, "none recorded", None),
    ]
    assert ("Strengths and difficulties", LAST, "score 14", None) in told


def test_reviews_say_how_the_child_took_part():
    rows = [review(date(2024, 6, 1) + 31 * count * DAY) for count in range(6)]
    rows += [review(LAST, clar_cla_review_participation="PN6"), review(None)]
    rows += [review(AS_AT, clar_cla_review_cancelled="Y")]
    told = summary(in_care(cla_reviews=rows), "reviews")
    assert [row["date"] for row in told[:2]] == [AS_AT, LAST]
    assert (told[0]["cancelled"], told[0]["took_part"]) == ("cancelled", None)
    assert (told[1]["cancelled"], told[1]["took_part"]) == (None, "absent, sent views another way")
    assert len(told) == 5  # those since, and three before


def test_an_event_without_a_date_is_counted_and_named():
    scan = in_care(s47_enquiry=[{"s47e_person_id": "1", "s47e_s47_start_date": None}])
    found = ask("review-summary", scan, client="1")
    assert {"reason": "without a date that any part could show it by", "count": 1, "what": "events"} in (
        found.left_out.to_dicts()
    )


def paper(scan, **more):
    found = ask("review-summary", scan, client="1")
    facts = found.beside["overview"].row(0, named=True) | {"restricted": True}
    parts = dict(found.beside) | {"overview": facts}
    builds = {"docx": "fcl_tui.export.review:review_paper"}
    made = Answer(
        "review-summary", "Review Summary", AS_AT, "7", AS_AT - DAY, found.given, parts=parts, builds=builds,
        parameters={"client": "1"}, **more,
    )  # fmt: skip
    return docx.Document(io.BytesIO(content(made, "docx")))


def test_the_paper_has_a_heading_for_each_part_the_days_and_the_mark():
    scan = in_care(none_of=("missing",), cla_visits=[{"clav_person_id": "1", "clav_cla_visit_date": LAST}])
    document = paper(scan)
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for words in (
        "Review summary as at 31/03/2026", "Lee, Ann", "Date of birth: 01/03/2015 (aged 11)",
        "From data of 30/03/2026", "RESTRICTED RECORD", "Counted since 01/10/2025 (that day included)",
        "Due and done", "Visits", "Where the child lives", "Not in this source: missing episodes.",
        "Who matters", "how the child took part",
    ):  # fmt: skip
        assert words in text
    cells = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    assert {"attended and spoke", "Looked-after review"} <= cells
    assert not cells & {"PN1", "cla_visit", "looked_after", "U6"}


def test_a_masked_paper_says_so_and_names_no_birth_date():
    text = "\n".join(one.text for one in paper(in_care(), masked=True).paragraphs)
    assert "Names are masked." in text
