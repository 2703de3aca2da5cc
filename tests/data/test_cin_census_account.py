"""Every element of a census is used or held, and whatever is not understood is said."""

import tempfile
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.errors import DataError
from data.sources.base import PlaceCount, silent
from data.sources.cin_census import CinCensus, looks_like
from data.sources.xml.stream import CHUNK
from fcl_tui.loading.load import load
from tests.data.cin_by_hand import HEADER, Read, census, child, details, el, source
from tests.data.test_xml_stream import alive

ASSESSMENT = el("Assessments", AssessmentActualStartDate="2024-06-04")


def test_a_child_without_a_number_is_held_with_all_that_stands_under_it(tmp_path):
    nobody = child(
        details(ASSESSMENT, el("Section47", S47ActualStartDate="2024-08-01"), DateOfInitialCPC="2024-06-10"),
        id=" ", characteristics="<Disabilities><Disability>AUT</Disability></Disabilities>",
    )  # fmt: skip
    read = Read(tmp_path, census(nobody, child(details(), id="A2")))
    assert read.counts() == {
        "Child": (2, 1, 1), "Disability": (1, 0, 1), "CINdetails": (2, 1, 1), "Assessments": (1, 0, 1),
        "Section47": (1, 0, 1),
    }  # fmt: skip
    told = read.issues.filter(pl.col("effect") == "row held")
    assert told["rule"].unique().to_list() == ["no_child_id"]
    assert told["severity"].unique().to_list() == ["error"]
    assert set(told["place"]) == {"Child", "Disability", "CINdetails", "Assessments", "Section47"}
    assert told.filter(pl.col("place") == "Assessments")["row"].to_list() == [
        "Assessments/Child[1]/CINdetails[1]/Assessments[1] (line 2)"
    ]
    assert read["person"]["pers_person_id"].to_list() == ["A2"]
    assert all(frame.height <= 1 for frame in read.tables.values())


@pytest.mark.parametrize("id", ["", "NULL", "\u00a0", "<!-- none -->"])
def test_texts_that_are_no_number(tmp_path, id):
    read = Read(tmp_path, census(child(id=id), child(id="A2")))
    assert read.counts()["Child"] == (2, 1, 1)


def test_a_number_that_is_odd_is_kept_and_told(tmp_path):
    read = Read(tmp_path, census(child(id="O'Brien-1")))
    assert read.issue("odd_child_id")["value"] == "O'Brien-1"
    assert read["person"]["pers_person_id"].to_list() == ["O'Brien-1"]


def test_empty_elements_are_held(tmp_path):
    plan = "<CPPstartDate>2024-08-20</CPPstartDate><Reviews><CPPreviewDate/></Reviews>"
    enquiry = "<Section47><ICPCnotRequired> </ICPCnotRequired></Section47>"
    empty = details("<Assessments/>", enquiry, el("ChildProtectionPlans", plan))
    nothing = child("<CINdetails/>", empty, characteristics="<Disabilities><Disability/></Disabilities>")
    read = Read(tmp_path, census(nothing))
    assert read.counts() == {
        "Child": (1, 1, 0), "Disability": (1, 0, 1), "CINdetails": (2, 1, 1), "Assessments": (1, 0, 1),
        "Section47": (1, 0, 1), "ChildProtectionPlans": (1, 1, 0), "CPPreviewDate": (1, 0, 1),
    }  # fmt: skip
    assert read.rules() == {"nothing_said": 5}


def test_a_group_that_only_holds_others_is_kept(tmp_path):
    read = Read(tmp_path, census(child(el("CINdetails", ASSESSMENT))))
    assert read["cin_assessments"]["cina_referral_id"].to_list() == ["CIN-R-A1-undated"]
    assert read.issue("missing_date")["column"] == "CINreferralDate"


