"""Tables written as an Annex A and read again say the same, as far as an Annex A can say it."""

import io
from datetime import date

import polars as pl
import pytest
import python_calamine
import xlsxwriter

from data.demo.annex_a import write_annex_a
from data.demo.annex_a.writer import FILE_NAME
from data.errors import DataError
from data.sources.annex_a import AnnexA
from data.sources.annex_a.headers import LISTS, columns
from data.sources.base import silent
from tests.data.annex_a_by_hand import AS_AT, table, tables


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    return write_annex_a(tables(), tmp_path_factory.mktemp("demo"), AS_AT)


@pytest.fixture(scope="module")
def back(written):
    source = AnnexA(written)
    found = {batch.table: batch.frame for batch in source.batches(silent)}
    assert all(count.rows_held == 0 for count in source.places())
    return found


def facts(frames, name, *fields, where=None):
    frame = frames[name] if where is None else frames[name].filter(where)
    return sorted(frame.select(fields).rows(), key=repr)


SAME = [
    ("person", ["pers_person_id", "pers_gender", "pers_ethnicity", "pers_dob"], None),
    (
        "contacts",
        ["cont_person_id", "cont_contact_date", "cont_contact_source_code"],
        pl.col("cont_contact_date").is_between(date(2025, 9, 30), AS_AT),
    ),
    (
        "early_help_episodes",
        ["earl_person_id", "earl_episode_start_date", "earl_episode_end_date", "earl_episode_organisation"],
        None,
    ),
    (
        "cin_episodes",
        ["cine_person_id", "cine_referral_date", "cine_cin_primary_need_code"],
        pl.col("cine_cin_primary_need_code").is_not_null()
        & (pl.col("cine_referral_date") != date(2025, 11, 5)),
    ),
    (
        "cin_assessments",
        [
            "cina_person_id",
            "cina_assessment_start_date",
            "cina_assessment_auth_date",
            "cina_assessment_outcome_nfa",
            "cina_assessment_child_seen",
        ],
        (pl.col("cina_assessment_auth_date") >= date(2025, 9, 30)).fill_null(True),
    ),
    ("s47_enquiry", ["s47e_person_id", "s47e_s47_start_date", "s47e_s47_nfa"], None),
    ("initial_cp_conference", ["icpc_person_id", "icpc_icpc_date", "icpc_icpc_outcome_cp_flag"], None),
    (
        "cp_plans",
        [
            "cppl_person_id",
            "cppl_cp_plan_start_date",
            "cppl_cp_plan_end_date",
            "cppl_cp_plan_initial_category",
            "cppl_cp_plan_latest_category",
        ],
        (pl.col("cppl_cp_plan_ola") != "Y").fill_null(True),
    ),
    (
        "cp_visits",
        ["cppv_person_id", "cppv_cp_visit_date", "cppv_cp_visit_seen_alone"],
        pl.col("cppv_cp_visit_date") == date(2026, 3, 16),
    ),
    ("cp_reviews", ["cppr_person_id", "cppr_cp_review_date"], None),
    ("immigration_status", ["immi_person_id", "immi_immigration_status"], None),
    (
        "cla_placement",
        [
            "clap_person_id",
            "clap_cla_placement_start_date",
            "clap_cla_placement_type",
            "clap_cla_placement_provider",
            "clap_cla_placement_postcode",
            "clap_cla_placement_urn",
        ],
        pl.col("clap_cla_placement_end_date").is_null(),
    ),
    (
        "legal_status",
        ["lega_person_id", "lega_legal_status", "lega_legal_status_start_date", "lega_legal_status_end_date"],
        pl.col("lega_legal_status") != "V2",
    ),
    (
        "cla_reviews",
        ["clar_cla_person_id", "clar_cla_review_date"],
        pl.col("clar_cla_review_date") == date(2025, 11, 20),
    ),
    ("cla_visits", ["clav_person_id", "clav_cla_visit_date"], None),
    (
        "cla_health",
        ["clah_person_id", "clah_health_check_type", "clah_health_check_date", "clah_health_check_status"],
        pl.col("clah_health_check_status") == "Completed",
    ),
    (
        "care_leavers",
        [
            "clea_person_id",
            "clea_care_leaver_eligibility",
            "clea_care_leaver_in_touch",
            "clea_care_leaver_latest_contact",
            "clea_care_leaver_accommodation",
            "clea_care_leaver_accom_suitable",
            "clea_care_leaver_activity",
            "clea_pathway_plan_review_date",
        ],
        pl.col("clea_care_leaver_in_touch").is_not_null(),
    ),
    (
        "permanence",
        [
            "perm_person_id",
            "perm_adm_decision_date",
            "perm_placement_order_date",
            "perm_matched_date",
            "perm_placed_for_adoption_date",
            "perm_permanence_order_date",
            "perm_permanence_order_type",
        ],
        None,
    ),
]


