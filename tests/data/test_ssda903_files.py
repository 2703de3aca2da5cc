"""Each file of a return lands where the contract says, and what it cannot tell is not made up."""

from datetime import date, datetime

import polars as pl
import pytest

from tests.data.ssda903_by_hand import FILES, Read, write, zipped


@pytest.fixture(scope="module")
def back(tmp_path_factory):
    return Read(write(tmp_path_factory.mktemp("903") / "return"))


def test_nothing_is_wrong_with_a_clean_return(back):
    assert back.rules() == {"no_ssd_home"}  # INTERVENTION_OFFERED, told once
    assert back.told("no_ssd_home") == [("oc2_2025.csv", "INTERVENTION_OFFERED", None)]
    assert all(place.rows_held == 0 for place in back.places.values())


def test_who_the_children_are(back):
    assert back.rows(
        "person", "pers_person_id", "pers_sex", "pers_dob", "pers_ethnicity", "pers_is_mother"
    ) == [
        ("101", "M", date(2012, 5, 15), "WBRI", "N"),
        ("102", "F", date(2008, 9, 3), "BAFR", "Y"),
        ("103", "M", date(2020, 1, 20), "WBRI", "N"),
        ("104", "F", date(2009, 12, 1), "AOTH", "N"),
        ("201", None, date(2005, 11, 11), None, None),  # in OC3 alone
        ("202", None, date(2006, 4, 9), None, None),
    ]
    numbers = back.rows("person", "pers_person_id", "pers_upn", "pers_upn_unknown")
    assert numbers[:2] == [("101", "A123456789012", None), ("102", None, "UN4")]
    assert back.rows(
        "linked_identifiers", "link_person_id", "link_identifier_type", "link_identifier_value"
    ) == [("101", "Unique Pupil Number", "A123456789012")]
    assert back.rows("mother", "moth_person_id", "moth_childs_dob", "moth_childs_person_id") == [
        ("102", date(2025, 2, 14), None)
    ]
    assert back.rows(
        "immigration_status", "immi_person_id", "immi_immigration_status", "immi_immigration_status_end_date"
    ) == [("102", "UASC", date(2026, 9, 3))]


def test_episodes_of_one_period_of_care(back):
    rows = back.tables["cla_episodes"].filter(pl.col("clae_person_id") == "101")
    assert rows["clae_cla_id"].unique().to_list() == ["903-C-101-2024-06-10"]
    assert rows["clae_entered_care_date"].unique().to_list() == [date(2024, 6, 10)]
    assert rows.sort("clae_cla_episode_start_date").select(
        "clae_cla_episode_id", "clae_cla_episode_start_reason", "clae_cla_primary_need_code",
        "clae_cla_episode_ceased_date", "clae_cla_episode_ceased_reason",
    ).rows() == [
        ("903-E-101-2024-06-10", "S", "N1", date(2024, 8, 2), "X1"),
        ("903-E-101-2024-08-02", "L", "N1", date(2024, 12, 1), "X1"),
        ("903-E-101-2024-12-01", "P", "N1", None, None),
    ]  # fmt: skip


def test_a_placement_goes_on_over_a_change_of_legal_status(back):
    fields = (
        "clap_person_id", "clap_cla_placement_start_date", "clap_cla_placement_end_date",
        "clap_cla_placement_type", "clap_cla_placement_provider", "clap_cla_placement_change_reason",
        "clap_cla_placement_postcode", "clap_cla_placement_urn",
    )  # fmt: skip
    assert back.rows("cla_placement", *fields)[:2] == [
        ("101", date(2024, 12, 1), None, "K2", "PR4", None, "IJ5 6KL", "SC200"),
        ("101", date(2024, 6, 10), date(2024, 12, 1), "U6", "PR1", "CREQB", "EF3 4GH", "SC100"),
    ]
    joined = back.tables["cla_episodes"].join(
        back.tables["cla_placement"], left_on="clae_cla_placement_id", right_on="clap_cla_placement_id"
    )
    assert joined.height == 6


def test_a_legal_status_goes_on_over_a_move(back):
    fields = ("lega_legal_status", "lega_legal_status_start_date", "lega_legal_status_end_date")
    assert back.rows("legal_status", "lega_person_id", *fields)[:2] == [
        ("101", "C1", date(2024, 8, 2), None),
        ("101", "V2", date(2024, 6, 10), date(2024, 8, 2)),
    ]


