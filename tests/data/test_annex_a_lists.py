"""Rows in = rows used + rows held, and everything that was not used as it came is said."""

import io
import re
import zipfile
from datetime import date, datetime, timedelta

import polars as pl
import pytest
import xlsxwriter

from data.issues.model import COLUMNS
from data.schema.tables import key_of, names, polars_schema
from data.sources.annex_a import AnnexA
from data.sources.annex_a.headers import columns
from data.sources.base import silent


def make(path, sheets, hidden=()):
    """A workbook: sheet name to rows; dates become Excel dates, None an empty cell, a tuple a formula."""
    book = xlsxwriter.Workbook(str(path))
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        if name in hidden:
            sheet.hide()
        else:
            sheet.activate()
            sheet.set_first_sheet()
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(r, c, datetime(value.year, value.month, value.day), day)
                elif isinstance(value, tuple):
                    sheet.write_formula(r, c, value[0], day, value[1])
                elif isinstance(value, str):
                    sheet.write_string(r, c, value)
                elif value is not None:
                    sheet.write(r, c, value)
    book.close()
    return path


def rows_of(list_no, *rows):
    """Official headings and rows given by heading (a part of it is enough)."""
    heads = [column.name for column in columns(list_no)]

    def full(part):
        return next((h for h in heads if h == part), None) or next(
            h for h in heads if part.lower() in h.lower()
        )

    given = [{full(part): value for part, value in row.items()} for row in rows]
    return [heads, *([row.get(head) for head in heads] for row in given)]


def read(path):
    """Frames by table, all issues, counts by place; and the promises every read must keep."""
    source = AnnexA(path)
    frames, issues = {}, []
    for batch in source.batches(silent):
        assert batch.frame.schema == pl.Schema(polars_schema(batch.table))
        key = batch.frame[key_of(batch.table)]
        assert key.null_count() == 0
        assert key.is_unique().all(), batch.table
        assert tuple(batch.issues.columns) == COLUMNS
        frames[batch.table] = batch.frame
        issues.append(batch.issues)
    counts = {count.place: count for count in source.places()}
    assert all(c.rows_in == c.rows_used + c.rows_held for c in counts.values())
    told = pl.concat(issues)
    held = told.filter(effect="row held")
    assert held["row"].is_unique().all()
    assert held.group_by("place").len().sort("place").rows() == sorted(
        (c.place, c.rows_held) for c in counts.values() if c.rows_held
    )
    return frames, told, counts


def rules(told, **where):
    return told.filter(*(pl.col(k) == v for k, v in where.items()))["rule"].to_list()


def test_title_rows_blank_rows_and_blank_columns_do_not_matter(tmp_path):
    heads = [None, None, "Child Unique ID", None, "Date of Contact", "Contact Source"]
    path = make(
        tmp_path / "a.xlsx",
        {
            "Contacts": [
                ["Contacts, printed 1 April 2026"], [], [None, "OFFICIAL"], heads, [],
                [None, None, 101, None, date(2026, 2, 3), "q) 6: Police", None, "  "], [" ", "\u00a0"],
                [None, None, " 0102\u00a0", None, "3 Feb 2026", "6"], [], ["  "],
            ]
        },
    )  # fmt: skip
    frames, told, counts = read(path)
    assert frames["contacts"].select("cont_person_id", "cont_contact_date", "source_row").rows() == [
        ("0102", date(2026, 2, 3), "List 1/row 8"),
        ("101", date(2026, 2, 3), "List 1/row 6"),
    ]
    assert counts["List 1"].rows_in == 2
    assert set(rules(told, place="List 1")) == {"missing_column"}


