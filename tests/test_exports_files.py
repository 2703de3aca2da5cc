"""Files of what is listed, opened again with an independent reader and compared cell by cell."""

import csv
import io
import zipfile
from dataclasses import replace
from datetime import date, datetime
from textwrap import wrap

import docx
import openpyxl
import polars as pl
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from data.errors import DataError
from fcl_tui.access.gate import Door
from fcl_tui.config.settings import Settings
from fcl_tui.export import content
from fcl_tui.export import sheet as sheet_module
from fcl_tui.reports.answer import Answer
from fcl_tui.reports.beside import Chart
from fcl_tui.reports.catalogue import report
from fcl_tui.terminal.write import put_new, write_beside
from screens.messages import Listed
from tests.screens.small_authority import AS_AT, SmallSnapshot
from widgets.cells.column import Column

COLUMNS = (
    Column("state", "State", 10, kind="state"),
    Column("name", "Name", 18),
    Column("due_date", "Due", 10, kind="date"),
    Column("days", "Days", 5, kind="number"),
    Column("status", "Status", 14, kind="code"),
    Column("share", "In time", 6, kind="percent"),
)
HOSTILE = [
    "=cmd|' /C calc'!A0", "+1", "@x", "-2", "\t=1+1", " =1", "＝1+1", "https://example.org", "mailto:a@b.c",
    "{=1}", "[red]x[/]", "\x1b]52;c;aGk=\x07", "a\u202eb", "a\x00b", "line\nbreak", "\ufffe\uffff", "_x0041_",
    '"; DDE("cmd")', "É" * 50, "😀" * 3, "R" * 100_000, "😀" * 20_000,
]  # fmt: skip


def answer(rows: pl.DataFrame, **more) -> Answer:
    told = {
        "report": "client-overview", "title": "Client Overview", "as_at": AS_AT, "snapshot_id": "s1",
        "data_date": date(2026, 11, 20), "rows": rows, "columns": COLUMNS,
        "parameters": {"team": "Pod & One"},
        "who": "Pat & Co", "exported": datetime(2026, 11, 23, 9, 5),
        "left_out": [{"count": 3, "what": "children", "reason": "have no open status"}],
    }  # fmt: skip
    return Answer(**(told | more))


def listed() -> pl.DataFrame:
    return pl.DataFrame(
        {
            "state": ["overdue", "due_soon", "due", None],
            "name": ["=cmd()", "O'Brien, Ann", None, "x"],
            "due_date": [date(2026, 2, 28), None, date(1899, 12, 31), date(2030, 1, 1)],
            "days": [-2, 0, 1234, None],
            "status": ["child_in_need", "looked_after", None, "=x"],
            "share": [93.5, None, 100.0, 0.0],
        }
    )


def opened(made: Answer):
    body = content(made, "xlsx")
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(body)).read("xl/worksheets/sheet1.xml")
    return openpyxl.load_workbook(io.BytesIO(body)).worksheets[0]


def test_every_cell_of_a_sheet_is_what_it_is_on_the_screen():
    sheet = opened(answer(listed()))
    rows = list(sheet.iter_rows(min_row=3, values_only=True))
    assert rows == [
        ("State", "Name", "Due", "Days", "Status", "In time"),
        ("Overdue", "=cmd()", datetime(2026, 2, 28), -2, "Child in need", 93.5),
        ("Due soon", "O'Brien, Ann", None, 0, "Looked after", None),
        ("OK", None, "31/12/1899", 1234, None, 100),
        (None, "x", datetime(2030, 1, 1), None, "=x", 0),
    ]
    assert sheet["C4"].number_format == "dd/mm/yyyy"
    assert sheet["B4"].data_type == "s"
    assert [sheet[f"A{row}"].fill.fgColor.rgb for row in (4, 5, 6)] == ["FFF4B6B6", "FFFCE5B0", "FFCDE8CF"]


