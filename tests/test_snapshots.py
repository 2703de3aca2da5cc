"""The command `snapshots`, and what is said when a snapshot cannot be used."""

import csv
import io
import json
import os
import shutil

import polars as pl
import pytest

from data.errors import DataError
from data.snapshots import directory as shelf
from data.snapshots.place import CURRENT, FOLDER, MANIFEST, snapshot_ids
from data.snapshots.reader import open_current
from data.snapshots.writer import staging
from fcl_tui.loading.load import load
from fcl_tui.records.day.snapshot_changes import children_changed, issues_by_rule, rows_by_table
from tests.authority import ROWS, run, write
from tests.killed_loads import prepare
from tests.test_cli import run as command


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Two snapshots: in the second child 3 is gone, child 4 there, and a row speaks of a stranger."""
    folder = tmp_path_factory.mktemp("made")
    url = write(f"sqlite:///{folder}/authority.db")
    load([url], folder / "home", prepare=prepare)
    run(
        url,
        "DELETE FROM ssd_person WHERE pers_person_id = '3'",
        "INSERT INTO ssd_person (pers_person_id, pers_dob) VALUES ('4', '2012-01-01 00:00:00')",
        "INSERT INTO ssd_cp_visits (cppv_cp_visit_id, cppv_person_id) VALUES ('V9', '99')",
    )
    load([url], folder / "home", prepare=prepare)
    return folder / "home"


@pytest.fixture
def home(made, tmp_path):
    return shutil.copytree(made, tmp_path / "home")


def ids(home):
    return snapshot_ids(home / FOLDER)


def path_of(home, which):
    return home / FOLDER / ids(home)[which]


def spoil(path):
    content = bytearray(path.read_bytes())
    content[10] ^= 1
    path.write_bytes(content)


def test_the_list_has_the_newest_first_and_marks_the_one_in_use(home, capfdbinary):
    code, out, _ = command(capfdbinary, "snapshots", "--home", home, "--format", "json")
    newest, oldest = json.loads(out)["rows"]
    assert code == 0
    assert [oldest["id"], newest["id"]] == ids(home)
    assert (newest["in_use"], oldest["in_use"]) == ("*", "")
    assert (oldest["children"], oldest["rows"]) == (3, sum(map(len, ROWS.values())))
    assert newest["sources"] == "SQLite authority.db"
    assert newest["issues"] == open_current(home).scan("issues").collect().height
    assert newest["megabytes"] > 0


def test_a_snapshot_that_cannot_be_opened_is_listed_with_the_reason(home, capfdbinary):
    (path_of(home, 0) / MANIFEST).write_text("{")
    code, out, _ = command(capfdbinary, "--home", home, "snapshots", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == 0
    assert rows[0]["fault"] == ""
    assert "manifest" in rows[1]["fault"]
    assert rows[1]["children"] == ""


@pytest.mark.parametrize("kind", ["table", "xlsx"])
def test_the_list_in_other_formats(home, capfdbinary, tmp_path, kind):
    path = tmp_path / f"list.{kind}"
    assert command(capfdbinary, "snapshots", "--home", home, "--format", kind, "-o", path)[0] == 0
    assert path.stat().st_size > 100


def test_what_changed_between_the_last_two(home, capfdbinary):
    code, out, _ = command(capfdbinary, "snapshots", "compare", "--home", home, "--format", "json")
    told = json.loads(out)
    assert code == 0
    tables = {row.pop("table"): row for row in told["rows"]}
    assert tables["cp_visits"] == {"before": 2, "after": 3, "change": 1}
    assert tables["person"] == {"before": 3, "after": 3, "change": 0}
    assert len(tables) == 47
    assert told["children"] == [{"person_id": "3", "change": "out"}, {"person_id": "4", "change": "in"}]
    rules = {row["rule"]: row["change"] for row in told["issues"]}
    assert rules["orphan"] == 1


@pytest.mark.parametrize(("by", "rows"), [("child", ["3", "4"]), ("table", None), ("rule", None)])
def test_rows_of_the_comparison_are_what_was_asked_for(home, capfdbinary, by, rows):
    code, out, _ = command(capfdbinary, "snapshots", "compare", *ids(home), "--by", by, "--home", home,
                           "--format", "csv")  # fmt: skip
    table = list(csv.DictReader(io.StringIO(out)))
    assert code == 0
    assert list(table[0])[0] == {"child": "person_id"}.get(by, by)
    if rows:
        assert [row["person_id"] for row in table] == rows


def test_a_comparison_turned_round_has_the_signs_turned_round(home, capfdbinary):
    there, back = (
        json.loads(command(capfdbinary, "snapshots", "compare", *pair, "--home", home, "--format", "json")[1])
        for pair in (ids(home), ids(home)[::-1])
    )
    assert [row["change"] for row in there["rows"]] == [-row["change"] for row in back["rows"]]
    assert {(row["person_id"], row["change"]) for row in back["children"]} == {("3", "in"), ("4", "out")}


def test_the_comparison_of_frames_alone():
    def scan(people, issues):
        frames = {
            "person": pl.LazyFrame({"pers_person_id": people}, schema={"pers_person_id": pl.String}),
            "issues": pl.LazyFrame(
                {"rule": issues, "severity": ["error"] * len(issues)},
                schema={"rule": pl.String, "severity": pl.String},
            ),
        }
        return frames.__getitem__

    before, after = scan(["1", None, "2"], ["a", "a"]), scan([], ["b"])
    assert children_changed(before, after).collect().rows() == [("1", "out"), ("2", "out")]
    assert rows_by_table(before, after, ["person"]).collect().rows() == [("person", 3, 0, -3)]
    assert issues_by_rule(before, after).collect().rows() == [
        ("a", "error", 2, 0, -2),
        ("b", "error", 0, 1, 1),
    ]


def test_an_older_one_can_be_restored_while_a_reader_keeps_its_own(home, capfdbinary):
    old, new = ids(home)
    reader = open_current(home)
    code, out, _ = command(capfdbinary, "snapshots", "restore", old[:20], "--home", home)
    assert (code, old in out) == (0, True)
    assert open_current(home).id == old
    assert reader.id == new
    assert reader.scan("person").collect().height == 3
    assert (home / FOLDER / CURRENT).stat().st_mode & 0o777 == 0o600
    assert ids(home) == [old, new]


@pytest.mark.parametrize("damage", ["manifest", "file", "gone", "locked"])
def test_what_cannot_be_restored_changes_nothing(home, capfdbinary, damage):
    old, new = ids(home)
    if damage == "manifest":
        (path_of(home, 0) / MANIFEST).write_text("{")
    elif damage == "file":
        spoil(path_of(home, 0) / "tables" / "person.parquet")
    elif damage == "gone":
        shutil.rmtree(path_of(home, 0))
    if damage == "locked":
        with staging(home):
            code, out, err = command(capfdbinary, "snapshots", "restore", old, "--home", home)
        assert "Another load" in err
    else:
        code, out, err = command(capfdbinary, "snapshots", "restore", old, "--home", home)
    assert (code, out) == (1, "")
    assert len(err.splitlines()) == 1
    assert open_current(home).id == new


def test_a_pointer_that_cannot_be_replaced_stays(home, monkeypatch):
    old, new = ids(home)

    def forbidden(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(home), "replace", forbidden)
    with pytest.raises(DataError, match="Permission denied.*Nothing was changed"):
        shelf.restore(home, old)
    monkeypatch.undo()
    assert open_current(home).id == new
    assert list((home / FOLDER).glob(f"{CURRENT}.*")) == []


def test_a_restored_one_outlives_the_next_load(home):
    """It was in use before: of those that are kept it is the second, whatever its age."""
    old, new = ids(home)
    shelf.restore(home, old)
    newest = snapshot_of(home, keep=2)
    assert ids(home) == [old, newest]


def test_one_that_is_open_is_not_removed(home):
    old, new = ids(home)
    shelf.restore(home, old)
    reader = open_current(home)
    for _ in range(3):
        newest = snapshot_of(home, keep=1)
    assert ids(home) == [old, newest]
    assert reader.verify() == []
    del reader
    newest = snapshot_of(home, keep=1)
    assert ids(home) == [newest]


def snapshot_of(home, keep):
    from datetime import date

    with staging(home) as place:
        return place.publish((), {}, date(2025, 1, 1), demo=False, keep=keep).id


def test_verify_names_the_snapshot_and_the_file(home, capfdbinary):
    code, out, _ = command(capfdbinary, "snapshots", "verify", "--home", home)
    assert (code, len(out.splitlines())) == (0, 2)
    spoil(path_of(home, 0) / "tables" / "person.parquet")
    code, out, _ = command(capfdbinary, "snapshots", "verify", "--home", home)
    assert code == 1
    assert f"{ids(home)[0]}: tables/person.parquet is not as it was written" in out
    assert command(capfdbinary, "snapshots", "verify", ids(home)[1], "--home", home)[0] == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["compare", "2099"], "no snapshot '2099'"),
        (["restore", "2"], "2 snapshots begin with"),
        (["restore", ""], "There are:"),
        (["restore", "../../etc"], "no snapshot"),
        (["compare", "--by", "team"], "--by takes one of"),
    ],
)
def test_a_wrong_request_is_one_sentence(home, capfdbinary, words, said):
    code, out, err = command(capfdbinary, "snapshots", *words, "--home", home)
    assert (code, out) == (1, "")
    assert said in err


@pytest.mark.parametrize("words", [[], ["compare"], ["verify"], ["restore", "2026"]])
def test_where_there_is_none(tmp_path, capfdbinary, words):
    code, out, err = command(capfdbinary, "snapshots", *words, "--home", tmp_path)
    assert (code, out) == (1, "")
    assert len(err.splitlines()) == 1


# A snapshot in use that cannot be used: which one, and what to do


@pytest.mark.parametrize("damage", ["pointer", "folder", "pointer away", "manifest", "cut", "gone"])
def test_what_can_be_done_is_said_with_the_name_of_a_whole_one(home, capfdbinary, damage):
    old, new = ids(home)
    pointer, snapshot = home / FOLDER / CURRENT, home / FOLDER / new
    if damage == "pointer":
        pointer.write_bytes(b"\xff\x00")
    elif damage == "folder":
        pointer.unlink()
        pointer.mkdir()
    elif damage == "pointer away":
        pointer.write_text("29990101T000000000000Z\n")
    elif damage == "manifest":
        (snapshot / MANIFEST).write_text('{"schema_version": 1}')
    elif damage == "cut":
        os.truncate(snapshot / "tables" / "person.parquet", 5)
    else:
        shutil.rmtree(snapshot)
    whole = new if damage in ("pointer", "folder", "pointer away") else old
    said = f"fcl-tui snapshots restore {whole}"
    with pytest.raises(DataError, match=said):
        open_current(home)
    code, out, _ = command(capfdbinary, "doctor", "--home", home)
    assert (code, said in out) == (1, True)


def test_doctor_names_the_damaged_one_and_the_whole_one(home, capfdbinary):
    spoil(path_of(home, 1) / "tables" / "person.parquet")
    code, out, _ = command(capfdbinary, "doctor", "--home", home)
    assert code == 1
    assert f"Snapshot {ids(home)[1]}: tables/person.parquet is not as it was written" in out
    assert f"fcl-tui snapshots restore {ids(home)[0]}" in out


def test_a_corrupt_file_is_no_traceback(home, capfdbinary):
    """A file that has its size and not its content is found before it is read."""
    path = path_of(home, 1) / "issues.parquet"
    path.write_bytes(b"x" * path.stat().st_size)
    code, out, err = command(capfdbinary, "snapshots", "compare", "--home", home)
    assert (code, out) == (1, "")
    assert f"{ids(home)[1]} is damaged: issues.parquet is not as it was written" in err
    assert f"fcl-tui snapshots restore {ids(home)[0]}" in err
    assert "Traceback" not in err