def test_rows_are_held_and_said_by_the_number_excel_shows(tmp_path):
    sheet = rows_of(
        1,
        {"child": 101, "date of contact": date(2026, 2, 3)},
        {"date of contact": date(2026, 2, 3)},
        {"child": "Child Unique ID", "date of contact": "Date of Contact"},
        {"child": 103},
        {"child": "#N/A", "gender": "Male"},
    )
    _, told, counts = read(make(tmp_path / "a.xlsx", {"List 1": sheet}))
    held = told.filter(effect="row held").sort("row")
    assert held.select("rule", "row", "person_id").rows() == [
        ("no_child_id", "List 1/row 3", None),
        ("heading_row", "List 1/row 4", None),
        ("nothing_said", "List 1/row 5", "103"),
        ("no_child_id", "List 1/row 6", None),
    ]
    assert (counts["List 1"].rows_in, counts["List 1"].rows_used) == (5, 1)


def test_ids_as_numbers_and_text_are_one_child(tmp_path):
    sheets = {
        "List 1": rows_of(1, {"child": 101.0, "birth": date(2015, 1, 2)}),
        "List 3": rows_of(3, {"child": " 101 ", "gender": "Female"}),
        "List 9": rows_of(9, {"child": "101.0", "ethnicity": "s) NOBT"}),
    }
    frames, _, _ = read(make(tmp_path / "a.xlsx", sheets))
    row = frames["person"].row(0, named=True)
    assert frames["person"].height == 1
    assert (row["pers_person_id"], row["pers_dob"], row["pers_gender"], row["pers_sex"]) == (
        "101", date(2015, 1, 2), "F", "F",
    )  # fmt: skip
    assert row["pers_ethnicity"] == "NOBT"


def test_problems_with_values_name_list_row_heading_and_value(tmp_path):
    sheet = rows_of(
        4,
        {"child": 1, "start date": "soon", "seen": "maybe", "birth": "31/02/2015", "requiring": "Form sent"},
    )
    frames, told, _ = read(make(tmp_path / "a.xlsx", {"4": sheet}))
    said = told.filter(pl.col("row") == "List 4/row 2").select("rule", "column", "value", "effect").rows()
    assert sorted(said)[:2] == [
        ("missing_date", "Continuous Assessment Start Date", None, "kept"),
        ("unknown_code", "Child Seen During Continuous Assessment", "maybe", "kept"),
    ]
    assert ("unreadable_date", "Date of Birth", "31/02/2015", "value left blank") in said
    assert (
        "unknown_code",
        "Was the child assessed as requiring LA children's social care support?",
        "Form sent",
        "value left blank",
    ) in said
    assert frames["cin_assessments"]["cina_assessment_outcome_nfa"].to_list() == [None]


def test_error_cells_and_formulas_are_nulls_and_cached_values(tmp_path):
    sheet = rows_of(
        6,
        {"child": 1, "cin start": ("=A1", 46000), "team": ("=NA()", "#N/A"), "worker": "#N/A", "status": "c"},
        {
            "child": 2,
            "cin start": ("=A1", 46000),
            "team": "Pod\u00a07",
            "worker": "Unallocated",
            "status": "x",
        },
    )
    frames, _, _ = read(make(tmp_path / "a.xlsx", {"6": sheet}))
    assert frames["cin_episodes"]["cine_referral_date"].to_list() == [date(2025, 12, 9)] * 2
    assert frames["department"]["dept_team_name"].to_list() == ["Pod 7"]
    assert "professionals" not in frames or not frames["professionals"].height
    assert frames["involvements"].select("invo_person_id", "invo_professional_id").rows() == [("2", None)]


def test_a_hidden_sheet_is_read_and_said(tmp_path):
    sheet = rows_of(1, {"child": 1, "date of contact": date(2026, 1, 1)})
    frames, told, _ = read(make(tmp_path / "a.xlsx", {"Front": [["x", "y"]], "List 1": sheet}, {"List 1"}))
    assert frames["contacts"].height == 1
    assert "hidden_sheet" in rules(told)
    assert rules(told, place="Front") == ["unknown_sheet"]


def test_of_two_sheets_for_a_list_one_is_read_and_the_other_held(tmp_path):
    one = rows_of(1, {"child": 1, "date of contact": date(2026, 1, 1)})
    old = rows_of(1, {"child": 1, "date of contact": date(2026, 1, 1)}, {"child": 2, "gender": "a) Male"})
    frames, told, counts = read(
        make(tmp_path / "a.xlsx", {"List 1 (old)": old, "List 1": one}, hidden=("List 1 (old)",))
    )
    assert frames["contacts"].height == 1
    assert counts["List 1 (sheet List 1 (old))"].rows_held == 2
    assert rules(told).count("second_sheet") == 2


