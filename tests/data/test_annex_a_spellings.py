"""However a workbook is laid out and spelled, the same facts come out of it."""

import io
import re
from datetime import date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import python_calamine
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.demo.annex_a import write_annex_a
from data.sources.annex_a import AnnexA
from data.sources.annex_a.headers import columns
from data.sources.base import silent
from tests.data.annex_a_by_hand import AS_AT, tables

DATES = {
    "excel": lambda day: day,
    "british": lambda day: day.strftime("%d/%m/%Y"),
    "iso": lambda day: day.isoformat(),
    "iso with time": lambda day: f"{day.isoformat()} 00:00:00",
    "words": lambda day: f"{day.day} {day:%b %Y}",
    "dashes": lambda day: day.strftime("%d-%m-%y"),
    "serial": lambda day: (day - date(1899, 12, 30)).days,
}
CODES = {
    "official": lambda text: text,
    "lower": str.lower,
    "upper": str.upper,
    "spaced": lambda text: f"  {text}\u00a0",
    "no letter": lambda text: re.sub(r"^[a-z]{1,2}\d?\) ", "", text),
    "curly": lambda text: text.replace("'", "’"),
    "no-break": lambda text: text.replace(" ", "\u00a0"),
}
HEADINGS = {
    "official": lambda text: text,
    "lower": str.lower,
    "upper": str.upper,
    "spaced": lambda text: f" {text.replace(' ', '  ')}\u00a0",
    "curly": lambda text: re.sub(r"'(\w+)'", r"‘\1’", text).replace("'", "’"),
}
IDS = {"text": str, "number": float, "spaced": lambda text: f" {text} ", "point": lambda text: f"{text}.0"}
NAMES = {
    "official": lambda n: f"List {n}",
    "bare": str,
    "underscore": lambda n: f"LIST_{n} {columns(n)[0].title[:12]}",
    "title": lambda n: columns(n)[0].title[:31],
    "nameless": lambda n: f"Sheet{n + 20}",
}


@cache
def original():
    """The rows of the eleven lists as the demo writes them, and the tables read from them."""
    with TemporaryDirectory() as folder:
        path = write_annex_a(tables(), Path(folder), AS_AT)
        book = python_calamine.load_workbook(str(path))
        lists = {n: book.get_sheet_by_name(f"List {n}").to_python() for n in range(1, 12)}
        return lists, told(path)


def told(path):
    """Every table without the row it stands in, in one order; and the counts of the lists."""
    source = AnnexA(path)
    frames, issues = {}, []
    for batch in source.batches(silent):
        assert not batch.frame["source_row"].null_count()
        if batch.frame.height:
            frames[batch.table] = sorted(batch.frame.drop("source", "source_row").rows(), key=repr)
        issues.append(batch.issues)
    assert all(c.rows_in == c.rows_used + c.rows_held for c in source.places())
    wrong = pl.concat(issues).filter(pl.col("severity") != "note")
    assert wrong.is_empty(), wrong.to_dicts()
    return frames, {count.place: count.rows_used for count in source.places()}


def draw_sheet(draw, list_no, rows):
    """One list in another layout: columns, rows, blanks, titles and spellings are drawn."""
    heads, *body = rows
    kinds = {column.name: column for column in columns(list_no)}
    heading = HEADINGS[draw(st.sampled_from(sorted(HEADINGS)))]
    ids, dates = IDS[draw(st.sampled_from(sorted(IDS)))], DATES[draw(st.sampled_from(sorted(DATES)))]

    def cell(name, value):
        if value == "":
            return draw(st.sampled_from([None, "", " ", "\u00a0"]))
        if name == "Child Unique ID":
            return ids(value)
        if isinstance(value, date):
            return dates(value)
        if name.startswith("Allocated"):
            return value.replace(" ", draw(st.sampled_from([" ", "\u00a0", "  "])))
        if kinds[name].code_list:
            return CODES[draw(st.sampled_from(sorted(CODES)))](value)
        return value

    order = draw(st.permutations(range(len(heads))))
    body = draw(st.permutations(body))
    left = draw(st.integers(0, 2))
    made = [[f"{kinds[heads[0]].title}: printed by hand"], []][: draw(st.integers(0, 2))]
    made.append([None] * left + [heading(heads[at]) for at in order] + ["", "My notes"])
    for row in body:
        made.extend([[], [" ", None, "\u00a0"]][: draw(st.integers(0, 2))])
        made.append([None] * left + [cell(heads[at], row[at]) for at in order] + [None])
    return made + [[], ["  "]]


@st.composite
def workbooks(draw):
    """The same facts as another workbook: its sheets in any order under any name."""
    lists, _ = original()
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    naming = NAMES[draw(st.sampled_from(sorted(NAMES)))]
    for list_no in draw(st.permutations(sorted(lists))):
        sheet = book.add_worksheet(naming(list_no))
        for r, row in enumerate(draw_sheet(draw, list_no, lists[list_no])):
            for c, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(r, c, datetime(value.year, value.month, value.day), day)
                elif isinstance(value, str):
                    sheet.write_string(r, c, value)
                elif value is not None:
                    sheet.write_number(r, c, value)
    book.close()
    return out.getvalue()


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(workbooks())
def test_the_same_facts_come_from_every_layout_and_spelling(content):
    with TemporaryDirectory() as folder:
        path = Path(folder) / "another.xlsx"
        path.write_bytes(content)
        frames, used = told(path)
    wanted, wanted_used = original()[1]
    assert used == wanted_used
    assert frames == wanted