def test_a_review_is_in_the_period_that_holds_its_day(back):
    assert back.rows(
        "cla_reviews",
        "clar_cla_person_id",
        "clar_cla_review_date",
        "clar_cla_id",
        "clar_cla_review_participation",
    ) == [
        ("101", date(2024, 7, 5), "903-C-101-2024-06-10", "PN1"),
        ("101", date(2024, 9, 30), "903-C-101-2024-06-10", "PN3"),
        ("102", date(2024, 7, 25), "903-C-102-2024-07-01", "PN6"),
    ]


def test_missing_episodes_have_days(back):
    assert back.rows(
        "missing", "miss_person_id", "miss_missing_episode_type", "miss_missing_episode_start_date",
        "miss_missing_episode_end_date", "miss_missing_rhi_offered",
    ) == [
        ("102", "A", datetime(2025, 2, 2), None, None),
        ("102", "M", datetime(2025, 1, 10), datetime(2025, 1, 11), None),
    ]  # fmt: skip


def test_a_yearly_answer_is_given_no_date(back):
    assert back.rows(
        "cla_health", "clah_health_check_id", "clah_health_check_type", "clah_health_check_date",
        "clah_health_check_status",
    ) == [
        ("903-H-DENTAL-101-2025", "DENTAL", None, "Completed"),
        ("903-H-HEALTH-101-2025", "HEALTH", None, "Completed"),
        ("903-H-HEALTH-102-2025", "HEALTH", None, "Completed"),
    ]  # fmt: skip
    assert back.rows(
        "sdq_scores", "csdq_person_id", "csdq_sdq_completed_date", "csdq_sdq_score", "csdq_sdq_reason"
    ) == [
        ("101", None, 17, None),
        ("102", None, None, "SDQ2"),
    ]
    assert back.rows("cla_immunisations", "clai_person_id", "clai_immunisations_status") == [
        ("101", "Y"), ("102", "N"),
    ]  # fmt: skip
    assert back.rows("cla_convictions", "clac_person_id", "clac_cla_conviction_date") == [("102", None)]
    assert back.rows("cla_substance_misuse", "clas_person_id", "clas_intervention_received") == [("102", "N")]


def test_help_with_misuse_that_was_not_is_a_problem_and_no_fact(tmp_path):
    files = {
        "oc2": "CHILD,DOB,SUBSTANCE_MISUSE,INTERVENTION_RECEIVED\n"
        "1,01/01/2010,0,1\n2,01/01/2010,1,1\n3,01/01/2010,0,0\n4,01/01/2010,,1\n"
    }
    back = Read(write(tmp_path / "r", files))
    assert back.rows("cla_substance_misuse", "clas_person_id", "clas_intervention_received") == [("2", "Y")]
    told = back.issues.filter(pl.col("rule") == "help_without_misuse")
    assert told.select("row", "column", "value", "severity", "person_id").rows() == [
        ("oc2_2025.csv/row 2", "INTERVENTION_RECEIVED", "1", "warning", "1"),
        ("oc2_2025.csv/row 5", "INTERVENTION_RECEIVED", "1", "warning", "4"),
    ]


def test_accommodation_is_a_letter_and_whether_it_is_suitable(back):
    fields = (
        "clea_person_id", "clea_care_leaver_in_touch", "clea_care_leaver_activity",
        "clea_care_leaver_accommodation", "clea_care_leaver_accom_suitable",
    )  # fmt: skip
    assert back.rows("care_leavers", *fields) == [
        ("201", "YES", "F2", "B", "1"),
        ("202", "NO", "0", "0", None),
    ]


@pytest.mark.parametrize(
    ("text", "letter", "digit"),
    [
        ("b2", "B", "2"),
        ("01", "0", "1"),
        ("02", "0", "2"),
        ("R", "R", None),
        ("B3", None, None),
        ("9", None, None),
    ],
)
def test_spellings_of_accommodation(tmp_path, text, letter, digit):
    files = {"oc3": f"CHILD,DOB,IN_TOUCH,ACTIV,ACCOM\n1,11/11/2005,YES,F3,{text}\n"}
    back = Read(write(tmp_path / "r", files))
    fields = ("clea_care_leaver_accommodation", "clea_care_leaver_accom_suitable")
    assert back.rows("care_leavers", *fields) == [(letter, digit)]
    assert ("unknown_code" in back.rules()) == (letter is None)