def test_the_same_row_twice_is_held_where_a_row_is_a_case(tmp_path):
    plan = {"child": 1, "plan start": date(2026, 1, 1), "initial category": "Neglect"}
    contact = {"child": 1, "date of contact": date(2026, 1, 1), "source": "6"}
    sheets = {"List 7": rows_of(7, plan, plan), "List 1": rows_of(1, contact, contact)}
    frames, told, _ = read(make(tmp_path / "a.xlsx", sheets))
    assert frames["cp_plans"].height == 1
    assert frames["contacts"].height == 2
    assert rules(told, effect="row held") == ["repeated_row"]


def test_adopters_are_held_with_the_reason(tmp_path):
    sheet = rows_of(11, {"adopter identifier": "A1", "enquiry": date(2026, 1, 1)})
    frames, told, counts = read(
        make(tmp_path / "a.xlsx", {"List 11": sheet, "List 1": rows_of(1, {"child": 1, "gender": "M"})})
    )
    assert counts["List 11"].rows_held == 1
    assert told.filter(place="List 11").select("rule", "severity", "effect").rows() == [
        ("no_ssd_home", "note", "row held")
    ]
    assert frames["person"].height == 1


def test_a_list_without_the_child_column_holds_every_row(tmp_path):
    _, told, counts = read(
        make(tmp_path / "a.xlsx", {"List 1": [["Date of Contact", "Contact Source"], ["1/1/26", "6"]]})
    )
    assert counts["List 1"].rows_held == 1
    assert "no_child_id" in rules(told, effect="row held")


def test_missing_and_extra_columns_are_said(tmp_path):
    sheet = [
        ["Child Unique ID", "Date of Contact", "Favourite colour", "Date of contact"],
        [1, "1/1/26", "red", ""],
    ]
    path = make(tmp_path / "a.xlsx", {"List 1": sheet})
    _, told, _ = read(path)
    assert rules(told, column="Favourite colour") == ["extra_column"]
    assert rules(told, column="Contact Source") == ["missing_column"]
    assert rules(told, column="Date of contact") == ["repeated_heading"]
    coverage = AnnexA(path).coverage()
    missing = coverage.filter(table="contacts")["missing_columns"][0].split(",")
    assert "cont_contact_source_code" in missing
    assert "cont_contact_date" not in missing


def test_coverage_says_what_the_workbook_cannot_tell(tmp_path):
    path = make(tmp_path / "a.xlsx", {"List 7": rows_of(7, {"child": 1, "plan start": date(2026, 1, 1)})})
    coverage = AnnexA(path).coverage()
    assert coverage["table"].to_list() == list(names())
    by_table = {row["table"]: row for row in coverage.iter_rows(named=True)}
    assert by_table["cp_plans"]["coverage"] == "partial"
    assert by_table["cla_episodes"]["coverage"] == "none"
    assert "List 8 is not in this workbook" in by_table["cla_episodes"]["note"]
    assert {t for t, row in by_table.items() if row["latest_only"]} == {
        "cp_visits", "cp_reviews", "cla_reviews", "cla_visits", "cla_placement", "legal_status", "cla_health",
        "cin_visits",
    }  # fmt: skip
    for never in ("cin_plans", "missing", "assessment_factors", "family"):
        assert by_table[never]["coverage"] == "none"


def test_the_care_leaver_columns_of_the_script_are_missing_where_it_did_not_write_them(tmp_path):
    sheet = [row[:-4] for row in rows_of(9, {"child": 1, "eligibility": "a) Relevant child"})]
    missing = AnnexA(make(tmp_path / "a.xlsx", {"9": sheet})).coverage().filter(table="care_leavers")
    assert "clea_pathway_plan_review_date" in missing["missing_columns"][0]
    assert "clea_care_leaver_eligibility" not in missing["missing_columns"][0]


