"""Thematic and multi-agency audits, returns of agencies as workbooks, registers, and the Board's register."""

import openpyxl
import polars as pl
import pytest

from data.errors import DataError
from fcl_tui.access.board.rows import board_rows
from fcl_tui.access.quality import registers, themes
from fcl_tui.access.quality.tools import in_use
from fcl_tui.config.registers import read as read_register
from fcl_tui.export import returns
from tests.quality.conftest import PERIOD, TODAY

TITLE = "Recording of ethnicity"


@pytest.fixture
def themed(world):
    """A multi-agency round of four cases."""
    desk = world.desk("quinn")
    frame = desk.tables("audit_frame")["audit_frame"].collect()
    people = frame.filter(pl.col("place") != "selected")["person_id"].to_list()
    told = themes.begin(desk, TITLE, PERIOD, [*people, "no-such"], places=4, agencies={"police": "DI Rowe"})
    return world, told


def test_a_theme_is_drawn_from_its_own_children_and_who_is_left_out_is_counted(themed):
    world, (drawn, left_out) = themed
    assert drawn == 4
    assert left_out[themes.NOT_HERE] == 1
    rounds = world.desk("quinn").tables("audit_rounds")["audit_rounds"].collect()
    assert rounds.filter(pl.col("title") == TITLE)["kind"].to_list() == ["multi_agency"]
    with pytest.raises(DataError, match="is taken"):
        themes.begin(world.desk("quinn"), TITLE, PERIOD, ["1"])
    with pytest.raises(DataError, match="duty"):
        themes.begin(world.desk("mo"), "Another", PERIOD, ["1"])


def test_the_form_holds_pseudonyms_alone_and_comes_back_whole(themed, tmp_path):
    world, _ = themed
    desk = world.desk("quinn")
    tool, cases = themes.form_for(desk, TITLE, "police")
    path = tmp_path / "police.xlsx"
    path.write_bytes(returns.form(tool, "police", TITLE, cases))
    book = openpyxl.load_workbook(path)
    sheet = book["Return"]
    assert [sheet.cell(row, 1).value for row in range(2, 6)] == cases
    text = "\n".join(str(cell.value) for page in book for row in page for cell in row)
    assert not [one for one in world.cases()["person_id"] if one in text]
    sheet.cell(2, 2).value = "Good"
    sheet.cell(2, 14).value = "requires improvement to be good"
    sheet.cell(2, 15).value = "=1+1 not shared in time"
    book.save(path)
    body, rows = returns.read(path, tool)
    [row] = rows
    assert (row["pseudonym"], row["grade"], row["ratings"]["recording"]) == (cases[0], 2, 3)
    assert themes.take(desk, TITLE, "police", body, rows) == 1
    with pytest.raises(DataError, match="taken already"):
        themes.take(desk, TITLE, "police", body, rows)
    from fcl_tui.cli.asking.session import answer

    shown = answer(world.home, "audits", {"by": "agency"}).rows
    assert shown.select("agency", "grade_shown", "findings").rows() == [
        ("police", "Requires improvement to be good", row["findings"])
    ]
    with pytest.raises(DataError, match="not part of"):
        themes.form_for(desk, TITLE, "health")
    with pytest.raises(DataError, match="duty"):
        themes.form_for(world.desk("mo"), TITLE, "police")


def test_a_wrong_grade_refuses_the_file_with_row_column_and_value(themed, tmp_path):
    world, _ = themed
    tool, cases = themes.form_for(world.desk("quinn"), TITLE, "police")
    path = tmp_path / "police.xlsx"
    path.write_bytes(returns.form(tool, "police", TITLE, cases))
    book = openpyxl.load_workbook(path)
    book["Return"].cell(3, 2).value = "so so"
    book.save(path)
    with pytest.raises(DataError, match="row 3, column Recording.*'so so'"):
        returns.read(path, tool)
    (tmp_path / "no.xlsx").write_bytes(b"no workbook")
    with pytest.raises(DataError, match="no sheet"):
        returns.read(tmp_path / "no.xlsx", tool)
    book["Return"].cell(1, 2).value = "Another"
    book.save(path)
    with pytest.raises(DataError, match="other headings"):
        returns.read(path, tool)


def test_what_complaints_taught_becomes_a_learning_point_and_wrong_rows_refuse_the_file(world, tmp_path):
    path = tmp_path / "complaints.csv"
    path.write_text(
        "reference,received,stage,outcome,themes,learning\n"
        "C1,2026-11-02,1,upheld,Delay,Tell families when a visit is moved\nC2,2026-11-03,ombudsman,,,\n"
    )
    desk = world.desk("quinn")
    registers.enter(desk, "complaints", read_register("complaints", path))
    points = registers.listed(desk, "learning_points")
    assert points.select("theme", "text").rows() == [("Delay", "Tell families when a visit is moved")]
    path.write_text("reference,received,stage\nC3,2026-11-02,7\n")
    with pytest.raises(DataError, match="row 2, column stage: '7' is not one of"):
        read_register("complaints", path)
    with pytest.raises(DataError, match="duty"):
        registers.listed(world.desk("mo"), "complaints")


def test_recommendations_are_in_the_boards_register_and_end_there(world):
    desk = world.desk("quinn")
    registers.enter(
        desk, "recommendations", [{"text": "Train all pods in chronologies", "owner": "Head of practice",
                                   "due": TODAY, "rating": "high"}],
    )  # fmt: skip

    def items():
        rows = board_rows(world.desk("quinn").door, "x", demo=True).items().collect()
        return rows.filter(pl.col("register") == "audit")

    [row] = items().to_dicts()
    assert (row["title"], row["owner"], row["due"], row["rating"], row["done"]) == (
        "Train all pods in chronologies", "Head of practice", TODAY, "high", None,
    )  # fmt: skip
    number = registers.listed(desk, "recommendations")["recommendation_id"][0]
    registers.end(desk, number[:8], "done", "all pods trained by October")
    assert items()["done"].to_list()[0] is not None


def test_a_tool_that_was_used_is_frozen_and_a_changed_one_needs_a_version(world):
    from fcl_tui.access.quality.tools import frozen, of_round

    desk = world.desk("quinn")
    tool = in_use(desk)
    tool_id, rows = frozen(desk)
    assert rows == [], "it was kept with the draw"
    folder = world.home / "audit_tools"
    folder.mkdir()
    (folder / "social-work-2026.toml").write_text(tool.body.replace("Does the record tell", "Does it tell"))
    with pytest.raises(DataError, match="another text now"):
        frozen(desk)
    assert of_round(desk, tool_id).sha256 == tool.sha256
    (folder / "social-work-2026.toml").write_text(tool.body.replace('version = "2026"', 'version = "2027"'))
    assert frozen(desk)[0] != tool_id
    (folder / "social-work-2026.toml").write_text("key = 3")
    with pytest.raises(DataError, match="audit tool"):
        frozen(desk)
