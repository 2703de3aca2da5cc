"""Each frame made at load is what is declared beside the function that makes it."""

from datetime import date

import pytest

from data.issues import model as issues
from data.schema import tables
from data.schema.fields import names_of, schema_of
from fcl_tui.access.seen import columns, ssd_fields
from fcl_tui.prepared.prepare import FIELDS, prepared
from tests.reports.by_hand import (
    CALENDAR,
    RULES_IN_FORCE,
    Authority,
    child,
    referral,
    rules_frame,
)

FRAMES = FIELDS | {"issues": issues.FIELDS}
BUSY = Authority(
    person=[child("1"), child("2")],
    cin_episodes=[referral("1", date(2026, 1, 5)), referral("2", date(2025, 1, 6), date(2025, 9, 1))],
    cin_assessments=[{"cina_person_id": "1", "cina_assessment_start_date": date(2026, 1, 6)}],
    cp_plans=[{"cppl_person_id": "1", "cppl_cp_plan_start_date": date(2026, 2, 2)}],
    cla_episodes=[{"clae_person_id": "2", "clae_cla_episode_start_date": date(2025, 3, 3)}],
    care_leavers=[{"clea_person_id": "2", "clea_care_leaver_eligibility": "Relevant child"}],
    involvements=[{"invo_person_id": "1", "invo_professional_id": "7"}],
)


@pytest.mark.parametrize("authority", [Authority(), BUSY], ids=["empty", "busy"])
def test_a_frame_has_exactly_the_fields_it_declares(authority):
    made = prepared(authority.scan, RULES_IN_FORCE, CALENDAR)
    assert made.keys() == FIELDS.keys()
    for name, frame in made.items():
        declared = list(schema_of(FIELDS[name]).items())
        assert list(frame.collect_schema().items()) == declared, name
        assert list(frame.collect().schema.items()) == declared, name
    assert made["due_items"].collect().height > 0 or authority is not BUSY


def test_problems_and_hand_made_frames_have_them_too():
    assert list(issues.frame().schema.items()) == list(schema_of(issues.FIELDS).items())
    assert names_of(issues.FIELDS) == tuple(issues.Issue.__annotations__)
    assert rules_frame().schema == schema_of(FIELDS["rules"])
    assert Authority().scan("due_items").collect_schema() == schema_of(FIELDS["due_items"])


@pytest.mark.parametrize("name", FRAMES)
def test_every_field_says_what_it_means_and_what_it_tells_of_a_child(name):
    fields = FRAMES[name]
    assert len(set(names_of(fields))) == len(fields)
    for field in fields:
        assert field.meaning.strip() == field.meaning != ""
        assert columns.class_of(field.name) == field.access or name in columns.NO_CHILD, field.name


def test_a_name_tells_the_same_in_every_frame_of_children():
    told = [field for name in columns.PREPARED for field in FRAMES[name]]
    for field in told:
        assert {one.access for one in told if one.name == field.name} == {field.access}, field.name
    ours = {field.name for field in told} - {"source", "source_row"}
    standard = {one.name for table in tables.names() for one in tables.fields(table)}
    assert ours & (standard | {*ssd_fields.KEPT, *ssd_fields.HIDDEN, *ssd_fields.KEYS}) == set()


def test_the_frames_that_hold_no_child_are_those_without_a_childs_number():
    assert {"rules", "holidays", "coverage", "professionals"} <= columns.NO_CHILD
    assert set(columns.PREPARED) == {
        "people", "statuses", "allocations", "due_items", "events", "assessments", "issues",
    }  # fmt: skip
