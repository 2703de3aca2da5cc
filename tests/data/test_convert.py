"""Values as sources write them, in the standard's types and codes."""

from datetime import UTC, date, datetime

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.issues.model import COLUMNS
from data.schema.codes import labels, spellings
from data.schema.convert import typed
from data.schema.dates import moments
from data.schema.tables import fields, names, polars_schema


def read(table, **columns):
    rows = len(next(iter(columns.values())))
    raw = pl.DataFrame(columns | {"source_row": [f"place/{n}" for n in range(rows)]}, strict=False)
    return typed(table, raw, source="ours", place="place")


@pytest.mark.parametrize(
    "text",
    [
        "2025-01-31", "2025-01-31 00:00:00", "2025-01-31T00:00:00.000Z", "31/01/2025", "31-01-25",
        "31.1.2025", "31 Jan 2025", "31st January 2025", "Fri, 31-Jan-25", "20250131", "45688", "45688.0",
        "31/01/2025 00:00", "\u00a031/01/2025 ", "2025-01-31 00:00:00.0000000",
    ],
)  # fmt: skip
def test_a_date_is_read_however_it_is_written(text):
    frame, issues = read("cp_visits", cppv_cp_visit_date=[text])
    assert frame["cppv_cp_visit_date"].to_list() == [date(2025, 1, 31)]
    assert issues.is_empty()


@pytest.mark.parametrize(
    "text", ["31/02/2025", "13/13/2025", "soon", "01/2025", "5 Marble 2025", "123", "12/31/2025"]
)
def test_what_is_no_date_is_left_blank_and_told(text):
    frame, issues = read("cp_visits", cppv_person_id=["77"], cppv_cp_visit_date=[text])
    assert frame["cppv_cp_visit_date"].to_list() == [None]
    assert issues.columns == list(COLUMNS)
    told = issues.row(0, named=True)
    assert (told["rule"], told["severity"], told["effect"]) == (
        "unreadable_date",
        "error",
        "value left blank",
    )
    assert (told["value"], told["row"], told["column"]) == (text, "place/0", "cppv_cp_visit_date")
    assert (told["person_id"], told["place"], told["ssd_table"]) == ("77", "place", "cp_visits")


@pytest.mark.parametrize("nothing", ["1900-01-01", "9999-12-31", "31/12/9999 00:00:00"])
def test_a_date_that_stands_for_none_is_left_blank(nothing):
    frame, issues = read("cp_plans", cppl_cp_plan_end_date=[nothing])
    assert frame["cppl_cp_plan_end_date"].to_list() == [None]
    assert issues["rule"].to_list() == ["placeholder_date"]


def test_dates_arrive_in_every_type():
    assert moments(pl.Series([date(2025, 1, 2)])).to_list() == [datetime(2025, 1, 2)]
    assert moments(pl.Series([45678.0, 45678.5, 1.0])).to_list() == [
        datetime(2025, 1, 21),
        datetime(2025, 1, 21, 12),
        None,
    ]
    summer = datetime(2025, 7, 1, 23, 30, tzinfo=UTC)
    assert moments(pl.Series([summer])).to_list() == [datetime(2025, 7, 2, 0, 30)]
    assert moments(pl.Series([None, None])).to_list() == [None, None]


def test_a_time_of_day_is_kept_where_the_standard_has_one():
    frame, _ = read("missing", miss_missing_episode_start_date=["01/02/2025 11:05 pm", "2025-02-01 25:00"])
    assert frame["miss_missing_episode_start_date"].to_list() == [datetime(2025, 2, 1, 23, 5), None]


@settings(deadline=None)  # a shared machine has slow moments
@given(
    st.dates(date(1950, 1, 1), date(2049, 12, 31)),
    st.sampled_from(["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%y", "%d %b %Y"]),
)
def test_every_day_is_read_back(day, pattern):
    assert moments(pl.Series([day.strftime(pattern)])).to_list() == [datetime(day.year, day.month, day.day)]