def test_the_workbooks_own_date_and_checksum(tmp_path):
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet("List 1").write_row(0, 0, ["Child Unique ID", "Date of Contact"])
    book.set_properties({"created": datetime(2026, 6, 30, 23, 30)})  # UTC: already July in England
    book.close()
    source = AnnexA(path)
    assert source.data_date() == date(2026, 7, 1)
    assert len(source.checksum()) == 64
    assert source.name == "a.xlsx"
    assert source.kind == "annex_a"


def test_keys_do_not_depend_on_the_order_of_rows(tmp_path):
    first = {"child": 1, "date of contact": date(2026, 1, 1), "source": "6"}
    second = {"child": 1, "date of contact": date(2026, 1, 1), "source": "1A"}
    found = []
    for at, rows in enumerate(([first, second], [second, first])):
        frames, _, _ = read(make(tmp_path / f"{at}.xlsx", {"List 1": rows_of(1, *rows)}))
        found.append(set(frames["contacts"].select("cont_contact_id", "cont_contact_source_code").rows()))
    assert found[0] == found[1] == {("AA-1-1-2026-01-01", "1A"), ("AA-1-1-2026-01-01-2", "6")}


@pytest.mark.parametrize("suffix", ["xlsx", "xlsm"])
def test_the_name_does_not_matter(tmp_path, suffix):
    sheet = rows_of(1, {"child": 1, "date of contact": date(2026, 1, 1)})
    content = make(tmp_path / "a.xlsx", {"List 1": sheet}).read_bytes()
    path = tmp_path / f"b.{suffix}"
    path.write_bytes(io.BytesIO(content).getvalue())
    assert read(path)[0]["contacts"].height == 1


def test_two_rows_of_one_case_are_one_case_the_fuller_row_is_read(tmp_path):
    thin = {"child": 1, "plan start": "01/01/2026", "worker": "A Bell"}
    full = {"child": "1", "plan start": date(2026, 1, 1), "initial category": "Neglect", "worker": "B Cole"}
    other = {"child": 1, "plan start": date(2025, 1, 1), "plan end": date(2025, 10, 1)}
    frames, told, _ = read(make(tmp_path / "a.xlsx", {"List 7": rows_of(7, thin, full, other)}))
    assert frames["cp_plans"].select("cppl_cp_plan_start_date", "cppl_cp_plan_initial_category").rows() == [
        (date(2025, 1, 1), None),
        (date(2026, 1, 1), "NEG"),
    ]
    assert told.filter(effect="row held").select("rule", "row").rows() == [("repeated_row", "List 7/row 2")]


def test_gender_is_read_where_the_sheet_has_sex_too(tmp_path):
    sheet = [["Child Unique ID", "Sex", "Gender", "Date of Contact"], [1, "Female", "d) Neither", "1/1/2026"]]
    frames, told, _ = read(make(tmp_path / "a.xlsx", {"List 1": sheet}))
    assert frames["person"]["pers_gender"].to_list() == ["I"]
    assert rules(told, column="Sex") == ["repeated_heading"]


def test_lists_that_disagree_the_one_closest_to_the_case_is_believed(tmp_path):
    sheets = {
        "List 1": rows_of(1, *[{"child": 1, "birth": date(2015, 1, 1), "ethnicity": "WBRI"}] * 3),
        "List 8": rows_of(8, {"child": 1, "birth": date(2016, 1, 1), "disability": "b) No"}),
        "List 4": rows_of(4, {"child": 1, "birth": date(2016, 1, 1), "disability": "Yes"}),
    }
    frames, told, _ = read(make(tmp_path / "a.xlsx", sheets))
    person = frames["person"].row(0, named=True)
    assert (person["pers_dob"], person["pers_ethnicity"]) == (date(2016, 1, 1), "WBRI")
    assert "disability" not in frames or not frames["disability"].height
    said = told.filter(rule="lists_disagree").select("row", "column", "value").sort("row").rows()
    assert said[0] == ("List 1/row 2", "Date of Birth", "2015-01-01")
    assert said[-1] == ("List 8/row 2", "Does the Child have a Disability", "N")
    assert len(said) == 4