def test_an_unreadable_value_is_blanked_and_located(tmp_path):
    read = Read(tmp_path, census(child(details(el("Assessments", AssessmentActualStartDate="31/02/2024")))))
    told = read.issue("unreadable_date")
    assert told.items() >= {
        "source": "census.xml", "place": "Assessments",
        "row": "Assessments/Child[1]/CINdetails[1]/Assessments[1] (line 2)",
        "column": "AssessmentActualStartDate", "value": "31/02/2024", "effect": "value left blank",
        "person_id": "A1",
    }.items()  # fmt: skip
    assert read["cin_assessments"]["cina_assessment_start_date"].to_list() == [None]
    assert read.counts()["Assessments"] == (1, 1, 0)


def test_a_review_whose_date_cannot_be_read_is_held(tmp_path):
    plan = el("ChildProtectionPlans", el("Reviews", CPPreviewDate="soon"), CPPstartDate="2024-08-20")
    read = Read(tmp_path, census(child(details(plan))))
    assert read.counts()["CPPreviewDate"] == (1, 0, 1)
    assert read["cp_reviews"].is_empty()
    assert read.rules() == {"unreadable_date": 1, "missing_date": 1}


def test_a_code_of_no_list_is_kept_and_told(tmp_path):
    read = Read(
        tmp_path, census(child(details(PrimaryNeedCode="N99"), characteristics="<Ethnicity>MARS</Ethnicity>"))
    )
    told = read.issues.filter(pl.col("rule") == "unknown_code")
    assert dict(told.select("column", "value").rows()) == {"PrimaryNeedCode": "N99", "Ethnicity": "MARS"}
    assert read["person"]["pers_ethnicity"].to_list() == ["MARS"]


def test_unknown_elements_are_named_once_each_with_their_count(tmp_path):
    odd = child(details(ASSESSMENT, "<Riddle>1</Riddle><Riddle/>", "<Box><Riddle/></Box>"), "loose words")
    read = Read(
        tmp_path, census(odd, child("<Riddle a='1'/>", id="A2")).replace("<Message>", "<Message><Extra/>")
    )
    told = {
        (row["place"], row["column"]): (row["severity"], row["reason"])
        for row in read.issues.filter(pl.col("rule") == "unknown_element").to_dicts()
    }
    assert set(told) == {
        ("CINdetails", "Riddle"), ("CINdetails", "Box"), ("Child", "Riddle"), ("Child", "text"),
        ("Message", "Extra"),
    }  # fmt: skip
    assert "2 times" in told["CINdetails", "Riddle"][1]
    assert told["CINdetails", "Riddle"][0] == "note"
    assert told["CINdetails", "Box"][0] == "warning"
    assert "once" in told["Message", "Extra"][1]


def test_attributes_and_elements_where_a_value_should_be(tmp_path):
    inside = (
        "<CINreferralDate kind='x'>2024-06-03</CINreferralDate><PrimaryNeedCode>N<b>1</b></PrimaryNeedCode>"
    )
    read = Read(tmp_path, census(child(el("CINdetails", inside))))
    told = read.issues.filter(pl.col("rule") == "unknown_element")["column"].to_list()
    assert sorted(told) == ["CINreferralDate/@kind", "PrimaryNeedCode/b"]


def test_a_value_given_twice_with_two_meanings(tmp_path):
    inside = (
        "<CINreferralDate>2024-06-03</CINreferralDate>" * 2 + "<CINreferralDate>2024-06-09</CINreferralDate>"
    )
    read = Read(tmp_path, census(child(el("CINdetails", inside))))
    assert read["cin_episodes"]["cine_referral_date"].to_list() == [date(2024, 6, 3)]
    told = read.issue("repeated_element")
    assert (told["column"], told["value"]) == ("CINreferralDate", "2024-06-09")


@pytest.mark.parametrize(
    ("upn", "odd"),
    [("A123456789012", False), ("a12345678901b", False), ("A1234", True), ("1234567890123", True)],
)
def test_pupil_numbers(tmp_path, upn, odd):
    read = Read(tmp_path, census(child(identifiers=f"<UPN>{upn}</UPN>")))
    assert ("not_a_upn" in read.rules()) is odd
    assert read["linked_identifiers"]["link_identifier_value"].to_list() == [upn]


