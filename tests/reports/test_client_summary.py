from datetime import date, datetime, timedelta

import polars as pl
import pytest

from data.frames import collect
from data.schema import tables
from fcl_tui.definitions.event_kinds import KINDS, flags
from fcl_tui.prepared.events.chronology import EVENTS
from fcl_tui.records.child import summary
from fcl_tui.records.child.relationships import relationships
from tests.reports.by_hand import AS_AT, CALENDAR, Authority, child, episode, involved, item, plan, referral

DAY = timedelta(days=1)
LONG_AGO = date(2020, 1, 6)
EVENT_TABLES = {kind.table: kind for kind in EVENTS}


def test_every_event_kind_names_real_fields_and_known_kinds():
    for kind in EVENTS:
        fields = set(tables.polars_schema(kind.table))
        assert {kind.person, kind.date} <= fields, kind.event
        assert {kind.worker, kind.team} - {None} <= fields, kind.event
        assert kind.kind in KINDS
    for table, kind in EVENT_TABLES.items():
        assert kind.person == tables.person_of(table)
        assert sum(one.always for one in EVENTS if one.table == table) == 1, table


def one_row_of_everything(day):
    """A row in each event table, every date of it filled, and one more without any date."""
    rows = {}
    for table, kind in EVENT_TABLES.items():
        schema = tables.polars_schema(table, provenance=False)
        when = {
            name: datetime(day.year, day.month, day.day) if dtype == pl.Datetime else day
            for name, dtype in schema.items()
            if dtype in (pl.Date, pl.Datetime)
        }
        rows[table] = [{kind.person: "1"} | when, {kind.person: "1"}]
    return rows


def test_when_everything_is_shown_every_row_of_the_event_tables_is_there():
    rows = one_row_of_everything(date(2025, 5, 5))
    shown = collect(summary.chronology(Authority(**rows).scan, AS_AT, "1"))
    there = set(shown["source_row"])
    assert {f"{table}/{number}" for table in rows for number in (1, 2)} <= there
    undated = shown.filter(pl.col("date").is_null())
    assert undated.height == len(rows)
    assert shown.head(len(rows))["date"].null_count() == len(rows), "unknown dates stand first"


def test_events_are_in_the_order_of_their_dates_and_none_is_after_the_day():
    authority = Authority(
        cin_episodes=[referral("1", date(2025, 1, 6), AS_AT + DAY), referral("2", LONG_AGO)],
        cin_visits=[
            {"cinv_person_id": "1", "cinv_cin_visit_date": AS_AT, "cinv_cin_visit_seen": "Y"},
            {"cinv_person_id": "1", "cinv_cin_visit_date": AS_AT + DAY},
        ],
        contacts=[{"cont_person_id": "1", "cont_contact_date": date(2024, 12, 24)}],
    )
    shown = collect(summary.chronology(authority.scan, AS_AT, "1"))
    assert shown["event"].to_list() == ["Contact", "Referral", "Child in need visit"]
    assert shown["days_since"].to_list() == [None, 13, 449]
    assert shown["detail"].to_list()[-1] == "child seen: yes"
    significant = collect(summary.chronology(authority.scan, AS_AT, "1", significant_only=True))
    assert significant["event"].to_list() == ["Contact", "Referral"]
    kinds = collect(summary.chronology(authority.scan, AS_AT, "1", kinds=["visit", "contact"]))
    assert kinds["kind"].to_list() == ["contact", "visit"]


def test_within_a_day_an_end_comes_before_a_beginning_but_a_start_before_its_authorisation():
    authority = Authority(
        cla_placement=[placed("U6", LONG_AGO, AS_AT), placed("K2", AS_AT)],
        cin_assessments=[
            {"cina_person_id": "1", "cina_assessment_start_date": AS_AT, "cina_assessment_auth_date": AS_AT}
        ],
        cin_episodes=[referral("1", AS_AT)],
    )
    shown = collect(summary.chronology(authority.scan, AS_AT, "1")).filter(pl.col("date") == AS_AT)
    assert shown["event"].to_list() == [
        "Referral",
        "Assessment began",
        "Assessment authorised",
        "Placement ended",
        "Placement began",
    ]


def test_what_a_source_cannot_hold_of_a_history_is_said():
    authority = Authority(none_of=("contacts",), latest_only=("cla_visits", "cp_visits"))
    assert collect(summary.left_out(authority.scan)).rows() == [
        ("not in this source: contact", 1, "kinds of event"),
        (
            "only the latest of each child is in this source: child protection visit, looked-after visit",
            2,
            "kinds of event",
        ),
    ]
    assert collect(summary.left_out(Authority().scan)).height == 0


