"""What a path is, found by its content: each kind alone, in folders and zips, and what could be several."""

import zipfile

import polars as pl
import pytest
import xlsxwriter

from data.errors import DataError
from data.sources import kinds, open_source, open_sources
from tests.authority import write

PERSON = "pers_person_id,pers_dob\n1,2012-02-29\n"
HEADER = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n1,1,29/02/2012,WBRI,X,,\n"
MISSING_903 = "CHILD,DOB,MISSING,MIS_START,MIS_END\n1,29/02/2012,M,01/01/2026,\n"
CENSUS = """<?xml version="1.0"?>
<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>2026</Year></CollectionDetails></Header>
<Children><Child><ChildIdentifiers><LAchildID>1</LAchildID></ChildIdentifiers></Child></Children></Message>
"""


def workbook(path, sheet="List 1", heads=("Child Unique ID", "Date of Contact", "Contact Source")):
    book = xlsxwriter.Workbook(str(path))
    made = book.add_worksheet(sheet)
    made.write_row(0, 0, heads)
    made.write_row(1, 0, ["1", "01/02/2026", "6"])
    book.close()
    return path


def zipped(path, **files):
    with zipfile.ZipFile(path, "w") as parts:
        for name, text in files.items():
            parts.writestr(name.replace("__", "."), text)
    return path


def kind(path):
    return open_source(str(path)).kind


def refused(path):
    with pytest.raises(DataError) as caught:
        open_source(str(path))
    text = str(caught.value)
    assert path.name in text
    assert "\n" not in text
    return text


def made(tmp_path, name):
    """A path of one kind of source, alone."""
    path = tmp_path / name
    match name:
        case "a.db":
            write(f"sqlite:///{path}")
        case "annex.xlsx" | "annex.bin":
            path.write_bytes(workbook(tmp_path / "made.xlsx").read_bytes())
            (tmp_path / "made.xlsx").unlink()
        case "ssd_person.csv":
            path.write_text(PERSON)
        case "person.parquet":
            pl.DataFrame({"pers_person_id": ["1"]}).write_parquet(path)
        case "header.csv":
            path.write_text(HEADER)
        case "missing.csv":
            path.write_text(MISSING_903)
        case "census.xml":
            path.write_text(CENSUS)
        case "wide.xml":
            path.write_text(CENSUS.replace('"1.0"', '"1.0" encoding="utf-16"'), encoding="utf-16")
        case "extracts.zip":
            zipped(path, ssd_person__csv=PERSON)
        case "return.zip":
            zipped(path, header__csv=HEADER)
    return path


KINDS = {
    "a.db": "ssd_database", "annex.xlsx": "annex_a", "annex.bin": "annex_a", "ssd_person.csv": "ssd_extracts",
    "person.parquet": "ssd_extracts", "header.csv": "ssda903", "census.xml": "cin_census",
    "extracts.zip": "ssd_extracts", "return.zip": "ssda903",
}  # fmt: skip


@pytest.mark.parametrize("name", KINDS)
def test_each_kind_is_known_by_its_content_alone_and_in_a_folder(tmp_path, name):
    path = made(tmp_path, name)
    assert kind(path) == KINDS[name]
    (tmp_path / "read me.md").write_text("What is in here")
    assert kind(tmp_path) == KINDS[name]


def test_files_of_one_name_in_two_standards_are_told_apart_by_their_headings(tmp_path):
    assert kind(made(tmp_path, "missing.csv").parent) == "ssda903"
    (tmp_path / "missing.csv").write_text("miss_table_id,miss_person_id\n1,1\n")
    assert kind(tmp_path) == "ssd_extracts"


def test_several_workbooks_are_one_annex_a_and_open_ones_leave_no_trace(tmp_path):
    workbook(tmp_path / "a.xlsx")
    workbook(tmp_path / "b.xlsx", "List 3", ("Child Unique ID", "Date of referral", "Referral Source"))
    (tmp_path / "~$a.xlsx").write_bytes(b"somebody")
    source = open_source(str(tmp_path))
    assert (source.kind, [path.name for path in source.paths]) == ("annex_a", ["a.xlsx", "b.xlsx"])