def test_born_and_expected_is_told(tmp_path):
    born, expected = "<PersonBirthDate>2025-01-01</PersonBirthDate>", "2025-01-08"
    both = f"{born}<ExpectedPersonBirthDate>{expected}</ExpectedPersonBirthDate>"
    assert Read(tmp_path, census(child(identifiers=both))).rules() == {"born_and_expected": 1}


def dates(**header: str) -> str:
    inside = "".join(f"<{name}>{value}</{name}>" for name, value in header.items())
    return el("Header", el("CollectionDetails", "<Collection>CIN</Collection>", inside))


@pytest.mark.parametrize(
    ("header", "day", "rules"),
    [
        (HEADER, date(2025, 3, 31), {}),
        (dates(Year="2024"), date(2024, 3, 31), {"no_reference_date": 1}),
        (dates(ReferenceDate="2025-03-31Z"), date(2025, 3, 31), {}),
        (dates(ReferenceDate="31/03/2025", Year="x"), date(2025, 3, 31), {}),
        (dates(ReferenceDate="soon", Year="2024"), date(2024, 3, 31), {"no_reference_date": 1}),
        (dates(ReferenceDate="2024-09-30", Year="2025"), date(2024, 9, 30), {}),
        (dates(ReferenceDate="2025-03-31", Year="2024"), date(2025, 3, 31), {"dates_disagree": 1}),
        (dates(ReferenceDate="1925-03-31"), None, {"no_reference_date": 1}),
        (dates(), None, {"no_reference_date": 1}),
        ("", None, {"no_header": 1}),
        (HEADER * 2, date(2025, 3, 31), {"repeated_element": 1}),
        (HEADER.replace("<Source>", "<Who/><Source>"), date(2025, 3, 31), {"unknown_element": 1}),
    ],
)  # fmt: skip
def test_the_day_the_data_speaks_for(tmp_path, header, day, rules):
    read = Read(tmp_path, census(child(details()), header=header))
    assert read.source.data_date() == day
    assert read.rules() == rules
    assert CinCensus(read.source.path).data_date() == day  # asked before anything is read


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (census(child(), header=HEADER.replace(">CIN<", ">SC<")), "collection “SC”"),
        (census(child(), header=HEADER.replace(">CIN<", f">{'x' * 500}<")), "collection “xxx"),
        (census(), "no Child element"),
        ("<Pupils><Pupil/></Pupils>", "no Child element"),
        ("<html><body/></html>", "web page"),
        ("", "0 bytes"),
        (census(child())[:-40], "cut short"),
        ('<!DOCTYPE m [<!ENTITY a "b">]><Message/>', "document type"),
    ],
)
def test_what_is_no_census_is_refused_in_a_sentence(tmp_path, text, what):
    with pytest.raises(DataError, match=what) as told:
        list(source(tmp_path, text).batches(silent))
    assert "census.xml" in str(told.value)
    assert len(str(told.value)) < 320


def test_a_refused_file_leaves_the_last_snapshot_in_use(tmp_path):
    first = load([source(tmp_path, census(child(details())))], tmp_path / "home")
    many = census(*(child(details(), id=f"A{at}") for at in range(50)))
    with pytest.raises(DataError, match="cut short"):
        load([source(tmp_path, many[:-200], children=10)], tmp_path / "home")
    from data.snapshots.reader import open_current

    assert open_current(tmp_path / "home").manifest.id == first.snapshot


def test_children_of_whom_none_has_a_number_make_no_snapshot(tmp_path):
    with pytest.raises(DataError, match="none could be used"):
        load([source(tmp_path, census(child(details(), id="")))], tmp_path / "home")


def test_the_same_child_twice_is_merged_and_disagreements_are_told(tmp_path):
    one = child(details(ASSESSMENT), identifiers="<PersonBirthDate>2015-03-04</PersonBirthDate><Sex>F</Sex>")
    two = child(details(day="2024-09-09"), identifiers="<PersonBirthDate>2015-03-05</PersonBirthDate>")
    result = load([source(tmp_path, census(one, child(id="B1"), two))], tmp_path / "home")
    assert result.tables["person"] == 2
    assert result.tables["cin_episodes"] == 2
    assert result.issues["warning", "sources_disagree"] == 1
    assert result.places["census.xml"][0] == PlaceCount("Child", 3, 3, 0)