def test_density_shows_empty_months_and_how_long_the_gap_is():
    authority = Authority(
        contacts=[
            {"cont_person_id": "1", "cont_contact_date": day}
            for day in (date(2025, 11, 30), date(2026, 2, 1))
        ],
    )
    months = collect(summary.density(authority.scan, AS_AT, "1"))
    assert months.select("period", "events", "gap").rows() == [
        (date(2025, 11, 1), 1, 0),
        (date(2025, 12, 1), 0, 1),
        (date(2026, 1, 1), 0, 2),
        (date(2026, 2, 1), 1, 0),
        (date(2026, 3, 1), 0, 1),
    ]
    assert collect(summary.density(authority.scan, AS_AT, "1", every="quarter"))["events"].to_list() == [1, 1]
    assert collect(summary.density(authority.scan, AS_AT, "nobody")).height == 0


def placed(kind, start, end=None):
    row = {"clap_person_id": "1", "clap_cla_placement_type": kind, "clap_cla_placement_start_date": start}
    return row | {"clap_cla_placement_end_date": end}


def test_overview_of_a_looked_after_child():
    authority = Authority(
        person=[child("1", "Zoë", "O'Neill", pers_sex="F", pers_ethnicity="MWBC")],
        cla_episodes=[episode("1", date(2025, 6, 2))],
        cla_placement=[
            placed("K2", date(2025, 6, 2), AS_AT),
            placed("U6", AS_AT),
        ],
        legal_status=[
            {
                "lega_person_id": "1",
                "lega_legal_status": "C1",
                "lega_legal_status_start_date": date(2025, 6, 2),
            }
        ],
        cla_visits=[
            {"clav_person_id": "1", "clav_cla_visit_date": date(2026, 3, 1), "clav_cla_visit_seen": "Y"},
            {"clav_person_id": "1", "clav_cla_visit_date": date(2026, 3, 9), "clav_cla_visit_seen": "N"},
        ],
        due=[item("1", "health_review", date(2025, 6, 2), AS_AT - DAY)],
    )
    row = collect(summary.overview(authority.scan, CALENDAR, AS_AT, "1")).to_dicts()[0]
    assert (row["name"], row["age"], row["status"], row["status_since"]) == (
        "O'Neill, Zoë",
        11,
        "looked_after",
        date(2025, 6, 2),
    )
    assert (row["legal_status"], row["placement"]) == (
        "C1 interim care order",
        "U6 foster, other carer, other",
    )
    assert (row["last_seen"], row["due_state"], row["overdue"]) == (date(2026, 3, 1), "overdue", 1)
    assert row["ethnicity"] == "White and Black Caribbean"


def test_overview_of_a_closed_child_and_of_nobody():
    authority = Authority(person=[child("1")], cin_episodes=[referral("1", LONG_AGO, AS_AT)])
    assert collect(summary.overview(authority.scan, CALENDAR, AS_AT, "1"))["status"].to_list() == ["closed"]
    assert collect(summary.overview(authority.scan, CALENDAR, AS_AT, "2")).height == 0


def test_assessments_say_their_factors_in_words_and_only_what_was_known():
    authority = Authority(
        cin_assessments=[
            {
                "cina_person_id": "1",
                "cina_assessment_start_date": date(2026, 1, 5),
                "cina_assessment_auth_date": AS_AT + DAY,
                "cina_assessment_child_seen": "Y",
            }
        ],
        assessment_factors=[{"cinf_assessment_id": "1", "cinf_assessment_factors_json": '["3B", "99Z"]'}],
    )
    row = collect(summary.assessments(authority.scan, CALENDAR, AS_AT, "1")).to_dicts()[0]
    assert (row["factors"], row["factor_codes"]) == ("domestic abuse, parent or carer; 99Z", "3B, 99Z")
    assert (row["state"], row["authorised_date"], row["outcome"], row["child_seen"]) == (
        "open",
        None,
        None,
        "yes",
    )


def test_due_items_of_one_child():
    authority = Authority(
        cp_plans=[plan("1", LONG_AGO)],
        due=[item("1", "cp_visit", LONG_AGO, AS_AT), item("2", "cp_visit", LONG_AGO, AS_AT)],
    )
    assert collect(summary.due(authority.scan, CALENDAR, AS_AT, "1"))["person_id"].to_list() == ["1"]


def test_relationships():
    authority = Authority(
        person=[child("1"), child("2", "Bo"), child("3", "Cy"), child("4", "Di", "May"), child("m", "Eve")],
        mother=[{"moth_person_id": "m", "moth_childs_person_id": one} for one in "12"]
        + [{"moth_person_id": "1", "moth_childs_person_id": None, "moth_childs_dob": date(2026, 1, 2)}],
        family=[{"fami_family_id": "F", "fami_person_id": one} for one in ("1", "2", "3", "m")]
        + [{"fami_family_id": None, "fami_person_id": one} for one in ("1", "4")],
        cin_episodes=[referral("2", LONG_AGO)],
        professionals=[{"prof_professional_id": "p1", "prof_professional_name": "Old Hand"}],
        involvements=[
            involved("1", "p1", LONG_AGO, AS_AT),
            involved("1", "p2", AS_AT),
            involved("1", "p3", AS_AT + DAY),
            involved("2", "p4", AS_AT),
        ],
    )
    rows = collect(relationships(authority.scan, AS_AT, "1"))
    assert rows.select("relation", "person_id", "name", "detail", "current").rows() == [
        ("mother", "m", "Lee, Eve", None, True),
        ("child", None, None, "born 02/01/2026", True),
        ("sibling", "2", "Lee, Bo", "same mother", True),
        ("family", "3", "Lee, Cy", "family group F", True),
        ("professional", None, "p2", "case worker", True),
        ("professional", None, "Old Hand", "case worker", False),
    ]
    assert rows["status"].to_list()[2] == "Child in need"
    assert collect(relationships(authority.scan, AS_AT, "nobody")).height == 0