@pytest.mark.parametrize(("name", "fields", "where"), SAME, ids=[same[0] for same in SAME])
def test_what_annex_a_carries_comes_back(back, name, fields, where):
    given = facts(tables(), name, *fields, where=where)
    read = facts(back, name, *fields, where=None if name != "cin_episodes" else where)
    assert read == given
    assert given


def test_periods_of_care(back):
    assert facts(
        back,
        "cla_episodes",
        "clae_person_id",
        "clae_entered_care_date",
        "clae_cla_episode_ceased_date",
        "clae_cla_episode_ceased_reason",
        "clae_cla_last_iro_contact_date",
    ) == [
        ("104", date(2025, 8, 1), None, None, date(2025, 12, 1)),
        ("106", date(2025, 3, 10), date(2026, 1, 9), "E4A", None),
        ("108", date(2023, 3, 10), date(2025, 7, 9), None, None),  # adopted: list 10 alone tells
    ]
    linked = {*back["cla_episodes"]["clae_cla_id"]}
    for name, field in (
        ("cla_placement", "clap_cla_id"), ("cla_reviews", "clar_cla_id"), ("cla_visits", "clav_cla_id"),
        ("permanence", "perm_cla_id"),
    ):  # fmt: skip
        assert set(back[name][field]) <= linked
        assert back[name].height


def test_rows_are_linked(back):
    plan = back["cp_plans"].row(0, named=True)
    conference = back["initial_cp_conference"].row(0, named=True)
    assert plan["cppl_icpc_id"] == conference["icpc_icpc_id"]
    assert conference["icpc_cp_plan_id"] == plan["cppl_cp_plan_id"]
    assert conference["icpc_s47_enquiry_id"] in back["s47_enquiry"]["s47e_s47_enquiry_id"].to_list()
    assert set(back["cp_visits"]["cppv_cp_plan_id"]) == {plan["cppl_cp_plan_id"]}
    assert facts(back, "cin_assessments", "cina_person_id", "cina_referral_id") == [
        ("102", "AA-3-102-2026-01-05"), ("106", "AA-3-106-2025-03-05"), ("107", "AA-3-107-2026-01-20"),
    ]  # fmt: skip


def test_a_referral_and_its_child_in_need_episode_are_one(back):
    one = back["cin_episodes"].filter(cine_person_id="102").row(0, named=True)
    assert (one["cine_referral_source_code"], one["cine_cin_primary_need_code"]) == ("2A", "N1")
    assert one["source_row"].split("; ")[0].startswith("List 3/row ")
    assert "List 6/row " in one["source_row"]


def test_an_earlier_referral_is_taken_to_have_ended_and_said(written):
    batches = {batch.table: batch for batch in AnnexA(written).batches(silent)}
    earlier = batches["cin_episodes"].frame.filter(pl.col("cine_referral_date") == date(2025, 11, 5))
    assert earlier["cine_close_date"].to_list() == [date(2026, 1, 20)]
    said = batches["cin_episodes"].issues.filter(rule="closure_not_given")
    assert said.select("person_id", "severity", "value").rows() == [("107", "note", "2026-01-20")]


def test_only_a_child_on_a_need_plan_has_a_need_visit(back):
    assert facts(back, "cin_visits", "cinv_person_id", "cinv_cin_visit_date", "cinv_cin_visit_seen") == [
        ("107", date(2026, 3, 9), "Y")
    ]


def test_the_permanence_plan_keeps_its_meaning(back):
    assert facts(back, "cla_care_plan", "lacp_person_id", "lacp_cla_care_plan_json") == [
        ("104", '{"LTFOST18": "Y"}')
    ]


def test_who_has_the_case(back):
    teams = dict(back["department"].select("dept_team_id", "dept_team_name").rows())
    workers = dict(back["professionals"].select("prof_professional_id", "prof_professional_name").rows())
    assert sorted(
        (row["invo_person_id"], row["invo_professional_role_id"], workers[row["invo_professional_id"]],
         teams[row["invo_professional_team"]])
        for row in back["involvements"].iter_rows(named=True)
    ) == [
        ("102", "allocated worker", "=cmd() [red]Lee[/]", "Pod 7"),
        ("103", "allocated worker", "Zoë O'Brien", "Pod 7"),
        ("104", "allocated worker", "=cmd() [red]Lee[/]", "Care “A”"),
        ("105", "allocated worker", "Zoë O'Brien", "Care “A”"),
        ("105", "personal adviser", "山田", "Care “A”"),
    ]  # fmt: skip
    assert back["involvements"]["invo_involvement_start_date"].null_count() == 5