def test_a_sheet_says_what_it_is_and_is_ready_to_print():
    sheet = opened(answer(listed(), masked=True))
    for words in ("Client Overview", "team: Pod & One", "as at 23/11/2026", "data of 20/11/2026"):
        assert words in sheet["A1"].value
    said = sheet["A2"].value
    for words in (
        "4 rows",
        "NAMES MASKED",
        "Pat & Co",
        "23/11/2026 at 09:05",
        "3 children have no open status",
    ):
        assert words in said
    assert sheet.freeze_panes == "A4"
    assert sheet.auto_filter.ref == "A3:F7"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)  # 1 is not written
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$3:$3"
    assert "Page" in sheet.oddFooter.right.text


def test_a_long_heading_takes_lines_and_figures_as_text_keep_to_the_right():
    long = "19 to 21 in education, employment or training, of"
    columns = (Column("share", long, 9, align="right"), Column("name", "Name", 9))
    made = answer(pl.DataFrame({"share": ["36/60"], "name": ["Leaving Care 1"]}), columns=columns)
    sheet = opened(made)
    assert sheet["A4"].alignment.horizontal == "right"
    assert sheet["B4"].alignment.horizontal != "right"
    width, lines = sheet.column_dimensions["A"].width, sheet.row_dimensions[3].height / sheet_module.HEIGHT
    assert width < len(long) / 2
    assert len(wrap(long, int(width) - 2)) <= lines


def test_a_picture_without_a_title_is_called_as_the_figure_it_is_of():
    chart = Chart(kind="line", frame="", label="month", value="v", words="Ours")
    made = answer(
        pl.DataFrame({"v": [1]}), chart=chart, parameters={"figure": "Referrals received"},
        chart_rows=pl.DataFrame({"month": ["Oct 25", "Nov 25"], "v": [1, 2]}),
    )  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(content(made, "xlsx"))) as book:
        assert b"Referrals received" in book.read("xl/charts/chart1.xml")


def test_nothing_in_a_sheet_is_live_and_what_is_too_long_says_so():
    sheet = opened(answer(pl.DataFrame({"name": HOSTILE})))
    cells = [sheet.cell(4 + row, 1) for row in range(len(HOSTILE))]
    assert [cell.data_type for cell in cells] == ["s"] * len(HOSTILE)
    assert not any(cell.hyperlink for cell in cells)
    values = [cell.value for cell in cells]
    assert values[:4] == HOSTILE[:4]
    assert values[HOSTILE.index("_x0041_")] == "_x0041_"
    assert not any(ord(c) < 32 or c in "\u202e\ufffe\uffff" for value in values for c in value)
    for value in values[-2:]:
        assert value.endswith("[cut: too long for a cell]")
        assert 32_000 < len(value.encode("utf-16-le")) // 2 <= 32_767
    assert "2 texts are longer than Excel allows" in sheet["A2"].value


def test_more_rows_than_a_sheet_holds_are_refused_and_not_cut(monkeypatch):
    monkeypatch.setattr(sheet_module, "MOST", 3)
    with pytest.raises(DataError, match="more rows than"):
        content(answer(listed()), "xlsx")


def test_csv_reads_as_the_screen_and_a_formula_stays_text():
    rows = list(csv.reader(io.StringIO(content(answer(listed()), "csv").decode("utf-8-sig"))))
    assert "as at 23/11/2026" in rows[0][0]
    assert "Pat & Co" in rows[1][0]
    assert rows[2:] == [
        ["State", "Name", "Due", "Days", "Status", "In time"],
        ["Overdue", "'=cmd()", "28/02/2026", "-2", "Child in need", "93.5%"],
        ["Due soon", "O'Brien, Ann", "", "0", "Looked after", ""],
        ["OK", "", "31/12/1899", "1,234", "", "100.0%"],
        ["", "x", "01/01/2030", "", "'=x", "0.0%"],
    ]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=30), min_size=1, max_size=5))
def test_no_text_is_a_formula_in_csv_nor_lost_from_a_sheet(texts):
    frame = pl.DataFrame({"name": texts}, schema={"name": pl.String})
    rows = list(csv.reader(io.StringIO(content(answer(frame), "csv").decode("utf-8-sig"))))
    assert len(rows) == 3 + len(texts)
    for row in rows[3:]:
        assert not "".join(row).strip().startswith(("=", "+", "-", "@"))
    sheet = opened(answer(frame))
    assert sheet.max_row <= 3 + len(texts)
    for row, text in enumerate(texts, start=4):
        assert (sheet.cell(row, 1).value or "") != "" or text == ""