def test_a_child_given_twice_over_is_held_once(tmp_path):
    plan = el("ChildProtectionPlans", el("Reviews", CPPreviewDate="2024-11-10"), CPPstartDate="2024-08-20")
    once = child(details(ASSESSMENT, plan))
    single = load([source(tmp_path, census(once))], tmp_path / "one")
    double = load([source(tmp_path, census(once, once))], tmp_path / "two")
    assert single.tables == double.tables
    counts = {
        each.place: (each.rows_in, each.rows_used, each.rows_held) for each in double.places["census.xml"]
    }
    assert counts == {
        "Child": (2, 2, 0), "CINdetails": (2, 1, 1), "Assessments": (2, 1, 1),
        "ChildProtectionPlans": (2, 1, 1), "CPPreviewDate": (2, 1, 1),
    }  # fmt: skip


def test_a_census_alone_says_what_it_cannot_know_of_a_child(tmp_path):
    result = load([source(tmp_path, census(child(details())))], tmp_path / "home")
    assert any("looked after" in note for note in result.notes)


def test_a_census_before_a_database_is_told(tmp_path):
    from fcl_tui.loading.summary import notes

    class Database:
        kind, name = "ssd_database", "db"

    census_first = [source(tmp_path, census(child())), Database()]
    assert any("name the database first" in note for note in notes(census_first, date(2025, 3, 31)))
    assert notes(census_first[::-1], date(2025, 3, 31)) == []


def told(read: Read) -> dict[str, dict]:
    return {row["table"]: row for row in read.source.coverage().to_dicts()}


def test_coverage(tmp_path):
    review = el("ChildProtectionPlans", el("Reviews", CPPreviewDate="2024-11-10"), CPPstartDate="2024-08-20")
    said = told(Read(tmp_path, census(child(details(ASSESSMENT, review)))))
    assert len(said) == 47
    assert said["cin_assessments"]["coverage"] == said["s47_enquiry"]["coverage"] == "partial"
    assert said["cla_episodes"]["coverage"] == said["cin_visits"]["coverage"] == "none"
    assert "s47e_s47_end_date" in said["s47_enquiry"]["missing_columns"]
    assert "cina_assessment_team" in said["cin_assessments"]["missing_columns"]
    assert "cina_assessment_auth_date" not in said["cin_assessments"]["missing_columns"]
    assert not said["cp_reviews"]["latest_only"]
    assert "pers_gender" in said["person"]["missing_columns"]
    before = told(Read(tmp_path, census(child(identifiers="<GenderCurrent>1</GenderCurrent>"))))
    assert "pers_gender" not in before["person"]["missing_columns"]


@pytest.mark.parametrize(
    ("table", "inside"),
    [
        ("cin_plans", el("CINPlanDates", CINPlanStartDate="2024-08-20")),
        ("pre_proceedings", el("PreProceedingsandFGDM", PPStartDate="2024-08-20")),
        ("assessment_factors", el("Assessments", AssessmentFactors="2B")),
    ],
)
def test_elements_that_not_every_year_has_are_not_here_when_there_are_none(tmp_path, table, inside):
    assert told(Read(tmp_path, census(child(details()))))[table]["coverage"] == "none"
    assert told(Read(tmp_path, census(child(details(inside)))))[table]["coverage"] != "none"


@pytest.mark.parametrize(
    ("started", "reviews", "latest_only"),
    [
        ("2023-02-01", ("2024-05-01", "2024-11-01"), True),
        ("2023-02-01", ("2023-04-20", "2024-05-01"), False),
        ("2024-02-01", ("2024-05-01",), False),
        ("2023-02-01", (), True),
    ],
)
def test_reviews_of_the_year_alone_are_no_history(tmp_path, started, reviews, latest_only):
    """Where old plans have no review from before the year, the file leaves those out."""
    listed = "".join(f"<CPPreviewDate>{day}</CPPreviewDate>" for day in reviews)
    plan = el("ChildProtectionPlans", f"<CPPstartDate>{started}</CPPstartDate>", el("Reviews", listed))
    said = told(Read(tmp_path, census(child(details(plan)))))["cp_reviews"]
    assert said["latest_only"] is latest_only
    assert ("only" in said["note"]) is latest_only