def test_no_disability_is_recorded_and_a_disability_is_only_noted(written):
    batch = next(b for b in AnnexA(written).batches(silent) if b.table == "disability")
    assert set(batch.frame["disa_disability_code"]) == {"NONE"}
    assert "103" not in batch.frame["disa_person_id"].to_list()
    assert batch.issues.select("rule", "person_id").rows() == [("disability_kind_unknown", "103")]


def sheets(path):
    book = python_calamine.load_workbook(str(path))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def cells(written, list_no):
    heads, *rows = sheets(written)[f"List {list_no}"]
    return [dict(zip(heads, row, strict=True)) for row in rows]


def test_the_workbook_has_the_eleven_lists_with_official_headings(written):
    found = sheets(written)
    assert list(found) == [f"List {n}" for n in LISTS]
    for list_no in LISTS:
        assert found[f"List {list_no}"][0] == [column.name for column in columns(list_no)]
    assert len(found["List 11"]) == 1


def test_derived_columns(written):
    need = {row["Child Unique ID"]: row for row in cells(written, 6)}
    assert {child: row["Case Status"][:2] for child, row in need.items()} == {
        "102": "d)", "103": "b)", "106": "e)", "107": "c)",
    }  # fmt: skip
    assert need["107"]["Date Child Was Last Seen"] == date(2026, 3, 9)
    ages = {
        row["Child Unique ID"]: row["Age of Child (Years)"] for row in cells(written, 6) + cells(written, 8)
    }
    assert ages == {"102": 10.0, "103": 5.0, "104": 16.0, "106": "", "107": 2.0}
    care = {row["Child Unique ID"]: row for row in cells(written, 8)}
    assert care["104"]["Number of Placements in the Last 12 months"] == 2
    missing = "Number of Episodes the Child has been 'Missing' from their Placement in the last 12 months"
    assert care["104"][missing] == 1
    assert care["106"][missing] == 0
    seven = cells(written, 7)
    assert [row["Number of Previous Child Protection Plans"] for row in seven] == [0]
    assert [row["Does the Child have a Disability"] for row in seven] == ["a) Yes"]
    enquiries = cells(written, 5)
    number = "Number of Section 47 Enquiries in the last 12 months"
    assert [(row["Child Unique ID"], row[number]) for row in enquiries] == [
        ("102", 0),
        ("102", 1),
        ("103", 0),
    ]


def test_an_enquiry_that_ended_without_a_conference_needed_none(tmp_path):
    made = tables()
    over = made["s47_enquiry"].with_columns(
        s47e_s47_nfa=pl.lit("N"), s47e_s47_end_date=pl.lit(date(2026, 3, 30))
    )
    path = write_annex_a(made | {"s47_enquiry": over}, tmp_path, AS_AT)
    asked = "Was an Initial Child Protection Conference deemed unnecessary?"
    assert [(row["Child Unique ID"], row[asked]) for row in cells(path, 5)] == [
        ("102", "a) Yes"), ("102", "a) Yes"), ("103", "b) No"),
    ]  # fmt: skip


def test_dates_are_dates_labels_are_labels_and_text_is_never_a_formula(written):
    first = cells(written, 5)[0]
    assert first["Date of Birth"] == date(2016, 2, 29)
    assert (first["Gender"], first["Ethnicity"], first["Allocated Worker"]) == (
        "b) Female", "t) NOBT", "=cmd() [red]Lee[/]",
    )  # fmt: skip


def test_the_scopes_of_the_lists_end_on_the_day(tmp_path):
    days = {
        "old": date(2025, 9, 29), "first": date(2025, 9, 30), "last": AS_AT, "future": date(2026, 4, 1),
    }  # fmt: skip
    made = tables()
    made["contacts"] = table(
        "contacts", *({"cont_person_id": name, "cont_contact_date": day} for name, day in days.items())
    )
    path = write_annex_a(made, tmp_path, AS_AT)
    assert {row["Child Unique ID"] for row in cells(path, 1)} == {"first", "last"}


def test_the_same_tables_make_the_same_workbook(written, tmp_path):
    assert write_annex_a(tables(), tmp_path, AS_AT).read_bytes() == written.read_bytes()
    assert AnnexA(written).data_date() == AS_AT


def test_a_workbook_that_is_not_the_demos_is_never_overwritten(tmp_path):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    book.add_worksheet("List 1")
    book.close()
    (tmp_path / FILE_NAME).write_bytes(out.getvalue())
    with pytest.raises(DataError, match="not the demo"):
        write_annex_a(tables(), tmp_path, AS_AT)
    assert (tmp_path / FILE_NAME).read_bytes() == out.getvalue()
    again = tmp_path / "new"
    write_annex_a(tables(), again, AS_AT)
    write_annex_a(tables(), again, AS_AT)


def test_a_folder_that_cannot_be(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(DataError, match="could not be written"):
        write_annex_a(tables(), tmp_path / "file" / "sub", AS_AT)
