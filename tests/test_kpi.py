"""Entering values and targets: each refusal names row, column and value; all of a file or nothing."""

from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from data.errors import DataError
from data.office import board
from data.office.access_log import ENTERED, REFUSED, AccessLog
from data.office.office import Office
from fcl_tui.access.board import kpi
from fcl_tui.access.board.acts import BoardActs
from fcl_tui.access.board.kpi_check import checked
from fcl_tui.access.board.rows import board_rows
from fcl_tui.access.gate import Door
from fcl_tui.access.readers.access_list import Person, Roster
from fcl_tui.access.readers.reader import reader_of
from fcl_tui.config.settings import Settings
from fcl_tui.definitions.days.calendar import Calendar
from screens.report.board.values import cells_of

TODAY = date(2026, 11, 27)
FILE = Path("values.csv")
CALENDAR = Calendar.england(2026, 2027)


def row(**cells):
    return {"kpi": "26", "period": "2026-27Q2", "value": "84.5"} | cells


def check(*rows, held=None, may=None):
    return checked(FILE, list(enumerate(rows, 2)), held or {}, TODAY, may_write=may)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"kpi": "52"}, "column kpi: '52' is no indicator"),
        ({"kpi": "٢٦"}, "column kpi"),
        (
            {"period": "2026-28FY"},
            "column period: '2026-28FY' is no period of KPI 26. Write it as 2026-09 or",
        ),
        ({"period": "2026-27FY"}, "Write it as 2026-09 or 2026-27Q2"),
        ({"period": "2026-12"}, "has not begun"),
        ({"value": "84,5"}, "column value: '84,5' is not a number"),
        ({"value": "nan"}, "is not a number"),
        ({"value": "1e400"}, "is not a number"),
        ({"value": "100.1"}, "column value: '100.1' cannot be: KPI 26 is percent, 0 to 100"),
        ({"value": "-0.1"}, "cannot be"),
        ({"kpi": "31", "period": "2024/25AY", "value": "4.1"}, "KPI 31 is score, -4 to 4"),
        ({"kpi": "28", "period": "2026-09", "value": "12.5"}, "is a fraction"),
        ({"value": ""}, "a blank is no status"),
        ({"value": "", "status": "final"}, "is blank, and final has a value"),
        ({"status": "done"}, "column status: 'done' is no status"),
        ({"status": "not_published"}, "has no value"),
        ({"value": "", "status": "cannot_be_computed"}, "needs the reason"),
        ({"numerator": "5"}, "Give both numerator and denominator"),
        ({"value": "", "numerator": "5", "denominator": "0"}, "is not above 0"),
        ({"value": "", "numerator": "5", "denominator": "4"}, "is more than the denominator"),
        ({"published_on": "31/02/2026"}, "is not a date"),
        ({"geography": "wales"}, "is no area here"),
        ({"kpi": "9" * 5000}, "is no indicator"),
    ],
)
def test_a_refusal_names_file_row_column_value_and_what_to_do(cells, said):
    found = check(row(**cells))
    assert found.new == found.comparators == []
    assert len(found.refused) == 1
    assert found.refused[0].startswith("values.csv, row 2, column ")
    assert said in found.refused[0]


def test_every_refusal_is_listed_and_rows_that_are_there_twice_are_one():
    found = check(row(), row(kpi="99"), row(), row(kpi="25"))
    assert [one["no"] for one in found.new] == [26, 25]
    assert ["row 3" in found.refused[0], "row 4" in found.refused[1]] == [True, True]


def test_parts_give_the_value_and_count_where_it_is_something_else():
    found = check(
        row(value="", numerator="57", denominator="100"),
        row(kpi="27", value="50", numerator="1", denominator="3"),
    )
    assert found.new[0]["value"] == 57.0
    assert found.refused == []
    assert "row 3" in found.warnings[0]
    assert check(row(value="33.3", numerator="1", denominator="3")).warnings == []  # by rounding alone


def test_the_same_again_is_no_change_and_another_value_needs_its_reason():
    held = {(26, "2026-27Q2"): {"value": 84.5, "numerator": None, "denominator": None, "status": "final"}}
    assert check(row(), held=held).counts == "0 new, 0 changed, 1 the same, 0 refused"
    assert "Say in the column note why it changes" in check(row(value="80"), held=held).refused[0]
    found = check(row(value="80", note="late returns"), held=held)
    assert [(one["before"], one["value"]) for one in found.changed] == [(84.5, 80.0)]


def test_one_owns_it_and_others_are_refused():
    assert "is written by ann, who owns it" in check(row(), may={26: "ann"}).refused[0]