def test_one_decision_told_by_two_files_is_one_row(back):
    fields = (
        "perm_person_id", "perm_adm_decision_date", "perm_matched_date", "perm_adopted_by_carer_flag",
        "perm_number_of_adopters", "perm_adopter_sex", "perm_adopter_legal_status",
        "perm_permanence_order_date", "perm_permanence_order_type",
        "perm_decision_reversed_date", "perm_decision_reversed_reason",
    )  # fmt: skip
    day = date(2024, 8, 1)
    assert back.rows("permanence", *fields) == [
        ("101", date(2024, 9, 1), *[None] * 7, date(2025, 2, 1), "RD3"),
        ("103", day, date(2024, 11, 20), "Y", 2, "MF", "L11", date(2025, 3, 10), "Adoption", None, None),
    ]
    assert back.tables["permanence"]["perm_cla_id"].is_not_null().all()


def test_a_day_that_is_partly_not_known_stays_text(back):
    fields = ("lapp_person_id", "lapp_previous_permanence_option", "lapp_previous_permanence_order_date")
    assert back.rows("cla_previous_permanence", *fields) == [("101", "P2", "zz/03/2015"), ("102", "Z1", None)]


def test_social_workers_are_known_by_number(back):
    assert back.rows("professionals", "prof_professional_id", "prof_professional_name") == [
        ("SW12345", None), ("SW999", None),
    ]  # fmt: skip
    fields = (
        "invo_professional_id", "invo_professional_role_id", "invo_involvement_start_date",
        "invo_involvement_end_date", "invo_worker_change_reason",
    )  # fmt: skip
    assert back.rows("involvements", *fields) == [
        ("SW12345", "allocated worker", date(2024, 6, 10), date(2024, 10, 1), "TSPROC"),
        ("SW999", "allocated worker", date(2024, 10, 1), None, None),
    ]


def test_the_postcode_before_care_is_no_present_address(back):
    assert back.rows(
        "address", "addr_person_id", "addr_address_type", "addr_address_start_date", "addr_address_postcode"
    )[0] == ("101", "Home before care", None, "AB1 2CD")


def test_orders_of_liberty_are_held_for_want_of_a_table(tmp_path):
    files = {**FILES, "dolo": "CHILD,DOB,DOLO_START,DOLO_END\n101,15/05/2012,01/01/2025,\n"}
    back = Read(write(tmp_path / "r", files))
    assert back.places["dolo_2025.csv"].rows_held == 1
    assert ("dolo_2025.csv", None, None) in back.told("no_ssd_home")


def test_the_same_return_makes_the_same_keys(tmp_path, back):
    again = Read(write(tmp_path / "elsewhere"))
    assert again.source.checksum() == back.source.checksum()
    for table, frame in back.tables.items():
        assert again.tables[table].drop("source").equals(frame.drop("source")), table


def test_the_day_of_the_data_is_the_end_of_the_year_of_return(back, tmp_path):
    assert back.source.data_date() == date(2025, 3, 31)
    assert Read(write(tmp_path / "r", year="")).source.data_date() == date(2025, 3, 31)  # by its dates
    early = {"episodes": FILES["episodes"].replace("2025", "2024").replace("12/2024", "08/2024")}
    assert Read(write(tmp_path / "early", early, "")).source.data_date() is None  # a part of a year


def test_what_a_return_cannot_tell_is_said(back):
    for table in ("cla_visits", "cla_care_plan", "cp_plans", "cin_episodes", "disability", "department"):
        assert back.coverage(table)["coverage"] == "none", table
    assert back.coverage("cla_episodes")["coverage"] == "full"
    for table, field in (
        ("cla_health", "clah_health_check_date"),
        ("sdq_scores", "csdq_sdq_completed_date"),
        ("cla_immunisations", "clai_immunisations_status_date"),
        ("missing", "miss_missing_rhi_offered"),
        ("care_leavers", "clea_care_leaver_latest_contact"),
        ("permanence", "perm_matched_date"),
        ("person", "pers_surname"),
    ):
        said = back.coverage(table)
        assert said["coverage"] == "partial"
        assert field in str(said["missing_columns"]).split(",")


def test_a_file_that_is_not_there_is_not_nothing(tmp_path):
    files = {kind: text for kind, text in FILES.items() if kind in ("header", "episodes")}
    back = Read(write(tmp_path / "r", files))
    assert back.coverage("cla_reviews")["coverage"] == "none"
    assert back.coverage("missing")["coverage"] == "none"
    assert back.coverage("cla_episodes")["coverage"] == "full"
    assert "reviews" in {place for place, _, _ in back.told("missing_file")}


def test_a_zip_file_is_read_as_the_folder_is(tmp_path, back):
    path = zipped({f"return/{kind}_2025.csv": text for kind, text in FILES.items()}, tmp_path / "903.zip")
    packed = Read(path)
    for table, frame in back.tables.items():
        assert packed.tables[table].drop("source", "source_row").equals(frame.drop("source", "source_row"))