@pytest.mark.parametrize(
    ("text", "yes"),
    [
        (census(child(details())), True),
        (census(child(details()), header=""), True),
        (census(), True),
        ("<x:Message xmlns:x='u'><x:Children><x:Child><x:LAchildID>1</x:LAchildID>", True),
        (census(header=HEADER.replace(">CIN<", ">SC<")), False),
        ("<Message><Header/></Message>", False),
        ("<Message><Children><Child><ChildID>1</ChildID></Child></Children></Message>", False),
        ("LAchildID,Sex\n1,M\n", False),
        ("", False),
        ('<!DOCTYPE m [<!ENTITY a "b">]><Message/>', False),
    ],
)
def test_guessing_whether_a_file_is_a_census(tmp_path, text, yes):
    path = tmp_path / "file.xml"
    path.write_text(text, encoding="utf-8")
    assert looks_like(path) is yes


def test_guessing_at_what_is_not_there(tmp_path):
    assert looks_like(tmp_path) is False
    assert looks_like(tmp_path / "none.xml") is False


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_encodings(tmp_path, encoding):
    name = {"cp1252": "windows-1252"}.get(encoding, encoding.removesuffix("-sig"))
    text = f'<?xml version="1.0" encoding="{name}"?>' + census(
        child(id="Zoë", characteristics="<Odd>ë</Odd>")
    )
    read = Read(tmp_path, text.encode(encoding))
    assert read["person"]["pers_person_id"].to_list() == ["Zoë"]


def test_children_are_read_in_parts_with_the_same_result(tmp_path):
    text = census(*(child(details(ASSESSMENT), id=f"A{at}") for at in range(7)))
    whole, parts = Read(tmp_path, text), Read(tmp_path, text, children=2)
    assert whole.counts() == parts.counts()
    assert sum(batch.table == "cin_assessments" for batch in parts.batches) == 4
    for table, frame in whole.tables.items():
        assert frame.equals(parts[table]), table
    assert whole.source.checksum() == parts.source.checksum()


def test_memory_holds_some_children_at_a_time(tmp_path):
    """Of 2,000 children no more than 250 are in any batch, and few elements live at once."""
    text = census(*(child(details(ASSESSMENT), id=f"A{at}") for at in range(2000)))
    per_chunk = CHUNK * 2000 // len(text) + 2
    before, peak, people = alive(), 0, 0
    for batch in source(tmp_path, text, children=250).batches(silent):
        assert batch.frame.height <= 250
        if batch.table == "person" and batch.frame.height:
            people += batch.frame.height
            if people % 500 == 0:
                peak = max(peak, alive() - before)
    assert people == 2000
    assert peak <= 3 * 12 * per_chunk


@settings(max_examples=25)
@given(st.data())
def test_a_damaged_file_is_read_with_its_account_or_refused_in_a_sentence(data):
    whole = census(child(details(ASSESSMENT)), child(details(), id="A2")).encode()
    at = data.draw(st.integers(0, len(whole) - 1))
    gone = data.draw(st.sampled_from([0, 1, 3, 40]))
    put = data.draw(
        st.sampled_from([b"", b"<", b"&", b"\x00", b"\xff", b"]]>", b"<!--", b"</Child>", b"<a/>"])
    )
    refused = ""
    with tempfile.TemporaryDirectory() as folder:
        try:
            read = Read(Path(folder), whole[:at] + put + whole[at + gone :])
        except DataError as error:
            refused = str(error)
    if refused:
        assert "census.xml" in refused
    else:
        assert all(rows_in == used + held for rows_in, used, held in read.counts().values())