@pytest.mark.parametrize(
    ("typed", "cells"),
    [
        ("84.5", {"value": "84.5"}),
        ("159/200", {"numerator": "159", "denominator": "200"}),
        ("84.5 late returns", {"value": "84.5", "note": "late returns"}),
        ("not_published", {"status": "not_published"}),
    ],
)
def test_what_is_typed_on_the_screen_is_a_row(typed, cells):
    told = cells_of(26, "2026-27Q2", typed)
    assert {name: told[name] for name in cells} == cells


# With an office


def door_of(home, *duties, user="kay"):
    roster = Roster(
        (Person("boss", "administrator"), Person(user, "senior manager", all=True, duties=duties))
    )
    return Door(home, Settings(home), reader_of(roster, roster.person(user), TODAY), logs=True)


def values(home):
    return board.read(Office(home), ["values"])["values"]


def test_a_file_is_loaded_whole_or_not_at_all(tmp_path):
    door, path = door_of(tmp_path, "kpi_owner"), tmp_path / "v.csv"
    path.write_text("kpi,period,value\n26,2026-27Q2,84\n27,2026-27Q2,184\n")
    found = kpi.load(door, path, TODAY, demo=False)
    with pytest.raises(DataError, match="row 3, column value: '184'.*Nothing was saved"):
        kpi.save(door, found, demo=False)
    assert values(tmp_path).is_empty()
    path.write_text("kpi,period,value\n26,2026-27Q2,84\n27,2026-27Q2,=1+1\n")
    assert "is not a number" in kpi.load(door, path, TODAY, demo=False).refused[0]
    path.write_text('kpi,period,value,note\n26,2026-27Q2,84,"=cmd()"\n27,2026-27Q2,90,\n')
    kpi.save(door, kpi.load(door, path, TODAY, demo=False), demo=False)
    rows = values(tmp_path)
    assert rows.select("no", "value", "file_row", "made_by").rows() == [
        (26, 84.0, 2, "kay"),
        (27, 90.0, 3, "kay"),
    ]
    assert rows["file_sha256"].n_unique() == 1
    assert kpi.load(door, path, TODAY, demo=False).counts == "0 new, 0 changed, 2 the same, 0 refused"
    assert AccessLog(tmp_path).rows(actions=[ENTERED])["detail"].to_list() == [
        "values entered: 2 new, 0 changed, 0 the same, 0 refused; indicators 26, 27"
    ]


def test_a_workbook_is_read_as_a_file_of_values(tmp_path):
    path = tmp_path / "v.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["KPI", "Period", "Value", "Published on"])
    sheet.write_row(1, 0, [28, "2026-09", 261])
    sheet.write_datetime(1, 3, date(2026, 10, 5), book.add_format({"num_format": "dd/mm/yyyy"}))
    book.close()
    found = kpi.load(door_of(tmp_path, "board"), path, TODAY, demo=False)
    assert [(one["no"], one["value"], one["published_on"]) for one in found.new] == [
        (28, 261.0, date(2026, 10, 5))
    ]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"kpi": "0"}, "column kpi"),
        ({"kpi": "9" * 5000}, "column kpi"),
        ({"green": "nan"}, "column green: 'nan' is not a number"),
        ({"amber": "1e999"}, "column amber: '1e999' is not a number"),
        ({"year": "2026/27AY"}, "is no year of KPI 26. Write it as 2026-27FY"),
        ({"green": ""}, "column green"),
        ({"amber": "95"}, "is above green (90), and high is good"),
        ({"period": "2025-26Q4"}, "is no period of 2026-27FY"),
        ({"rationale": ""}, "Say why this is the target"),
    ],
)
def test_a_target_says_what_is_wrong_with_it(cells, said):
    told = {"kpi": "26", "year": "2026-27FY", "green": "90", "amber": "85", "rationale": "England"} | cells
    with pytest.raises(DataError) as refused:
        kpi.target(FILE, 2, told)
    assert said in str(refused.value)


def test_lines_of_registers_are_loaded_whole_or_not_at_all(tmp_path):
    door, path = door_of(tmp_path, "board"), tmp_path / "r.csv"
    path.write_text(
        "register,reference,title,received,done\nrequests,F1,Spend,2026-10-01,2026-09-01\nfoo,1,x,,\n"
    )
    with pytest.raises(
        DataError, match="row 2, column done.*row 3, column register: 'foo'.*Nothing was saved"
    ):
        kpi.register_lines(path)
    path.write_text("register,reference,title,received\nschools,S1,A named school,2026-10-01\n")
    kpi.save_lines(door, kpi.register_lines(path), demo=False)
    assert board_rows(door, "", demo=False).items().collect().height == 1
    reader = door_of(tmp_path, user="other")
    assert board_rows(reader, "", demo=False).items().collect().is_empty()  # for the duty board alone