@pytest.mark.parametrize(
    ("table", "field", "text", "code"),
    [
        ("cp_plans", "cppl_cp_plan_initial_category", "a) Neglect", "NEG"),
        ("cp_plans", "cppl_cp_plan_initial_category", "neg", "NEG"),
        ("cp_plans", "cppl_cp_plan_initial_category", "Multiple: neglect, emotional", "MUL"),
        ("legal_status", "lega_legal_status", "C2: FCO", "C2"),
        ("legal_status", "lega_legal_status", "Care Order Sec. 31(a)", "C2"),
        ("cla_placement", "clap_cla_placement_provider", "b) PR1 \u2013 Own provision", "PR1"),
        (
            "cla_placement",
            "clap_cla_placement_type",
            "zz) T4: Temporary placement - seven days or less",
            "T4",
        ),
        ("cin_episodes", "cine_cin_primary_need_code", "N2 - Child\u2019s disability", "N2"),
        ("cin_episodes", "cine_referral_source_code", "p1) 5D: LA services", "5D"),
        ("cin_episodes", "cine_referral_nfa", "True", "Y"),
        ("cin_episodes", "cine_referral_nfa", "0.0", "N"),
        ("cin_visits", "cinv_cin_visit_seen", " yes\u00a0", "Y"),
        ("person", "pers_ethnicity", "CNHE", "CHNE"),
        ("person", "pers_ethnicity", "t) NOBT", "NOBT"),
        ("person", "pers_gender", "09", "I"),
        ("missing", "miss_missing_episode_type", "Absent", "A"),
        ("missing", "miss_missing_rhi_offered", "N/A", "NA"),
        ("cla_health", "clah_health_check_type", "Health Assessment", "HEALTH"),
        ("care_leavers", "clea_care_leaver_in_touch", "Y", "YES"),
        ("care_leavers", "clea_care_leaver_eligibility", "b) Former relevant child", "Former Relevant"),
        ("care_leavers", "clea_care_leaver_accommodation", "B1", "B"),
        ("care_leavers", "clea_care_leaver_accom_suitable", "Unsuitable", "2"),
    ],
)
def test_a_code_is_known_by_all_its_spellings(table, field, text, code):
    frame, issues = read(table, **{field: [text]})
    assert frame[field].to_list() == [code]
    assert issues.is_empty()


def test_every_code_and_alias_of_every_list_leads_to_its_code():
    for field in fields():
        if field.code_list and not field.name.endswith("_json"):
            codes = list(labels(field.code_list))
            frame, issues = read(field.table, **{field.name: codes})
            assert frame[field.name].to_list() == codes
            assert issues.is_empty()
            assert set(spellings(field.code_list).values()) == set(codes)


def test_an_unknown_code_is_kept_and_told():
    frame, issues = read("cin_episodes", cine_cin_primary_need_code=["N4", " Q9 ", None])
    assert frame["cine_cin_primary_need_code"].to_list() == ["N4", "Q9", None]
    assert issues.select("rule", "severity", "effect", "value").rows() == [
        ("unknown_code", "warning", "kept", "Q9")
    ]


def test_booleans_numbers_and_blanks():
    frame, issues = read(
        "professionals",
        prof_professional_id=[12.0, 13.0, 14.0, 15.0],
        prof_professional_caseload=["1,204", "17.0", "many", "#N/A"],
        prof_full_time_equivalency=["0.6", "nan", "", "PLACEHOLDER_DATA"],
        prof_agency_worker_flag=[True, False, None, True],
    )
    assert frame["prof_professional_id"].to_list() == ["12", "13", "14", "15"]
    assert frame["prof_professional_caseload"].to_list() == [1204, 17, None, None]
    assert frame["prof_full_time_equivalency"].to_list() == [0.6, None, None, None]
    assert frame["prof_agency_worker_flag"].to_list() == ["Y", "N", None, "Y"]
    assert issues["value"].to_list() == ["many", "nan"]


def test_a_child_may_be_called_null():
    frame, _ = read(
        "person", pers_person_id=["1.0", "2"], pers_surname=["Null", "NULL"], pers_forename=["None", "1.0"]
    )
    assert frame["pers_surname"].to_list() == ["Null", None]
    assert frame["pers_forename"].to_list() == ["None", "1.0"]
    assert frame["pers_person_id"].to_list() == ["1", "2"]


@pytest.mark.parametrize("table", names())
def test_no_column_at_all_still_gives_the_whole_shape(table):
    raw = pl.DataFrame({"source_row": ["x/1", "x/2"]})
    frame, issues = typed(table, raw, source="ours", place="x")
    assert dict(frame.schema) == polars_schema(table)
    assert frame["source_row"].to_list() == ["x/1", "x/2"]
    assert issues.is_empty()
    assert typed(table, raw.clear(), source="ours", place="x")[0].is_empty()


json_like = st.one_of(st.none(), st.text(max_size=12), st.dates().map(str))


@settings(deadline=None)  # a shared machine has slow moments
@given(st.lists(json_like, min_size=1, max_size=8))
def test_no_row_is_lost_whatever_it_holds(values):
    for table in ("cin_assessments", "sdq_scores", "missing"):
        columns = {field.name: pl.Series(values, dtype=pl.String) for field in fields(table)}
        frame, _ = read(table, **columns)
        assert len(frame) == len(values)
