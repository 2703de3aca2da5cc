"""Duties beside the role in access.toml: written, read, those of whom one stands in for too, and refused."""

from datetime import date

import pytest

from data.errors import DataError
from data.office.access_log import REFUSED, AccessLog
from fcl_tui.access.gate import Door
from fcl_tui.access.readers import access_list
from fcl_tui.access.readers.access_list import Deputy, Person, Roster, RosterError
from fcl_tui.access.readers.duties import has_duty, require_duty
from fcl_tui.access.readers.reader import reader_of
from fcl_tui.access.readers.roles import FILE
from fcl_tui.config.settings import Settings

TODAY = date(2026, 11, 27)
BOSS = Person("boss", "administrator")
KAY = Person("kay", "senior manager", all=True, duties=("board", "kpi_owner"))
SAM = Person("sam", "front-line manager", teams=("Pod 1",))


def test_duties_are_written_and_read_again(tmp_path):
    roster = Roster((BOSS, KAY, SAM))
    access_list.write(tmp_path, roster)
    assert access_list.read(tmp_path) == roster
    assert 'duties = ["board", "kpi_owner"]' in (tmp_path / FILE).read_text()
    assert access_list.in_words(KAY) == "kay, senior manager, sees all, duties: board, kpi_owner"


def test_a_duty_that_is_none_closes_the_list(tmp_path):
    text = access_list.written(Roster((BOSS, KAY))).replace("kpi_owner", "kpi owner")
    (tmp_path / FILE).write_text(text)
    with pytest.raises(RosterError, match="there is no duty 'kpi owner'"):
        access_list.read(tmp_path)


def test_who_stands_in_has_the_duties_too():
    roster = Roster((BOSS, KAY, SAM), (Deputy("sam", "kay", date(2026, 11, 1), TODAY),))
    assert reader_of(roster, SAM, TODAY).duties == {"board", "kpi_owner"}
    assert reader_of(roster, SAM, date(2026, 11, 28)).duties == frozenset()


def test_one_without_the_duty_is_refused_and_that_is_written_down(tmp_path):
    door = Door(tmp_path, Settings(tmp_path), reader_of(Roster((BOSS, SAM)), SAM, TODAY), logs=True)
    assert not has_duty(door, "board", "kpi_owner")
    with pytest.raises(DataError, match="To request a report needs the duty board.*--duty board"):
        require_duty(door, "board", to="request a report", report="board")
    assert AccessLog(tmp_path).rows(actions=[REFUSED]).select("who", "report").rows() == [("sam", "board")]


def test_where_no_one_is_listed_every_duty_is_the_readers(tmp_path):
    door = Door(tmp_path, Settings(tmp_path), None, logs=False)
    require_duty(door, "qa", to="draw audits")
