"""SSD extracts as a source: CSV and Parquet as case systems, spreadsheets and people write them."""

import contextlib
import gzip
import zipfile
from datetime import date, datetime

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.errors import DataError
from data.schema.tables import names, polars_schema
from data.sources import plain_text
from data.sources.base import silent
from data.sources.ssd_extracts import SsdExtracts

HEAD = "pers_person_id,pers_forename,pers_surname,pers_sex,pers_dob"
PEOPLE = f"{HEAD}\n1,Zoë,O’Brien,F,29/02/2012\n2,José,Null,M,2016-05-01 00:00:00\n"


def folder(tmp_path, **files):
    """A folder of files given by name; two underscores stand for a dot."""
    place = tmp_path / "extracts"
    place.mkdir(exist_ok=True)
    for name, content in files.items():
        path = place / name.replace("__", ".")
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return place


def read(path, **options):
    """Every table that came, all the issues, and the source; with the promises every read must keep."""
    source = SsdExtracts(path, **options)
    tables, told = {}, []
    for batch in source.batches(silent):
        assert dict(batch.frame.schema) == polars_schema(batch.table)
        assert set(batch.frame["source"]) <= {source.name}
        tables.setdefault(batch.table, []).append(batch.frame)
        told.append(batch.issues)
    issues = pl.concat(told)
    held = dict(issues.filter(effect="row held").group_by("place").len().iter_rows())
    for place in source.places():
        assert place.rows_in == place.rows_used + place.rows_held
        assert place.rows_held == held.get(place.place, 0)
    return {table: pl.concat(frames) for table, frames in tables.items()}, issues, source


def people(path, **options):
    """Forename, surname and date of birth of everybody."""
    return read(path, **options)[0]["person"].select("pers_forename", "pers_surname", "pers_dob").rows()


WANTED = [("Zoë", "O’Brien", date(2012, 2, 29)), ("José", "Null", date(2016, 5, 1))]


def problems(issues, *columns):
    """What is more than a note about tables and columns that are not there."""
    beside = ("missing_table", "missing_column", "encoding")
    return issues.filter(~pl.col("rule").is_in(beside)).select("rule", *columns).rows()