def test_workbooks_in_folders_within_a_folder_are_found_too(tmp_path):
    for name in ("north", "south"):
        (tmp_path / name).mkdir()
        workbook(tmp_path / name / f"{name}.xlsx")
    source = open_source(str(tmp_path))
    assert (source.kind, [path.name for path in source.paths]) == ("annex_a", ["north.xlsx", "south.xlsx"])


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("header.csv", "annex.xlsx"), ("ssd_person.csv", "annex.xlsx"), ("ssd_person.csv", "header.csv"),
        ("a.db", "census.xml"), ("census.xml", "header.csv"), ("extracts.zip", "return.zip"),
    ],
)  # fmt: skip
def test_a_folder_of_two_kinds_is_not_guessed_at(tmp_path, first, second):
    for name in (first, second):
        made(tmp_path, name)
    told = refused(tmp_path)
    assert "more than one kind" in told
    words = {
        "annex.xlsx": "annex.xlsx", "header.csv": "SSDA903", "ssd_person.csv": "ssd_person.csv",
        "census.xml": "census.xml", "a.db": "a.db", "extracts.zip": "extracts.zip",
        "return.zip": "return.zip",
    }  # fmt: skip
    assert words[first] in told
    assert words[second] in told


def test_a_workbook_of_something_else_does_not_stand_in_the_way(tmp_path):
    made(tmp_path, "ssd_person.csv")
    workbook(tmp_path / "dictionary.xlsx", "Fields", ("Field", "Meaning", "Since"))
    assert kind(tmp_path) == "ssd_extracts"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("letter.txt", b"Dear Sir or Madam,\n", "neither"),
        ("page.xml", b"<html><body/></html>", "neither a children in need census nor"),
        ("nothing.csv", b"", "neither"),
        ("picture", b"\x89PNG\r\n\x1a\n\0\0", "neither"),
        ("broken.zip", b"PK\x03\x04" + b"\0" * 60, "damaged"),
    ],
)
def test_what_is_nothing_that_is_read(tmp_path, name, content, said):
    path = tmp_path / name
    path.write_bytes(content)
    assert said in refused(path)


def test_folders_and_zips_of_nothing_say_what_was_looked_for(tmp_path):
    assert "it is empty" in refused(tmp_path)
    (tmp_path / "letter.txt").write_text("Dear Sir or Madam")
    told = refused(tmp_path)
    assert "letter.txt" in told
    for word in ("Annex A", "ssd_person.csv", "SSDA903", "census", "SQLite"):
        assert word in told
    assert "letter.txt" in refused(zipped(tmp_path / "a.zip", letter__txt="Dear"))


def test_a_workbook_in_a_zip_is_to_be_unpacked(tmp_path):
    book = workbook(tmp_path / "a.xlsx").read_bytes()
    assert "Unpack it" in refused(zipped(tmp_path / "a.zip", a__xlsx=book))


def test_a_path_that_is_not_there_and_one_that_may_not_be_read(tmp_path):
    assert "There is no file" in refused(tmp_path / "none.xlsx")


def test_a_utf_16_census_is_xml(tmp_path):
    from data.sources.forms import form_of

    path = made(tmp_path, "wide.xml")
    assert form_of(path, path.read_bytes()[:512]) == "xml"


def test_workbooks_given_one_by_one_are_one_annex_a_in_the_place_of_the_first(tmp_path):
    database = tmp_path / "a.db"
    write(f"sqlite:///{database}")
    first = workbook(tmp_path / "one.xlsx")
    second = workbook(tmp_path / "two.xlsx", "List 2", ("Child Unique ID", "Assessment start date"))
    found = open_sources([str(first), str(database), str(second)])
    assert [each.kind for each in found] == ["annex_a", "ssd_database"]
    assert found[0].name == "one.xlsx, two.xlsx"
    assert [each.name for each in open_sources([str(first)])] == ["one.xlsx"]


def test_a_kind_put_into_the_register_opens_alone_and_in_a_folder(tmp_path, monkeypatch):
    letters = kinds.Kind(
        "letters",
        lambda place: not isinstance(place, str) and place.path.suffix == ".letter",
        lambda place, _schema: place.path.name,
        lambda bundle, _taken: [
            kinds.Claim("letters", bundle.opens(member.path), [member.name])
            for member in bundle.members
            if member.name.endswith(".letter")
        ],
    )
    (tmp_path / "a.letter").write_text("Dear Sir or Madam")
    assert "neither" in refused(tmp_path / "a.letter")
    monkeypatch.setattr(kinds, "KINDS", (*kinds.KINDS, letters))
    assert open_source(str(tmp_path / "a.letter")) == open_source(str(tmp_path)) == "a.letter"


def test_sources_have_the_name_of_their_kind(tmp_path):
    names = [kind.name for kind in kinds.KINDS]
    assert names == ["ssd_database", "annex_a", "ssd_extracts", "ssda903", "cin_census"]
    for name, path in zip(
        names, ("a.db", "annex.xlsx", "ssd_person.csv", "header.csv", "census.xml"), strict=True
    ):
        assert kind(made(tmp_path, path)) == name