# Where files go


class FakeSession:
    def __init__(self, exports):
        self.exports, self.as_at, self.data_date, self.who = exports, AS_AT, AS_AT, "Pat"
        self.snapshot = SmallSnapshot()
        self.door = Door(exports, Settings(exports), logs=False)


def written(session, kind="csv"):
    rows = Listed(pl.DataFrame({"name": ["Ann"]}), (Column("name", "Name", 10),), masked=True)
    return write_beside(session, report("client-overview"), rows, kind)


def test_files_are_private_named_by_report_and_day_and_never_collide(tmp_path):
    folder = tmp_path / "exports"
    folder.mkdir(mode=0o755)
    told = [written(FakeSession(folder)) for _ in range(5)]
    paths = sorted(folder.iterdir())
    assert len(paths) == 5
    assert all(path.name.startswith("client-overview-20261123-") for path in paths)
    assert {path.stat().st_mode & 0o777 for path in paths} == {0o600}
    assert folder.stat().st_mode & 0o777 == 0o700
    assert all(sentence.startswith("1 row written masked: client-overview") for sentence in told)
    assert all(str(folder) in sentence for sentence in told)


def test_a_name_that_another_session_is_writing_is_not_taken(tmp_path):
    (tmp_path / ".a.csv.new").write_bytes(b"")
    (tmp_path / "a-2.csv").write_bytes(b"theirs")
    assert put_new(b"mine", tmp_path, "a", "csv").name == "a-3.csv"
    assert (tmp_path / "a-2.csv").read_bytes() == b"theirs"
    assert (tmp_path / ".a.csv.new").exists()


def test_out_of_disk_is_one_sentence_and_leaves_nothing(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fdopen", full)
    told = written(FakeSession(tmp_path / "exports"))
    assert "No space left on device" in told
    assert "\n" not in told
    assert list((tmp_path / "exports").iterdir()) == []


# Word

EVENTS = pl.DataFrame(
    {
        "date": [None, date(2025, 1, 2), date(2026, 3, 4)],
        "event": ["Referral", "=cmd()", "Visit \ufffe\x1b[2J"],
        "kind": ["referral", "legal", "visit"],
        "detail": [None, "R" * 5_000, "seen: yes"],
        "worker": [None, "Mary [/] Smith", None],
        "source": ["Annex A.xlsx", "SSD", None],
        "source_row": ["List 2/row 7", "ssd_legal/5", None],
    }
)


def court(**more) -> tuple[Answer, "docx.document.Document"]:
    told = {
        "report": "client-summary", "title": "Client Summary", "rows": EVENTS, "columns": (),
        "parameters": {"client": "101"},
        "parts": {
            "overview": {"name": "O'Brien, Ann", "person_id": "101", "date_of_birth": date(2015, 3, 1)}
        },
        "left_out": [{"count": 2, "what": "kinds of event", "reason": "not in this source: visits, reviews"}],
    }  # fmt: skip
    builds = {"docx": "fcl_tui.export.court:court_chronology"}
    made = answer(**({"rows": EVENTS, "builds": builds} | told | more))
    return made, docx.Document(io.BytesIO(content(made, "docx")))


def test_a_chronology_for_court_says_whose_as_at_and_what_it_lacks():
    _, document = court()
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for words in (
        "O'Brien, Ann", "Client 101", "Date of birth: 01/03/2015", "Chronology as at 23/11/2026",
        "from data of 20/11/2026", "prepared by Pat & Co on 23/11/2026", "Significant events of all kinds",
        "Visits, checks and other routine events", "not in this source: visits, reviews",
        "does not show that it did not happen",
    ):  # fmt: skip
        assert words in text
    table, annex = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Date", "Event", "Annex"],
        ["date not known", "Referral", "1"],
        ["02/01/2025", f"=cmd()\n{'R' * 5_000}\nWorker: Mary [/] Smith", "2"],
        ["04/03/2026", "Visit ??[2J\nSeen: yes", "3"],
    ]
    assert [[cell.text for cell in row.cells] for row in annex.rows] == [
        ["No.", "Date", "Event", "As recorded", "Source and table", "Record"],
        ["1", "date not known", "Referral", "", "Annex A.xlsx, List 2", "7"],
        ["2", "02/01/2025", "=cmd()", f"{'R' * 5_000}; Mary [/] Smith", "SSD, ssd_legal", "5"],
        ["3", "04/03/2026", "Visit ??[2J", "seen: yes", "source not known", ""],
    ]


