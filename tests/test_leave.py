"""The list of leave: what is understood, and what is said about a mistake."""

from datetime import date

import pytest

from data.errors import DataError
from fcl_tui.config.leave import SCHEMA, read


def written(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "leave.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_no_file_and_an_empty_file_mean_no_leave(tmp_path):
    for none in (
        None,
        tmp_path / "leave.csv",
        written(tmp_path, "\n\n"),
        written(tmp_path, "worker,from,to\n"),
    ):
        assert read(none).is_empty()
        assert dict(read(none).schema) == SCHEMA


def test_both_ways_of_writing_dates_any_order_of_columns_and_excels_mark(tmp_path):
    text = (
        "\ufeffTo, From ,WORKER,note\r\n"
        "24/12/2026,2026-12-21, Zoë O’Brien ,x\r\n\r\n2026-01-01,1/1/2026,B,\r\n"
    )
    assert read(written(tmp_path, text)).rows() == [
        ("Zoë O’Brien", date(2026, 12, 21), date(2026, 12, 24)),
        ("B", date(2026, 1, 1), date(2026, 1, 1)),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name,from,to\nA,2026-01-01,2026-01-02\n", "line 1: the list of leave begins with the headings"),
        ("worker,from,from,to\n", "line 1: the list of leave begins with the headings"),
        ("worker,from,to\nA,2026-01-01,2026-01-02\nA,2026-01-01\n", "line 3: a value is missing"),
        ("worker,from,to\n\n,2026-01-01,2026-01-02\n", "line 3: no worker is named"),
        ("worker,from,to\nA,soon,2026-01-02\n", "line 2: from is 'soon', which is not a date"),
        ("worker,from,to\nA,2026-01-02,2026-02-30\n", "line 2: to is '2026-02-30', which is not a date"),
        ("worker,from,to\nA,2026-01-02,2026-01-01\n", "line 2: the leave ends before it begins"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_what_to_do(tmp_path, text, said):
    with pytest.raises(DataError) as told:
        read(written(tmp_path, text))
    assert said in str(told.value)
    assert any(verb in str(told.value) for verb in ("Put", "Give", "Write"))


def test_another_encoding_is_told_and_never_read_as_other_names(tmp_path):
    with pytest.raises(DataError, match="CSV UTF-8"):
        read(written(tmp_path, "worker,from,to\nZoë,2026-01-02,2026-01-03\n", "cp1252"))