def test_without_a_duty_nothing_is_written_and_that_is_logged(tmp_path):
    door = door_of(tmp_path)
    found = kpi.preview(door, FILE, [(2, row())], TODAY, demo=False)
    with pytest.raises(DataError, match="needs the duty kpi_owner or board"):
        kpi.save(door, found, demo=False)
    with pytest.raises(DataError, match="To request an exception report needs the duty board"):
        BoardActs(door_of(tmp_path, "kpi_owner"), demo=False, as_at=TODAY).request(26, "red", CALENDAR)
    assert values(tmp_path).is_empty()
    assert AccessLog(tmp_path).rows(actions=[REFUSED]).height == 2


def test_an_exception_report_goes_its_way_and_every_version_is_kept(tmp_path):
    boss = BoardActs(door_of(tmp_path, "board", user="boss2"), demo=False, as_at=TODAY)
    boss.own(26, "kay")
    subject = boss.request(26, "Red for two quarters", CALENDAR)
    with pytest.raises(DataError, match="is open already"):
        boss.request(26, "again", CALENDAR)
    owner = BoardActs(door_of(tmp_path, "kpi_owner"), demo=False, as_at=TODAY)
    with pytest.raises(DataError, match="is requested. What can follow: acknowledged"):
        owner.change(subject, "accepted")
    with pytest.raises(DataError, match="needs the cause"):
        owner.change(subject, "submitted", done="two posts filled")
    owner.change(subject, "submitted", cause="Two posts vacant", trajectory="2026-27Q3=88")
    boss.change(subject, "more_wanted", review="Which pods?")
    owner.change(subject, "submitted", actions="Pods 2 and 3, weekly")
    boss.change(subject, "accepted")
    boss.change(subject, "closed", review="Two periods green")
    rows = board_rows(owner.door, "", demo=False).events
    from fcl_tui.records.board.events import exceptions

    told = exceptions(rows, TODAY).collect().row(0, named=True)
    assert (told["state"], told["owner"], told["versions"]) == ("closed", "kay", 2)
    assert (told["cause"], told["actions"]) == ("Two posts vacant", "Pods 2 and 3, weekly")
    assert told["due"] == date(2026, 12, 29)  # 20 working days, Christmas between
    other = BoardActs(door_of(tmp_path, "kpi_owner", user="lee"), demo=False, as_at=TODAY)
    with pytest.raises(DataError, match="written by kay"):
        other.comment(26, "not mine")


def test_an_answer_is_due_ten_working_days_before_the_next_meeting(tmp_path):
    acts = BoardActs(door_of(tmp_path, "board"), demo=False, as_at=TODAY)
    acts.open_meeting(date(2027, 1, 21))
    subject = acts.request(1, "red", CALENDAR)
    from fcl_tui.records.board.events import exceptions

    told = exceptions(board_rows(acts.door, "", demo=False).events, TODAY).collect().row(0, named=True)
    assert (told["subject"], told["due"]) == (subject, date(2027, 1, 7))


def test_thanks_are_worded_signed_and_sent_in_that_order(tmp_path):
    acts = BoardActs(door_of(tmp_path, "board"), demo=False, as_at=TODAY)
    subject = acts.thank(2, "Early years team", "Best of eight")
    with pytest.raises(DataError, match="First word it, then sign it"):
        acts.thanks_went(subject, "sent")
    acts.thanks_went(subject, "signed", signed_by="Executive director")
    acts.thanks_went(subject[:6], "sent")
    told = acts.note(subject)
    assert (told["state"], told["signed_by"], told["words"]) == (
        "sent",
        "Executive director",
        "Best of eight",
    )


def test_figures_of_a_part_of_the_authority_are_not_frozen(tmp_path):
    import polars as pl

    fay = Person("fay", "front-line manager", teams=("Pod 1",), duties=("board",))
    roster = Roster((Person("boss", "administrator"), fay))
    door = Door(tmp_path, Settings(tmp_path), reader_of(roster, fay, TODAY), logs=True)
    acts = BoardActs(door, demo=False, as_at=TODAY)
    acts.open_meeting(date(2026, 12, 10))
    with pytest.raises(DataError, match="of a part of the authority.*Pod 1"):
        acts.freeze(None, pl.DataFrame(), "2026-27Q2", "s")
    assert board.read(Office(tmp_path), ["frozen"])["frozen"].is_empty()