def test_a_folder_of_files_is_read_whole_with_rows_as_a_spreadsheet_numbers_them(tmp_path):
    place = folder(
        tmp_path,
        ssd_person__csv=PEOPLE,
        CP_PLANS__CSV="cppl_cp_plan_id,cppl_person_id,cppl_cp_plan_start_date\n\nP1,1,NULL\n",
    )
    tables, issues, source = read(place)
    assert people(place) == WANTED
    assert tables["person"]["source_row"].to_list() == ["ssd_person.csv/row 2", "ssd_person.csv/row 3"]
    assert tables["cp_plans"]["source_row"].to_list() == ["CP_PLANS.CSV/row 3"]
    assert (source.kind, source.name) == ("ssd_extracts", "extracts")
    assert {place.place: place.rows_used for place in source.places()} == {
        "ssd_person.csv": 2, "CP_PLANS.CSV": 1,
    }  # fmt: skip
    assert problems(issues) == []
    assert source.data_date() == date.today()


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [
        ("utf-8", ","), ("utf-8-sig", ";"), ("cp1252", "\t"), ("utf-16", ","), ("utf-16-le", "|"),
        ("utf-16-be", "\t"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_separators_and_line_ends(tmp_path, encoding, delimiter, end):
    text = PEOPLE.replace(",", delimiter).replace("\n", end)
    place = folder(tmp_path, person__txt=text.encode(encoding))
    assert people(place) == WANTED
    assert problems(read(place)[1]) == []


def test_a_file_of_two_encodings_keeps_both_names_right(tmp_path):
    mixed = PEOPLE.encode().replace("José".encode(), "José".encode("cp1252"))
    place = folder(tmp_path, person__csv=mixed)
    assert people(place) == WANTED
    assert "encoding" in read(place)[1]["rule"].to_list()


def test_a_byte_that_no_encoding_has_is_told_with_its_row(tmp_path):
    place = folder(tmp_path, person__csv=PEOPLE.encode().replace("José".encode(), b"Jos\x81"))
    assert people(place)[1][0] == "Jos\ufffd"
    assert ("unreadable_character", "person.csv/row 3", "pers_forename") in problems(
        read(place)[1], "row", "column"
    )


def test_nul_characters_are_taken_out_and_told(tmp_path):
    place = folder(tmp_path, person__csv=PEOPLE.replace("José", "Jo\0sé"))
    assert people(place) == WANTED
    assert problems(read(place)[1], "row", "column", "value") == [
        ("nul_character", "person.csv/row 3", "pers_forename", "José")
    ]


def test_quoted_line_ends_and_separators_are_part_of_the_cell(tmp_path):
    text = f'{HEAD}\n1,"Zoë ""Zed""","O\nBrien, née B",F,\n2,José,"a\r\nb",,\n'
    place = folder(tmp_path, person__csv=text)
    for batch in (1, 2, 20_000):
        tables, issues, _ = read(place, batch=batch)
        assert tables["person"]["pers_forename"].to_list() == ['Zoë "Zed"', "José"]
        assert tables["person"]["pers_surname"].to_list() == ["O\nBrien, née B", "a\r\nb"]
        assert tables["person"]["source_row"].to_list() == ["person.csv/row 2", "person.csv/row 3"]
        assert problems(issues) == []


def test_ragged_rows_are_used_only_where_no_cell_can_have_moved(tmp_path):
    text = (
        f"{HEAD}\n1,Zoë,Bell,F,01/02/2012,,\n2,José\n3,Ann,Lee, the younger,F,01/02/2012\n4\n"
        "(3 rows affected)\n5,Al,Moss,M,01/0"
    )
    place = folder(tmp_path, person__csv=text)
    tables, issues, source = read(place)
    assert tables["person"]["pers_person_id"].to_list() == ["1", "2", "5"]
    assert tables["person"]["pers_dob"].to_list() == [date(2012, 2, 1), None, None]
    assert problems(issues, "row", "effect") == [
        ("too_few_cells", "person.csv/row 3", "kept"),
        ("too_many_cells", "person.csv/row 4", "row held"),
        ("too_few_cells", "person.csv/row 5", "row held"),
        ("footer", "person.csv/row 6", "row held"),
        ("unreadable_date", "person.csv/row 7", "value left blank"),
    ]
    assert source.places()[0].rows_in == 6


def test_a_file_that_ends_within_a_row_holds_that_row(tmp_path):
    place = folder(tmp_path, person__csv=f"{HEAD}\n1,Zoë,Bell,F,01/02/2012\n12,Jo")
    tables, issues, _ = read(place)
    assert tables["person"]["pers_person_id"].to_list() == ["1"]
    assert problems(issues, "row") == [("cut_short", "person.csv/row 3")]


@pytest.mark.parametrize("batch", [1, 3, 20_000])
def test_a_quote_that_is_never_closed_costs_its_own_line_and_no_other(tmp_path, batch):
    lines = [f"{at},Name{at},Bell,F,01/02/2012" for at in range(1, 9)]
    lines[2] = '3,"Name3,Bell,F,01/02/2012'
    lines[4] = '5,"Na"me5,Bell,F,01/02/2012'
    place = folder(tmp_path, person__csv="\n".join([HEAD, *lines]) + "\n")
    tables, issues, source = read(place, batch=batch)
    assert tables["person"]["pers_person_id"].to_list() == ["1", "2", "4", "5", "6", "7", "8"]
    assert tables["person"]["source_row"].to_list()[2] == "person.csv/row 5"
    assert problems(issues, "row", "effect") == [
        ("stray_quote", "person.csv/row 4", "row held"),
        ("stray_quote", "person.csv/row 6", "kept"),
    ]
    assert source.places()[0].rows_in == 8


def test_a_cell_beyond_all_measure_is_held(tmp_path):
    place = folder(tmp_path, person__csv=f"{HEAD}\n1,{'x' * 200_000},Bell,F,\n2,José,Null,M,\n")
    tables, issues, _ = read(place)
    assert tables["person"]["pers_person_id"].to_list() == ["2"]
    assert problems(issues, "row") == [("stray_quote", "person.csv/row 2")]
    assert issues.filter(rule="stray_quote")["value"].str.len_chars().item() == 200


def test_titles_above_headings_in_brackets_twice_underlined_and_repeated(tmp_path):
    text = (
        "SSD extract,31/03/2026,,\n\n[PERS_PERSON_ID], Pers_Surname ,pers_surname,shoe_size\n---,---,---,---"
        "\n1,Bell,Cole,4\npers_person_id,pers_surname,pers_surname,shoe_size\n\\N,Lee,\\N,\n"
    )
    place = folder(tmp_path, ssd_person__csv=text)
    tables, issues, _ = read(place)
    assert tables["person"].select("pers_person_id", "pers_surname").rows() == [("1", "Bell"), (None, "Lee")]
    assert sorted(problems(issues, "row", "column"), key=str) == [
        ("heading_row", "ssd_person.csv/row 4", None),
        ("heading_row", "ssd_person.csv/row 6", None),
        ("repeated_heading", None, "pers_surname"),
        ("unused_column", None, "shoe_size"),
    ]


def test_numbers_that_a_spreadsheet_has_shortened(tmp_path):
    text = f"{HEAD}\n12345.0,a,,,\n1.2345E+04,b,,,\n1.23457E+15,c,,,\n12E5,d,,,\n00123,e,,,\n"
    tables, issues, _ = read(folder(tmp_path, person__csv=text))
    assert tables["person"]["pers_person_id"].to_list() == ["12345", "12345", None, "12E5", "00123"]
    assert problems(issues, "row", "value") == [("shortened_number", "person.csv/row 4", "1.23457E+15")]


def test_local_names_and_visits_that_name_only_their_plan(tmp_path):
    place = folder(
        tmp_path,
        ssd_cin_plans_1__csv="cin_plan_id,cinp_person_id\n7,1\n",
        ssd_cin_plans_2__csv="cinp_cin_plan_id,cinp_person_id\n8,2\n",
        ssd_cin_visits__csv="cinv_cin_visit_id,cinv_cin_plan_id\nA,7.0\nB,8\nC,9\n",
        ssd_cla_placements__csv="clap_cla_placement_id\nL1\n",
    )
    tables, issues, source = read(place)
    assert tables["cin_visits"]["cinv_person_id"].to_list() == ["1", "2", None]
    assert tables["cin_plans"]["cinp_cin_plan_id"].to_list() == ["7", "8"]
    assert tables["cla_placement"].height == 1
    coverage = {row["table"]: row for row in source.coverage().iter_rows(named=True)}
    assert tuple(coverage) == names()
    assert coverage["cin_plans"]["coverage"] == "partial"
    assert "cinp_cin_plan_start_date" in coverage["cin_plans"]["missing_columns"]
    assert coverage["cla_visits"]["note"] == "no such table in the source"
    assert ("ssd_cla_visits", "missing_table") in issues.select("place", "rule").rows()


def test_parts_of_a_table_come_in_the_order_of_their_numbers(tmp_path):
    rows = {f"person_{at}__csv": f"{HEAD}\n{at},a,b,,\n" for at in (10, 2, 1)}
    tables, _, source = read(folder(tmp_path, **rows))
    assert tables["person"]["pers_person_id"].to_list() == ["1", "2", "10"]
    assert [place.place for place in source.places()] == ["person_1.csv", "person_2.csv", "person_10.csv"]


@pytest.mark.parametrize(
    "pair",
    [
        ("person__csv", "ssd_person__csv"), ("person__csv", "person_1__csv"),
        ("person_1__csv", "person_01__csv"), ("person__csv", "PERSON__tsv"),
        ("ssd_person_20260331__csv", "ssd_person_20260430__csv"),
    ],
)  # fmt: skip
def test_two_files_that_claim_one_table_are_named(tmp_path, pair):
    place = folder(tmp_path, **dict.fromkeys(pair, PEOPLE))
    with pytest.raises(DataError) as told:
        read(place)
    assert all(name.replace("__", ".") in str(told.value) for name in pair)


def test_every_file_that_is_not_used_is_named(tmp_path):
    place = folder(
        tmp_path,
        person_20260331__csv=PEOPLE,
        notes__docx="x",
        children__csv=PEOPLE,
        ssd_contact__csv="a,b\n1,2\n3,4\n",
    )
    (place / "link.csv").symlink_to("/etc/hostname")
    tables, issues, source = read(place)
    assert tables["person"].height == 2
    assert sorted(issues.filter(rule="unused_file").select("place", "severity").rows()) == [
        ("children.csv", "warning"), ("notes.docx", "note"),
    ]  # fmt: skip
    assert issues.filter(rule="outside_link")["place"].to_list() == ["link.csv"]
    assert {each.place: each.rows_held for each in source.places()} == {
        "person_20260331.csv": 0, "ssd_contact.csv": 2,
    }  # fmt: skip
    assert source.coverage().filter(table="contacts")["note"].item().startswith("the table has none")


def test_parquet_keeps_its_own_types(tmp_path):
    place = tmp_path / "p"
    place.mkdir()
    pl.DataFrame(
        {
            "PERS_PERSON_ID": [1, 2**53 - 1],
            "pers_forename": ["Zoë", None],
            "pers_surname": [b"Bell", b"\xff"],
            "pers_dob": [datetime(2012, 2, 29, 12), None],
            "pers_sex": pl.Series(["F", "M"], dtype=pl.Categorical),
        }
    ).write_parquet(place / "SSD_Person.parquet")
    pl.DataFrame(
        {
            "cinf_table_id": [1.0, 2.0],
            "cinf_assessment_id": ["A", "B"],
            "cinf_assessment_factors_json": [["1A", "16A"], None],
        }
    ).write_parquet(place / "assessment_factors.parquet")
    pl.DataFrame({"cppv_cp_visit_id": ["V"], "cppv_cp_visit_seen_alone": [True]}).write_parquet(
        place / "cp_visits.parquet"
    )
    tables, issues, _ = read(place)
    columns = ["pers_person_id", "pers_surname", "pers_sex", "pers_dob", "source_row"]
    assert tables["person"].select(columns).rows() == [
        ("1", "Bell", "F", date(2012, 2, 29), "SSD_Person.parquet/row 1"),
        ("9007199254740991", "\ufffd", "M", None, "SSD_Person.parquet/row 2"),
    ]  # fmt: skip
    assert tables["assessment_factors"].select("cinf_table_id", "cinf_assessment_factors_json").rows() == [
        ("1", '["1A","16A"]'), ("2", None),
    ]  # fmt: skip
    assert tables["cp_visits"]["cppv_cp_visit_seen_alone"].to_list() == ["Y"]
    assert problems(issues) == []


def test_packed_files_zips_and_a_single_file_give_the_same(tmp_path):
    whole = read(folder(tmp_path, ssd_person__csv=PEOPLE))[2].checksum()
    packed = tmp_path / "ssd_person.csv.gz"
    packed.write_bytes(gzip.compress(PEOPLE.encode()))
    assert people(packed) == WANTED
    assert read(packed)[2].checksum() == whole
    both = tmp_path / "extract.zip"
    pl.DataFrame({"cppl_cp_plan_id": ["P"]}).write_parquet(tmp_path / "cp_plans.parquet")
    with zipfile.ZipFile(both, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("2026/ssd_person.csv", PEOPLE)
        parts.write(tmp_path / "cp_plans.parquet", "2026/cp_plans.parquet")
        parts.writestr("../evil.csv", PEOPLE)
    tables, issues, source = read(both)
    assert people(both) == WANTED
    assert tables["person"]["source_row"].to_list()[0] == "ssd_person.csv/row 2"
    assert tables["cp_plans"]["cppl_cp_plan_id"].to_list() == ["P"]
    assert "unsafe_name" in issues["rule"].to_list()
    assert source.data_date() is not None


def test_the_checksum_follows_the_content_and_not_the_folder(tmp_path):
    first = read(folder(tmp_path, ssd_person__csv=PEOPLE))[2].checksum()
    (tmp_path / "extracts").rename(tmp_path / "another")
    assert read(tmp_path / "another")[2].checksum() == first
    assert read(folder(tmp_path, ssd_person__csv=PEOPLE.replace("José", "Jose")))[2].checksum() != first


# What is wrong with files, in a sentence.


def refused(path):
    with pytest.raises(DataError) as caught:
        read(path)
    text = str(caught.value)
    assert "Traceback" not in text
    assert "\n" not in text
    return text


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("ssd_person__csv", b"PK\x03\x04rest", "workbook or zip"),
        ("ssd_person__csv", b" <html>", "web page"),
        ("ssd_person__csv", b"%PDF-1.7", "PDF"),
        ("ssd_person__csv", b"\xd0\xcf\x11\xe0", "old workbook"),
        ("ssd_person__csv", b"\x1f\x8b\x08\x00", "damaged"),
        ("ssd_person__csv", b"", "none of the standard's columns"),
        ("ssd_person__csv", b"id,name\n1,a\n", "none of the standard's columns"),
        ("ssd_person__parquet", PEOPLE.encode(), "not Parquet"),
        ("ssd_person__parquet", b"PAR1" + b"\xff" * 400, "damaged"),
        ("ssd_person__parquet", b"", "empty"),
        ("notes__csv", b"a,b\n", "no file is called like a table"),
    ],
)
def test_files_that_are_not_what_they_are_called(tmp_path, name, content, said):
    assert said in refused(folder(tmp_path, **{name: content}))


def test_a_packed_file_that_is_cut_short(tmp_path):
    content = gzip.compress("".join([PEOPLE, *(f"{at},a,b,,\n" for at in range(5000))]).encode())
    assert "cut short" in refused(folder(tmp_path, person__csv=content[: len(content) // 2]))


def test_a_parquet_file_that_is_cut_short(tmp_path):
    place = folder(tmp_path, person__csv=PEOPLE)
    pl.read_csv(place / "person.csv").write_parquet(place / "person.parquet")
    (place / "person.csv").unlink()
    content = (place / "person.parquet").read_bytes()
    (place / "person.parquet").write_bytes(content[:-40])
    assert "person.parquet could not be read" in refused(place)


def test_a_line_without_end_and_a_file_that_unpacks_to_far_too_much(tmp_path, monkeypatch):
    monkeypatch.setattr(plain_text, "LONGEST_LINE", 2_000_000)
    assert "not a text table" in refused(folder(tmp_path, person__csv=b"x" * 4_000_000))
    monkeypatch.setattr("data.sources.ssd_extracts.parts._SMALL", 1_000_000)
    bomb = gzip.compress((PEOPLE + "," * 78 + "\n" + "\n" * 4_000_000).encode())
    assert "unpacks to more than" in refused(folder(tmp_path, person__csv=bomb))


# However the files are written, the same rows come out of them.

LETTERS = [chr(at) for at in range(0x20, 0x7F)] + [bytes([at]).decode("cp1252") for at in range(0xC0, 0x100)]
"""Of Windows-1252 without the signs that after a letter such as Â would make it UTF-8 too."""
NAME = st.text(st.sampled_from(LETTERS), min_size=1, max_size=8).filter(
    lambda text: text.strip() not in ("", "NULL", "null", "(null)", "N/A", "n/a", "#N/A", r"\N")
)
NAMES = NAME.map(str.strip)
DATES = [
    date.isoformat,
    lambda day: f"{day:%d/%m/%Y}",
    lambda day: f"{day:%d-%b-%Y}",
    lambda day: f"{day} 00:00:00.000",
]


@st.composite
def extracts(draw):
    """Rows of `person`, and the bytes of a file that holds them among blanks, repeats and broken rows."""
    rows = [
        (str(at), draw(NAMES), draw(NAMES), draw(st.dates(date(1990, 1, 1), date(2026, 1, 1))))
        for at in range(draw(st.integers(1, 12)))
    ]
    delimiter = draw(st.sampled_from(",;\t|"))
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]))
    order = draw(st.permutations(range(5)))
    case = draw(st.sampled_from([str.upper, str.lower, str.title]))
    day = draw(st.sampled_from(DATES))
    end = draw(st.sampled_from(["\n", "\r\n"]))
    columns = ["pers_person_id", "pers_forename", "pers_surname", "pers_dob", "mine"]

    def line(cells):
        return delimiter.join('"' + cells[at].replace('"', '""') + '"' for at in order)

    lines, used, held = [line([case(column) for column in columns])], [], 0
    for number, forename, surname, born in rows:
        for _ in range(draw(st.integers(1, 2))):
            blank = draw(st.sampled_from(["", " "] if encoding == "cp1252" else ["", "\u00a0"]))
            lines.append(line([number, blank + forename, surname + blank, day(born), ""]))
            used.append((number, forename, surname, born))
        broken = draw(
            st.sampled_from([None, "", delimiter * 4, "moved" + delimiter * 5 + "x", "alone", '"open'])
        )
        if broken is not None:
            lines.append(broken)
            held += broken not in ("", delimiter * 4)
    return (end.join(lines) + end).encode(encoding, "replace"), used, held


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(content=extracts(), batch=st.sampled_from([1, 4, 1000]))
def test_rows_in_are_rows_used_and_rows_held_however_they_are_written(tmp_path_factory, content, batch):
    text, used, held = content
    path = tmp_path_factory.mktemp("x") / "person.csv"
    path.write_bytes(text)
    tables, _, source = read(path, batch=batch)
    found = tables["person"].select("pers_person_id", "pers_forename", "pers_surname", "pers_dob").rows()
    assert found == used
    assert [(place.rows_used, place.rows_held) for place in source.places()] == [(len(used), held)]


ODD = st.sampled_from([b'"', b"\n", b"\r", b"\0", b",", b";", b"\xff", b"\xfe", b'""', b"\t", b"|", b"\\N"])


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    changes=st.lists(st.tuples(st.integers(0, 900), ODD | st.binary(max_size=2), st.booleans()), max_size=12),
    encoding=st.sampled_from(["utf-8", "utf-16"]),
)
def test_whatever_is_done_to_a_file_it_is_read_and_accounted_for_or_refused(
    tmp_path_factory, changes, encoding
):
    rows = (f'{at},"Zoë ""x""","O\nB",2012-02-{at % 28 + 1:02}\n' for at in range(20))
    content = bytearray(
        "".join(["pers_person_id,pers_forename,pers_surname,pers_dob\n", *rows]).encode(encoding)
    )
    for where, put, instead in changes:
        at = where % len(content)
        content[at : at + len(put) * instead] = put
    path = tmp_path_factory.mktemp("x") / "person.csv"
    path.write_bytes(bytes(content))
    with contextlib.suppress(DataError):
        read(path, batch=7)
