"""What spreadsheets do to lists: several files, merged cells, errors, totals, lost zeros, empty distances."""

import io
import zipfile
from datetime import date

import openpyxl
import polars as pl
import pytest
import xlsxwriter
from openpyxl.styles import Font

from data.errors import DataError
from data.sources import open_source
from data.sources.annex_a import AnnexA, package, reach
from data.sources.base import silent
from tests.data.test_annex_a_lists import make, read, rows_of, rules

DAY = date(2026, 1, 1)


def contact(child, **more):
    return {"child": child, "date of contact": DAY, "source": "6", **more}


def changed(path, part, change):
    """The workbook with one part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    path.write_bytes(out.getvalue())
    return path


# Several workbooks.


def test_several_workbooks_are_one_source_and_every_place_names_its_file(tmp_path):
    make(tmp_path / "front door.xlsx", {"List 1": rows_of(1, contact(1), contact(None))})
    make(
        tmp_path / "plans.xlsx",
        {"List 7": rows_of(7, {"child": 1, "plan start": DAY}), "Notes": [["x", "y"]]},
    )
    frames, told, counts = read(tmp_path)
    assert frames["person"]["pers_person_id"].to_list() == ["1"]
    assert frames["contacts"]["source_row"].to_list() == ["front door.xlsx: List 1/row 2"]
    assert frames["cp_plans"]["source_row"].to_list() == ["plans.xlsx: List 7/row 2"]
    assert set(frames["cp_plans"]["source"]) == {tmp_path.name}
    assert set(counts) == {"front door.xlsx: List 1", "plans.xlsx: List 7"}
    assert told.filter(effect="row held").select("place", "row").rows() == [
        ("front door.xlsx: List 1", "front door.xlsx: List 1/row 3")
    ]
    assert told.filter(rule="unknown_sheet")["place"].to_list() == ["plans.xlsx: Notes"]
    source = AnnexA([tmp_path / "plans.xlsx", tmp_path / "front door.xlsx"])
    assert source.name == "plans.xlsx, front door.xlsx"
    assert source.checksum() == AnnexA(tmp_path).checksum()
    assert source.data_date() == date.today()


def test_of_two_workbooks_with_one_list_the_fuller_is_read_and_the_other_held(tmp_path):
    make(tmp_path / "a template.xlsx", {"List 1": rows_of(1)})
    make(tmp_path / "b.xlsx", {"List 1": rows_of(1, contact(1))})
    make(tmp_path / "c.xlsx", {"List 1": rows_of(1, contact(2))})
    frames, told, counts = read(tmp_path)
    assert frames["contacts"]["cont_person_id"].to_list() == ["1"]
    assert counts["List 1 (sheet List 1 of c.xlsx)"].rows_held == 1
    assert "of b.xlsx was read" in told.filter(rule="second_sheet")["reason"].item()


def test_one_workbook_of_several_that_cannot_be_read_is_named(tmp_path):
    make(tmp_path / "a.xlsx", {"List 1": rows_of(1, contact(1))})
    (tmp_path / "b.xlsx").write_bytes(b"Child Unique ID,Date\n")
    with pytest.raises(DataError, match=r"b\.xlsx is not an Excel workbook"):
        list(AnnexA(tmp_path).batches(silent))


# Cells.


def test_error_cells_and_formulas_never_worked_out_are_told_with_their_place(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "List 1"
    for row in [
        ["Contacts"], [],
        [None, "Child Unique ID", "Date of Contact", "Contact Source", "Mine"],
        [None, 101, "=TODAY()", "6", "=1+1"],
        [None, 102, DAY, "#REF!", "#N/A"],
        [None, "=A1", DAY, '=IF(1=2,"x","")', None],
    ]:  # fmt: skip
        sheet.append(row)
    sheet["D5"].data_type = sheet["E5"].data_type = "e"
    book.save(tmp_path / "a.xlsx")

    def as_text(part):
        return part.replace(b'<c r="D6">', b'<c r="D6" t="str">')

    path = changed(tmp_path / "a.xlsx", "xl/worksheets/sheet1.xml", as_text)
    frames, told, _ = read(path)
    cells = told.filter(pl.col("rule").is_in(["error_cell", "formula_without_value"]))
    assert cells.select("rule", "row", "column", "value").rows() == [
        ("error_cell", "List 1/row 5", "Contact Source", "#REF!"),
        ("formula_without_value", "List 1/row 6", "Child Unique ID", None),
        ("formula_without_value", "List 1/row 4", "Date of Contact", None),
    ]
    assert frames["contacts"].sort("cont_person_id")["cont_contact_date"].to_list() == [None, DAY]


def test_a_cell_merged_over_several_rows_belongs_to_each_of_them(tmp_path):
    heads, *rows = rows_of(1, contact(101), contact(None), contact(None), contact(102))
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("List 1")
    sheet.merge_range(0, 0, 0, 6, "Contacts of six months")
    for at, head in enumerate(heads):
        sheet.merge_range(1, at, 2, at, head)
    for at, row in enumerate(rows, start=3):
        sheet.write_row(at, 0, ["" if cell is None else str(cell) for cell in row])
    sheet.merge_range(3, heads.index("Child Unique ID"), 5, heads.index("Child Unique ID"), 101)
    book.close()
    frames, told, counts = read(path)
    assert sorted(frames["contacts"]["cont_person_id"].to_list()) == ["101", "101", "101", "102"]
    assert counts["List 1"].rows_used == 4
    assert told.filter(rule="merged_cell")["row"].to_list() == [
        "List 1/row 3",
        "List 1/row 5",
        "List 1/row 6",
    ]
    assert told.filter(effect="row held").select("rule", "row").rows() == [("heading_row", "List 1/row 3")]


def test_totals_and_remarks_below_a_table_are_no_children(tmp_path):
    below = [
        "Total",
        "Grand total: 2",
        "Note: as at 31 March",
        "* provisional",
        "Report run 01/04/2026 by AB",
        "Count",
    ]
    sheet = rows_of(1, contact("A1"), contact("Notley-7"), *(contact(text) for text in below))
    frames, told, counts = read(make(tmp_path / "a.xlsx", {"List 1": sheet}))
    assert frames["person"]["pers_person_id"].sort().to_list() == ["A1", "Notley-7"]
    held = told.filter(effect="row held").select("rule", "value", "person_id").rows()
    assert held == [("not_a_child", text, None) for text in below]
    assert counts["List 1"].rows_held == len(below)


def test_a_number_shortened_by_a_spreadsheet_is_used_only_where_no_digit_is_lost(tmp_path):
    sheet = rows_of(1, contact("1.2345E+04"), contact("1.2345E+05"), contact(12345.0))
    frames, told, _ = read(make(tmp_path / "a.xlsx", {"List 1": sheet}))
    assert frames["contacts"]["cont_person_id"].to_list() == ["12345", "12345"]
    assert told.filter(effect="row held").select("rule", "value").rows() == [("no_child_id", "1.2345E+05")]


# Numbers that lost their zeros.

BORN = date(2015, 2, 28)


def numbers(tmp_path, *lists):
    sheets = {
        f"List {n}": rows_of(
            n, *({"child": child, "birth": born, "gender": "a) Male"} for child, born in rows)
        )
        for n, rows in lists
    }
    frames, told, _ = read(make(tmp_path / "a.xlsx", sheets))
    told = told.filter(pl.col("rule").is_in(["zeros_lost", "number_in_doubt"]))
    return sorted(frames["person"]["pers_person_id"]), told.select(
        "rule", "place", "value", "person_id"
    ).rows()


def test_a_number_without_its_zeros_is_the_same_child_born_on_the_same_day(tmp_path):
    assert numbers(tmp_path, (1, [("00123", BORN), ("9", BORN)]), (3, [(123, BORN)])) == (
        ["00123", "9"],
        [("zeros_lost", "List 3", "123", "00123")],
    )


@pytest.mark.parametrize(
    "lists",
    [
        [(1, [("00123", BORN)]), (3, [("123", date(2016, 1, 1))])],
        [(1, [("00123", BORN)]), (3, [("123", None)])],
        [(1, [("00123", None)]), (3, [("123", None)])],
        [(1, [("00123", BORN), ("123", BORN)]), (3, [("123", BORN)])],
        [(1, [("00123", BORN)]), (3, [("123", BORN)]), (4, [("0123", BORN)])],
    ],
)
def test_where_it_is_not_certain_children_are_kept_apart_and_told(tmp_path, lists):
    people, told = numbers(tmp_path, *lists)
    spellings = sorted({child for _, rows in lists for child, _ in rows})
    assert people == spellings
    assert {rule for rule, *_ in told} == {"number_in_doubt"}
    assert sorted({value for _, _, value, _ in told}) == spellings


# Sheets.


def test_a_hidden_second_copy_is_held_even_where_it_says_more(tmp_path):
    sheets = {"List 1": rows_of(1, contact(1)), "Sheet9": rows_of(1, contact(1), contact(2))}
    frames, told, counts = read(make(tmp_path / "a.xlsx", sheets, hidden=("Sheet9",)))
    assert frames["contacts"]["cont_person_id"].to_list() == ["1"]
    assert counts["List 1 (sheet Sheet9)"].rows_held == 2
    assert set(rules(told, effect="row held")) == {"second_sheet"}


def test_a_very_hidden_sheet_that_holds_the_only_copy_is_read_and_said(tmp_path):
    path = make(
        tmp_path / "a.xlsx", {"Front": [["x", "y"]], "List 1": rows_of(1, contact(1))}, hidden=("List 1",)
    )
    changed(path, "xl/workbook.xml", lambda part: part.replace(b'state="hidden"', b'state="veryHidden"'))
    frames, told, _ = read(path)
    assert frames["contacts"].height == 1
    assert rules(told, rule="hidden_sheet") == ["hidden_sheet"]


def test_a_sheet_formatted_to_its_end_is_no_larger_than_its_rows(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "List 1"
    for row in rows_of(1, contact(1)):
        sheet.append(row)
    sheet.cell(1_048_576, 16_384).font = Font(bold=True)
    sheet.cell(500_000, 1).font = Font(bold=True)
    book.save(tmp_path / "a.xlsx")
    frames, _, counts = read(tmp_path / "a.xlsx")
    assert (frames["contacts"].height, counts["List 1"].rows_in) == (1, 1)


def test_a_sheet_as_wide_as_excel_goes_is_read_to_its_five_hundredth_column(tmp_path):
    heads, row = rows_of(1, contact(1))
    path = make(tmp_path / "a.xlsx", {"List 1": [heads + ["Mine"] * (16_384 - len(heads)), row]})
    frames, told, _ = read(path)
    assert frames["contacts"].height == 1
    assert rules(told, rule="too_many_columns") == ["too_many_columns"]


# Workbooks made to do harm.


def refused(path):
    with pytest.raises(DataError) as caught:
        list(AnnexA(path).batches(silent))
    return str(caught.value)


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "docProps/core.xml"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_xml_that_defines_its_own_words_is_refused(tmp_path, part, encoding):
    path = make(tmp_path / "a.xlsx", {"List 1": rows_of(1, contact(1))})
    bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'

    def armed(content):
        head, _, rest = content.decode().partition("?>")
        return (head + "?>" + bomb + rest.replace("Child", "&b;")).encode(encoding)

    assert "DOCTYPE" in refused(changed(path, part, armed))


def test_links_to_other_files_are_read_as_last_saved_and_said(tmp_path):
    path = make(
        tmp_path / "a.xlsx", {"List 1": rows_of(1, contact(1), contact(102, source=("=[1]A!A1", "6")))}
    )
    with zipfile.ZipFile(path, "a") as parts:
        parts.writestr(
            "xl/externalLinks/externalLink1.xml", "<externalLink><ddeLink ddeService='cmd'/></externalLink>"
        )
    frames, told, _ = read(path)
    assert frames["contacts"]["cont_contact_source_code"].to_list() == ["6", "6"]
    assert rules(told, place="a.xlsx") == ["links_outside"]


def test_a_cell_that_is_a_command_is_only_text(tmp_path):
    sheet = rows_of(
        3, {"child": 1, "date of referral": DAY, "team": "=cmd|' /C calc'!A0", "worker": "@SUM(1)"}
    )
    frames, _, _ = read(make(tmp_path / "a.xlsx", {"List 3": sheet}))
    assert frames["department"]["dept_team_name"].to_list() == ["=cmd|' /C calc'!A0"]


def test_more_parts_than_any_workbook_has(tmp_path, monkeypatch):
    monkeypatch.setattr(package, "MAX_PARTS", 3)
    assert "unpacks to more" in refused(make(tmp_path / "a.xlsx", {"List 1": rows_of(1, contact(1))}))


@pytest.mark.parametrize(
    "far",
    [
        b"<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
        b'<row r="1048576" ><c s="1" r = "XFD1048576" ><v>1</v></c></row>',
        b'<row r="2"><c r="XFD2"><v>1</v></c></row><row r="1048576"><c><v>1</v></c></row>',
        b'<row r="1048576">' + b"<c><v>1</v></c>" * 16_384 + b"</row>",
        b'<x:row r="1048576"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>',
    ],
)
def test_a_far_cell_is_found_however_it_is_written(tmp_path, far):
    path = make(tmp_path / "a.xlsx", {"List 1": rows_of(1, contact(1))})
    changed(
        path, "xl/worksheets/sheet1.xml", lambda part: part.replace(b"</sheetData>", far + b"</sheetData>")
    )
    assert "Ctrl+End" in refused(path)


def ods(path, rows):
    """An .ods workbook of one sheet, its rows as XML."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        parts.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
        parts.writestr(
            "content.xml",
            '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
            'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
            'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
            f'<table:table table:name="List 1">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return path


def ods_row(*cells, rows=1, columns=1):
    told = "".join(
        f'<table:table-cell office:value-type="string" table:number-columns-repeated="{columns}">'
        f"<text:p>{cell}</text:p></table:table-cell>"
        for cell in cells
    )
    return f'<table:table-row table:number-rows-repeated="{rows}">{told}</table:table-row>'


NOTHING_FAR = (
    '<table:table-row table:number-rows-repeated="1048573"><table:table-cell '
    'table:number-columns-repeated="16384"/></table:table-row>'
)


def test_an_open_document_is_read_and_its_formatted_end_does_not_count(tmp_path):
    heads = ods_row("Child Unique ID", "Date of Contact", "Contact Source")
    rows = heads + ods_row("101", "01/01/2026", "6") + NOTHING_FAR
    frames, _, _ = read(ods(tmp_path / "a.ods", rows))
    assert frames["contacts"].select("cont_person_id", "cont_contact_date").rows() == [("101", DAY)]


@pytest.mark.parametrize(
    "far",
    [
        NOTHING_FAR + ods_row("x") + ods_row("y", columns=16_384),
        ods_row("x", rows=1_000_000, columns=16_384),
        NOTHING_FAR.replace("1048573", "9000000") + ods_row("a", columns=40),
    ],
)
def test_an_open_document_that_repeats_cells_without_end_is_refused(tmp_path, far):
    assert "Ctrl+End" in refused(ods(tmp_path / "a.ods", ods_row("Child Unique ID") + far))


def test_how_far_the_records_of_a_binary_sheet_reach():
    def record(kind, *numbers):
        data = b"".join(number.to_bytes(4, "little") for number in numbers)
        head = bytes([kind]) if kind < 0x80 else bytes([kind & 0xFF, kind >> 8])
        return head + bytes([len(data)]) + data

    row, number, blank, other = 0, 5, 1, 0x0194
    sheet = record(other, 1, 2, 3, 4) + record(row, 0, 9) + record(number, 3, 0) + record(row, 1_048_575)
    assert reach.of_xlsb(sheet) == 4
    assert reach.of_xlsb(sheet + record(blank, 16_383)) == 4
    assert reach.of_xlsb(sheet + record(number, 16_383)) == 1_048_576 * 16_384
    assert reach.of_xlsb(sheet + b"\x05\xff\xff\xff\x7f") >= 4


# Lists saved as CSV.


def test_lists_saved_as_csv_are_read_as_their_sheets_are(tmp_path):
    (tmp_path / "List 1 contacts.csv").write_bytes(
        "Contacts of six months;;\n\nChild Unique ID;Date of Contact;Contact Source;Allocated’s\n"
        "101;01/01/2026;6;“x”\n\n102;01/01/2026;6;x;moved\n;01/01/2026;6;\n103\n".encode("cp1252")
    )
    make(tmp_path / "List 7.xlsx", {"List 7": rows_of(7, {"child": 101, "plan start": DAY})})
    assert open_source(str(tmp_path)).kind == "annex_a"
    (tmp_path / "minutes.csv").write_text("Present,Absent\nA,B\n")
    frames, told, counts = read(tmp_path)
    assert frames["contacts"].select("cont_person_id", "cont_contact_date", "source_row").rows() == [
        ("101", DAY, "List 1 contacts.csv: List 1/row 4")
    ]
    assert frames["cp_plans"].height == 1
    assert told.filter(rule="unused_file")["place"].to_list() == ["minutes.csv"]
    held = told.filter(effect="row held").select("rule", "row").sort("row").rows()
    assert held == [
        ("too_many_cells", "List 1 contacts.csv: List 1/row 6"),
        ("no_child_id", "List 1 contacts.csv: List 1/row 7"),
        ("too_few_cells", "List 1 contacts.csv: List 1/row 8"),
    ]
    assert counts["List 1 contacts.csv: List 1"].rows_in == 4
    alone = open_source(str(tmp_path / "List 1 contacts.csv"))
    assert (alone.kind, alone.data_date()) == ("annex_a", date.today())
    assert [batch.table for batch in alone.batches(silent)][0] == "person"


def test_a_csv_list_that_is_no_list_is_refused(tmp_path):
    (tmp_path / "List 3.csv").write_text("")
    assert "None of the sheets" in refused(tmp_path / "List 3.csv")


def test_parts_in_an_encoding_of_no_name_are_no_crash(tmp_path):
    path = make(tmp_path / "a.xlsx", {"List 1": rows_of(1, contact(1))})
    for part in ("xl/_rels/workbook.xml.rels", "docProps/core.xml"):
        changed(path, part, lambda content: content.replace(b"UTF-8", b"U1F-8"))
    frames, _, _ = read(path)
    assert frames["contacts"].height == 1
    assert AnnexA(path).data_date() is None