@pytest.mark.parametrize(
    ("json", "words"),
    [
        ('{"OUTCOME_NFA_FLAG": "Y"}', "no further action"),
        ('{"OUTCOME_NFA_FLAG":"N","OUTCOME_LEGAL_ACTION_FLAG":"Y","OTHER_FLAG":true}', "legal action, other"),
        ('{"OUTCOME_NFA_FLAG": "N", "TOTAL_NO_OF_OUTCOMES": " "}', None),
        ("Strategy discussion", "Strategy discussion"),
        ("  ", None),
        (None, None),
    ],
)
def test_outcome_flags_in_words(json, words):
    frame = pl.DataFrame({"x": [json]}, schema={"x": pl.String})
    assert frame.select(flags("x")).item() == words


def chronology_of(**rows):
    shown = collect(summary.chronology(Authority(**rows).scan, AS_AT, "1"))
    return shown.select("date", "event", "significant").rows()


def test_no_adoption_is_decided_without_the_day_it_was():
    ordered = {
        "perm_person_id": "1",
        "perm_permanence_order_date": LONG_AGO,
        "perm_permanence_order_type": "Special Guardianship",
    }
    assert chronology_of(permanence=[ordered]) == [(LONG_AGO, "Permanence order", True)]
    assert chronology_of(permanence=[{"perm_person_id": "1"}]) == [(None, "Permanence record", False)]
    decided = ordered | {"perm_adm_decision_date": LONG_AGO - DAY}
    assert (LONG_AGO - DAY, "Adoption decided", True) in chronology_of(permanence=[decided])


@pytest.mark.parametrize(
    ("table", "row", "name"),
    [
        ("initial_cp_conference", {"icpc_person_id": "1", "icpc_icpc_target_date": LONG_AGO},
         "Initial child protection conference without a date"),
        ("cp_reviews", {"cppr_person_id": "1", "cppr_cp_review_due": LONG_AGO},
         "Review child protection conference without a date"),
        ("cla_reviews", {"clar_cla_person_id": "1", "clar_cla_review_due_date": LONG_AGO},
         "Looked-after review without a date"),
        ("care_leavers", {"clea_person_id": "1", "clea_care_leaver_in_touch": "NO"}, "Care leaver record"),
        ("pre_proceedings", {"prep_person_id": "1"}, "Pre-proceedings record"),
        ("cla_immunisations", {"clai_person_id": "1", "clai_immunisations_status": "N"},
         "Immunisations recorded"),
    ],
)  # fmt: skip
def test_what_may_not_have_happened_is_a_record_until_it_has_its_date(table, row, name):
    assert chronology_of(**{table: [row]}) == [(None, name, False)]


def test_a_contact_that_never_was_is_no_event_beside_a_pathway_plan():
    row = {"clea_person_id": "1", "clea_pathway_plan_review_date": LONG_AGO}
    assert chronology_of(care_leavers=[row]) == [(LONG_AGO, "Pathway plan or its review", True)]


@pytest.mark.parametrize(
    ("next_start", "number", "ends"),
    [
        (date(2026, 2, 1), "1", 0),  # the same day
        (date(2026, 2, 2), "2", 0),  # the day after, under another number
        (date(2026, 2, 3), "1", 1),  # a gap
        (None, "1", 1),  # nothing follows
    ],
)
def test_care_ended_where_no_episode_follows_one_that_ended_with_x1(next_start, number, ends):
    first = episode("1", date(2026, 1, 1), date(2026, 2, 1), clae_cla_episode_ceased_reason="X1")
    after = [] if next_start is None else [episode("1", next_start, clae_cla_id=number)]
    authority = Authority(person=[child("1")], cla_episodes=[first, *after])
    told = authority.scan("events").filter(pl.col("event") == "Care ended").collect()
    assert told.height == ends


def test_an_episode_of_one_day_is_not_followed_by_itself():
    day = date(2026, 1, 1)
    lone = episode("1", day, day, clae_cla_episode_ceased_reason="X1")
    authority = Authority(person=[child("1")], cla_episodes=[lone])
    assert authority.scan("events").filter(pl.col("event") == "Care ended").collect().height == 1