def test_the_most_specific_open_list_says_who_has_the_case(tmp_path):
    sheets = {
        "List 6": rows_of(
            6,
            *({"child": n, "cin start": date(2026, 1, 1), "team": "Pod", "worker": "Six"} for n in (1, 2, 3)),
            {"child": 4, "cin start": date(2025, 1, 1), "closure date": date(2026, 2, 2), "worker": "Six"},
        ),
        "List 7": rows_of(7, {"child": 1, "plan start": date(2026, 1, 2), "team": "CP", "worker": "Seven"}),
        "List 8": rows_of(
            8, {"child": 2, "started": date(2025, 1, 1), "date ceased": date(2026, 1, 1), "worker": "Eight"}
        ),
        "List 9": rows_of(9, {"child": 3, "eligibility": "Relevant child", "personal": "Nine"}),
    }  # fmt: skip
    frames, _, _ = read(make(tmp_path / "a.xlsx", sheets))
    names_by_id = dict(
        frames["professionals"].select("prof_professional_id", "prof_professional_name").rows()
    )
    found = sorted(
        (r["invo_person_id"], names_by_id[r["invo_professional_id"]], r["invo_professional_role_id"],
         r["invo_involvement_end_date"])
        for r in frames["involvements"].iter_rows(named=True)
    )  # fmt: skip
    assert found == [
        ("1", "Seven", "allocated worker", None),
        ("2", "Six", "allocated worker", None),
        ("3", "Nine", "personal adviser", None),
        ("3", "Six", "allocated worker", None),
        ("4", "Six", "allocated worker", date(2026, 2, 2)),
    ]


def test_an_adopted_child_of_list_10_left_care_with_the_order_and_others_are_not_guessed(tmp_path):
    entered, decided = date(2024, 1, 1), date(2024, 9, 1)
    sheets = {
        "List 10": rows_of(
            10,
            {"child": 1, "entered": entered, "should be placed": decided, "adoption order": date(2025, 9, 9)},
            {"child": 2, "entered": entered, "should be placed": decided},
            {"child": 3, "entered": entered, "should be placed": decided},
        ),
        "List 8": rows_of(8, {"child": 2, "started": entered, "legal status": "E1: Placement order"}),
    }
    frames, told, _ = read(make(tmp_path / "a.xlsx", sheets))
    care = (
        frames["cla_episodes"].select("clae_person_id", "clae_cla_episode_ceased_date").sort("clae_person_id")
    )
    assert care.rows() == [("1", date(2025, 9, 9)), ("2", None)]
    assert frames["permanence"].sort("perm_person_id")["perm_cla_id"].to_list() == [
        "AA-8-1-2024-01-01", "AA-8-2-2024-01-01", None,
    ]  # fmt: skip
    assert told.filter(rule="care_not_in_list_8").select("person_id", "value").rows() == [("3", "2024-01-01")]


def test_a_visit_told_in_two_rows_of_a_child_is_one_visit_of_the_plan_it_fell_in(tmp_path):
    seen = {"last statutory visit": date(2026, 2, 2), "seen alone": "a) Yes"}
    sheet = rows_of(
        7,
        {"child": 1, "plan start": date(2025, 1, 1), "plan end": date(2025, 12, 1), **seen},
        {"child": 1, "plan start": date(2026, 1, 1), **seen},
    )
    frames, _, _ = read(make(tmp_path / "a.xlsx", {"List 7": sheet}))
    assert frames["cp_visits"].select("cppv_cp_plan_id", "cppv_cp_visit_seen").rows() == [
        ("AA-7-1-2026-01-01", "Y")
    ]


def test_a_closed_case_without_a_date_is_an_error(tmp_path):
    sheet = rows_of(6, {"child": 1, "cin start": date(2026, 1, 1), "status": "e) Closed episode"})
    _, told, _ = read(make(tmp_path / "a.xlsx", {"List 6": sheet}))
    assert told.filter(rule="closed_without_date").select("row", "severity").rows() == [
        ("List 6/row 2", "error")
    ]