def test_a_chronology_breaks_between_rows_and_numbers_its_pages():
    _, document = court()
    table, _ = document.tables
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    section = document.sections[0]
    assert round(section.page_width.mm) == 210 < round(section.page_height.mm) == 297
    codes = [one.text for one in section.footer._element.iter(qn("w:instrText"))]
    assert codes == ["PAGE", "NUMPAGES"]
    assert document.styles["Normal"].font.name == "Arial"
    assert document.styles["Normal"].font.size.pt == 10.5
    assert "Chronology as at 23/11/2026" in section.footer.paragraphs[0].text


@pytest.mark.parametrize(
    ("parameters", "said", "unsaid"),
    [
        ({"everything": "true"}, "Every event recorded, of all kinds.", "routine"),
        ({"kinds": "legal,visit"}, "Chosen kinds of event only: visit, legal.", "not chosen: visit"),
    ],
)
def test_a_chronology_says_which_events_were_chosen(parameters, said, unsaid):
    _, document = court(parameters=parameters)
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert said in text
    assert unsaid not in text


def test_a_masked_chronology_says_so():
    made, _ = court()
    overview = {"name": "O.A", "person_id": "101", "date_of_birth": None}
    _, document = court(masked=True, parts={"overview": overview})
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "not shown (names masked)" in text
    assert "not for court" in text
    assert made.masked is False


def young(**more):
    return {
        "person_id": "107", "name": "D’Souza, Sam", "age": 20, "eligibility": "Relevant", "state": "overdue",
        "personal_adviser": "Pat Adviser", "in_touch": "in touch", "latest_contact": date(2026, 1, 5),
        "contact_due": date(2026, 3, 1), "contact_state": "overdue", "pathway_plan_date": None,
        "pathway_review_due": None, "pathway_state": None, "accommodation": "flat", "activity": "\x1b[2Jwork",
        "accommodation_suitable": "suitable", "eet": "yes", "concerns": None,
        "not_in_source": "pathway_plan_date, pathway_review_due",
    } | more  # fmt: skip


def test_the_supervision_sheet_has_a_block_a_young_person_with_room_to_write():
    rows = pl.DataFrame([young(), young(person_id="108", name=None, age=None, state=None)])
    made = replace(
        answer(rows, columns=(), builds={"docx": "fcl_tui.export.supervision:supervision_sheet"}),
        report="leaving-care",
        title="Leaving Care Supervision",
    )
    document = docx.Document(io.BytesIO(content(made, "docx")))
    assert len(document.tables) == 2
    first, second = document.tables
    assert first.rows[0].cells[0].text == "D’Souza, Sam, 20 · id 107 · dates: Overdue"
    assert (
        second.rows[0].cells[0].text == "Name not in this source, age not known · id 108 · dates: nothing due"
    )
    told = {}
    assert [cell.text for cell in first.rows[1].cells][:2] == ["To talk about", "-"]
    for row in first.rows[2:8]:
        cells = [cell.text for cell in row.cells]
        told |= {cells[0]: cells[1], cells[2]: cells[3]}
    assert told["Contact due"] == "01/03/2026 (Overdue)"
    assert told["Latest contact"] == "05/01/2026"
    assert told["Review due"] == "not in this source"
    assert told["Activity"] == "?[2Jwork"
    labels = [row.cells[0].text for row in first.rows[8:]]
    assert labels == ["Notes", "Actions, who, by when"]
    for row in first.rows[:-1]:
        assert all(p.paragraph_format.keep_with_next for cell in row.cells for p in cell.paragraphs)
