"""Returns made to do harm, or damaged at random: one sentence or an issue, never a crash."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.errors import DataError
from data.schema.tables import key_of
from tests.data.ssda903_by_hand import FILES, Read, bytes_of, write, zipped

REVIEWS = "CHILD,DOB,REVIEW,REVIEW_CODE\n"


def read(tmp_path, **files: str | bytes) -> Read:
    folder = write(tmp_path / "r", {"header": FILES["header"]}, "")
    for name, content in files.items():
        path = folder / f"{name}.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return Read(folder)


def test_a_number_a_megabyte_long_is_no_number(tmp_path):
    back = read(tmp_path, reviews=f"{REVIEWS}{'9' * 2**20},,05/07/2024,PN1\n{'9' * 999},,06/07/2024,PN1\n")
    assert back.places["reviews.csv"].rows_held == 2
    assert max(back.issues["value"].drop_nulls().str.len_chars()) <= 120
    assert {"too_long", "no_child_id"} <= back.rules("error")


def test_control_and_direction_characters_stay_data(tmp_path):
    strange = "1\x1b[2J\u202e"
    back = read(tmp_path, reviews=f"{REVIEWS}{strange},,05/07/2024,PN1\n")
    assert back.rows("cla_reviews", "clar_cla_person_id") == [(strange,)]


def test_nul_bytes_are_left_out_and_told(tmp_path):
    back = read(tmp_path, reviews=f"{REVIEWS}1\0,,05/07/2024,PN1\n".encode())
    assert back.rows("cla_reviews", "clar_cla_person_id") == [("1",)]
    assert "nul_characters" in back.rules("warning")


def test_ten_thousand_columns_are_no_file_of_a_return(tmp_path):
    wide = ",".join(["CHILD", "DECOM", *(f"x{n}" for n in range(10_000))])
    back = read(tmp_path, episodes=f"{wide}\n1,01/05/2024{',' * 10_000}\n")
    assert ("episodes.csv", None, None) in back.told("not_903")


def test_an_unclosed_quote_costs_no_other_row(tmp_path):
    rows = "".join(f"{n},,05/07/2024,PN1\n" for n in range(2, 50))
    back = read(tmp_path, reviews=f'{REVIEWS}1,,05/07/2024,"PN1\n{rows}')
    assert back.places["reviews.csv"].rows_used == 49
    assert back.rows("cla_reviews", "clar_cla_review_participation") == [("PN1",)] * 49
    assert len(back.told("stray_quote")) == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""), ("blank.csv", b"\n\n\n"), ("headings.csv", b"CHILD\n"),
        ("photo.csv", b"\x89PNG\r\n\x1a\n" * 9),
        ("book.xlsx", b"PK\x03\x04 whatever"), (".DS_Store", b"\0\1\2\3" * 99), ("readme.txt", b"hello"),
        ("other.xml", b"<a><b/></a>"),
        ("random.csv", bytes(random.Random(1).randrange(256) for _ in range(5_000))),
        ("inner.zip", bytes_of({"reviews.csv": REVIEWS})),
    ],
    ids=lambda given: given if isinstance(given, str) else "",  # a zip file holds the time: no name of a test
)  # fmt: skip
def test_files_that_are_none_of_the_return_are_named(tmp_path, name, content):
    folder = write(tmp_path / "r", {"header": FILES["header"]}, "")
    (folder / name).write_bytes(content)
    back = Read(folder)
    assert name in {place for place, _, _ in back.told("not_903")}
    assert set(back.places) == {"header.csv"}


def test_a_crowd_of_other_files_is_counted(tmp_path):
    folder = write(tmp_path / "r", {"header": FILES["header"]}, "")
    for n in range(100):
        (folder / f"note {n}.txt").write_text("x")
    back = Read(folder)
    assert len(back.told("not_903")) == 41
    assert "60 more files" in back.issues.filter(back.issues["rule"] == "not_903")["reason"][-1]


def test_a_headed_file_without_rows_is_a_file(tmp_path):
    back = read(tmp_path, reviews=REVIEWS)
    assert back.places["reviews.csv"].rows_in == 0
    assert back.coverage("cla_reviews")["coverage"] == "partial"


def test_a_folder_named_like_a_file_and_links_are_told(tmp_path):
    folder = write(tmp_path / "r", {"header": FILES["header"]}, "")
    (folder / "episodes.csv").mkdir()
    outside = tmp_path / "reviews.csv"
    outside.write_text(FILES["reviews"])
    (folder / "reviews.csv").symlink_to(outside)
    back = Read(folder)
    assert "cla_reviews" not in back.tables
    assert {place for place, _, _ in back.told("not_opened")} == {"reviews.csv"}


def test_names_in_a_zip_file_that_point_outside_are_told(tmp_path):
    files = {"header.csv": FILES["header"], "../reviews.csv": FILES["reviews"]}
    back = Read(zipped(files, tmp_path / "z.zip"))
    assert {place for place, _, _ in back.told("not_opened")} == {"../reviews.csv"}
    assert "cla_reviews" not in back.tables


@pytest.mark.parametrize(
    "files", [{}, {"notes.txt": "hello"}, {"data.csv": "a,b\n1,2\n"}, {"return.xml": "<r/>"}]
)
def test_nothing_of_a_return_is_refused(tmp_path, files):
    with pytest.raises(DataError, match=r"z\.zip holds no file"):
        Read(zipped(files, tmp_path / "z.zip"))


@pytest.mark.parametrize("kind", ["bomb", "line"])
def test_what_would_fill_memory_is_refused(tmp_path, kind):
    if kind == "bomb":
        path = zipped({"header.csv": FILES["header"], "x.csv": b"," * 60 * 2**20}, tmp_path / "z.zip")
    else:
        path = write(tmp_path / "r", {"header": FILES["header"]}, "")
        (path / "episodes.csv").write_bytes(b"CHILD,DECOM\n" + b"," * 17 * 2**20)
    with pytest.raises(DataError):
        Read(path)


@settings(max_examples=10)
@given(seed=st.integers(0, 10**6))
def test_a_return_damaged_at_random_is_accounted_for_or_refused(tmp_path_factory, seed):
    dice = random.Random(seed)
    folder = write(tmp_path_factory.mktemp("damaged") / "r", year="")
    for path in sorted(folder.iterdir()):
        raw = bytearray(path.read_bytes())
        for _ in range(dice.randrange(6)):
            at = dice.randrange(len(raw))
            raw[at : at + dice.randrange(4)] = bytes(dice.choices(b'",;\n\r\0\xff9A/', k=dice.randrange(4)))
        path.write_bytes(raw[: dice.randrange(len(raw) // 2, len(raw) + 1)])
    try:
        back = Read(folder)  # its account is checked as it is read
    except DataError:
        return
    for table, frame in back.tables.items():
        assert frame[key_of(table)].is_unique().all(), table