def test_referrals_that_list_6_shows_to_be_over_do_not_stay_open(tmp_path):
    went_on = {"child": 1, "nfa": "No"}
    sheets = {
        "List 3": rows_of(
            3,
            {**went_on, "date of referral": date(2025, 11, 1)},
            {**went_on, "date of referral": date(2026, 1, 20)},
            {"child": 1, "nfa": "Yes", "date of referral": date(2025, 12, 1)},
            {"child": 2, "nfa": "No", "date of referral": date(2025, 12, 1)},
        ),
        "List 6": rows_of(6, {"child": 1, "cin start": date(2026, 1, 1), "closure date": date(2026, 2, 2)}),
    }
    frames, told, _ = read(make(tmp_path / "a.xlsx", sheets))
    closed = frames["cin_episodes"].select("cine_person_id", "cine_referral_date", "cine_close_date")
    assert closed.sort("cine_person_id", "cine_referral_date").rows() == [
        ("1", date(2025, 11, 1), date(2026, 1, 1)),
        ("1", date(2025, 12, 1), None),
        ("1", date(2026, 1, 1), date(2026, 2, 2)),
        ("1", date(2026, 1, 20), date(2026, 2, 2)),
        ("2", date(2025, 12, 1), None),
    ]
    assert told.filter(rule="referral_without_episode")["person_id"].to_list() == ["2"]
    assert told.filter(rule="closure_not_given").height == 2


def test_what_has_no_place_in_the_standard_is_said_once_a_column(tmp_path):
    sheet = rows_of(
        8, *({"child": n, "started": date(2026, 1, 1), "placement location": "a) In"} for n in (1, 2))
    )
    _, told, _ = read(make(tmp_path / "a.xlsx", {"List 8": sheet}))
    assert told.filter(rule="no_ssd_home")["column"].to_list() == ["Placement Location"]


def test_a_postcode_is_a_postcode(tmp_path):
    where = ["BN1 1AA", "Refuge", "sw1a1aa", None]
    given = (
        {"child": n, "started": date(2026, 1, 1), "postcode": code, "placement type": "K2"}
        for n, code in enumerate(where)
    )
    frames, told, _ = read(make(tmp_path / "a.xlsx", {"8": rows_of(8, *given)}))
    found = frames["cla_placement"].sort("clap_person_id")["clap_cla_placement_postcode"].to_list()
    assert found == ["BN1 1AA", None, "SW1A1AA", None]
    assert told.filter(rule="not_a_postcode")["value"].to_list() == ["Refuge"]


def test_the_worker_of_the_latest_referral_has_a_case_that_no_list_of_cases_has(tmp_path):
    def referred(child, day, worker, nfa="b) No"):
        return {"child": child, "date of referral": day, "referral nfa": nfa,
                "allocated worker": worker, "allocated team": "Front Door"}  # fmt: skip

    def need(child, worker=None, end=None):
        return {"child": child, "cin start": date(2025, 1, 1), "cin closure": end,
                "allocated worker": worker}  # fmt: skip

    new = date(2026, 3, 2)
    sheets = {
        "List 3": rows_of(
            3,
            referred("A", date(2026, 2, 1), "Ann"),
            referred("A", new, "Amy"),
            referred("B", new, "Bob"),
            referred("C", new, "Cay"),
            referred("D", new, "Dee"),
            referred("E", date(2025, 6, 1), "Eve"),
            referred("F", new, "Fay", "a) Yes"),
        ),
        "List 6": rows_of(
            6,
            need("B", "Ben"),
            need("C"),
            need("D", "Dan", date(2026, 1, 5)),
            need("E", "Ell", date(2026, 1, 5)),
        ),
    }
    frames, _, _ = read(make(tmp_path / "a.xlsx", sheets))
    rows = frames["involvements"].join(
        frames["professionals"], left_on="invo_professional_id", right_on="prof_professional_id", how="left"
    )
    fields = ("invo_person_id", "prof_professional_name", "invo_involvement_end_date")
    assert rows.select(fields).sort("invo_person_id").rows() == [
        ("A", "Amy", None),  # in no list of cases
        ("B", "Ben", None),
        ("D", "Dee", None),  # referred again since the case was closed
        ("E", "Ell", date(2026, 1, 5)),
    ]  # C is unallocated by list 6; F had no further action


def test_children_whose_status_has_a_list_and_who_are_not_in_it(tmp_path):
    def need(child, status, end=None):
        return {"child": child, "cin start": date(2025, 1, 1), "case status": status, "cin closure": end,
                "date child was last seen": date(2026, 3, 3)}  # fmt: skip

    on_plan, in_care = "b) Child Protection plan", "a) Looked after child"
    sheets = {
        "List 6": rows_of(
            6,
            need("A", on_plan),
            need("B", on_plan),
            need("C", on_plan),
            need("D", on_plan, date(2026, 1, 1)),
            need("E", in_care),
            need("F", in_care),
        ),
        "List 7": rows_of(
            7,
            {"child": "A", "plan start": date(2025, 2, 1)},
            {"child": "B", "plan start": date(2025, 2, 1), "plan end": date(2025, 9, 1)},
        ),
        "List 8": rows_of(8, {"child": "E", "started to be": date(2025, 2, 1)}),
    }
    _, told, _ = read(make(tmp_path / "a.xlsx", sheets))

    def children(rule):
        return told.filter(rule=rule)["person_id"].sort().to_list()

    assert (children("not_in_list_7"), children("not_in_list_8")) == (["B", "C"], ["F"])
    assert children("visit_of_unknown_kind") == ["C", "D", "F"]
    del sheets["List 8"]
    _, told, _ = read(make(tmp_path / "b.xlsx", sheets))
    assert children("not_in_list_8") == []


def aged(*ages, born=date(2014, 3, 20)):
    """A list 6 of children born a day after one another."""
    days = [born + timedelta(days=nth) for nth in range(len(ages))]
    cells = zip(days, ages, strict=True)
    return rows_of(
        6,
        *(
            {"child": str(nth), "date of birth": day, "age": age, "cin start": date(2025, 1, 1)}
            for nth, (day, age) in enumerate(cells)
        ),
    )


def dated_book(path, rows, saved):
    make(path, {"List 6": rows})
    stamp = f'<dcterms:modified xsi:type="dcterms:W3CDTF">{saved}T12:00:00Z</dcterms:modified>'
    content = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(content, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "docProps/core.xml":
                text = re.sub(rb"<dcterms:modified.*?</dcterms:modified>", stamp.encode(), text)
            new.writestr(name, text)
    path.write_bytes(content.getvalue())
    return path


@pytest.mark.parametrize(
    ("ages", "saved", "day", "by_ages"),
    [
        ((12, 12, 12, 11, 11), "2026-03-22", date(2026, 3, 22), False),  # the ages fit the day it was saved
        ((12, 12, 12, 11, 11), "2026-06-09", date(2026, 3, 22), True),  # saved again later
        ((12, 12, 12, 11, 11), "2025-06-09", date(2026, 3, 22), True),
        ((12, 12), "2026-06-09", date(2026, 6, 9), False),  # too few
        ((12, 9, 3, 17, 5), "2026-06-09", date(2026, 6, 9), False),  # they fit no day
        ((12, 12, 12, 11, 3), "2026-06-09", date(2026, 3, 22), True),  # one is wrong
        ((None,) * 5, "2026-06-09", date(2026, 6, 9), False),
    ],
)
def test_the_day_that_the_ages_fit_is_preferred_and_said(tmp_path, ages, saved, day, by_ages):
    source = AnnexA(dated_book(tmp_path / "a.xlsx", aged(*ages), saved))
    told = pl.concat([batch.issues for batch in source.batches(silent)])
    assert source.data_date() == day
    assert f"{day:%d/%m/%Y}" in source.day_told()
    assert ("by the ages in the lists" in source.day_told()) == by_ages
    assert (told.filter(rule="day_by_ages").height == 1) == by_ages
