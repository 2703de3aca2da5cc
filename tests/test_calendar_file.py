"""Calendar files: nobody is named, nothing is doubled, nothing acts."""

import re
import stat
from datetime import UTC, date, datetime

import icalendar
import polars as pl
import pytest

from data.errors import DataError
from data.frames import collect
from fcl_tui.config.leave import nobody
from fcl_tui.definitions.days.calendar import Calendar
from fcl_tui.export.ics import as_ics, sharable, uid, write_calendar
from fcl_tui.records.planner.weeks import in_calendar, planned
from tests.screens.small_authority import AS_AT, SmallSnapshot

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
SNAPSHOT = SmallSnapshot()


@pytest.fixture(scope="module")
def items():
    calendar = Calendar.england(2015, 2030)
    return collect(in_calendar(planned(SNAPSHOT.scan, calendar, AS_AT, nobody())))


def events(body):
    return list(icalendar.Calendar.from_ical(body).walk("VEVENT"))


def test_one_all_day_event_an_item_on_its_due_date(items):
    told = {str(event["uid"]): event for event in events(as_ics(items, AS_AT, now=NOW))}
    assert len(told) == items.height > 10
    for row in items.iter_rows(named=True):
        event = told[uid(row["item_id"])]
        assert event.decoded("dtstart") == row["due_date"]
        assert type(event.decoded("dtstart")) is date
        assert (event.decoded("dtend") - event.decoded("dtstart")).days == 1
        initials = f"{row['initials']} " if row["initials"] else ""
        assert str(event["summary"]) == f"{row['item']} — {initials}{row['person_id']}"
        assert (event["class"], event["transp"]) == ("PRIVATE", "TRANSPARENT")
        assert set(event) == {
            "SUMMARY", "DTSTART", "DTEND", "DTSTAMP", "UID", "SEQUENCE", "CLASS", "TRANSP",
        }  # fmt: skip


def test_no_name_and_no_birth_date_of_the_authority_is_in_the_file(items):
    body = as_ics(items, AS_AT, now=NOW).decode().replace("\r\n ", "")
    people = collect(SNAPSHOT.scan("people"))
    names = people.select(pl.concat_list("name", "forename", "surname")).to_series().explode().drop_nulls()
    held = collect(SNAPSHOT.scan("allocations")).select(pl.concat_list("worker", "team")).to_series()
    every = {*names.to_list(), *held.explode().drop_nulls().to_list()}
    parts = {part for name in every for part in re.findall(r"[^\W\d_]{2,}", name)}
    assert len(parts) > 20
    words = {word.casefold() for word in re.findall(r"[^\W\d_]+", body)}
    assert not {part for part in parts if part.casefold() in words}
    assert not [name for name in every if name in body]
    for born in people["date_of_birth"].drop_nulls():
        for form in ("%Y%m%d", "%Y-%m-%d", "%d/%m/%Y"):
            assert born.strftime(form) not in body
    assert not any(ord(character) < 32 and character not in "\r\n" for character in body)


def test_importing_twice_or_later_gives_one_event(items):
    first = {str(event["uid"]): int(event["sequence"]) for event in events(as_ics(items, AS_AT, now=NOW))}
    later = events(as_ics(items, date(2026, 11, 24)))
    assert {str(event["uid"]) for event in later} == set(first)
    assert all(int(event["sequence"]) > first[str(event["uid"])] for event in later)
    assert uid("101|cp_visit|P101|3") != uid("101|cp_visit|P101|4")
    assert "101" not in re.sub(r"[0-9a-f]{40}", "", uid("101|cp_visit|P101|3"))


def test_the_file_is_this_users_alone_and_restricted_records_are_left_out(items, tmp_path):
    folder = tmp_path / "exports"
    told = write_calendar(items, AS_AT, folder, {"101"})
    (path,) = folder.iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.name in told
    assert "of restricted records left out" in told
    written = path.read_text()
    assert " 101" not in written
    assert " 102" in written
    assert len(events(written)) == sharable(items, {"101"}).height < items.height


def test_nothing_to_write_is_said_and_no_file_made(items, tmp_path):
    assert write_calendar(items.clear(), AS_AT, tmp_path, set()) == "Nothing to write."
    everyone = set(items["person_id"])
    assert "restricted" in write_calendar(items, AS_AT, tmp_path, everyone)
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_made_is_one_sentence(items, tmp_path):
    (tmp_path / "exports").write_text("a file")
    told = write_calendar(items, AS_AT, tmp_path / "exports", set())
    assert told.endswith(".")
    assert "Traceback" not in told


def test_only_the_planner_is_written_as_a_calendar():
    from fcl_tui.export.ics import of_answer
    from fcl_tui.reports.answer import Answer

    rows = pl.DataFrame({"person_id": ["1"]})
    answer = Answer("client-overview", "Client Overview", AS_AT, "1", AS_AT, rows)
    with pytest.raises(DataError, match="report planner --format ics"):
        of_answer(answer)


def test_a_planner_with_nothing_in_it_is_no_calendar(items):
    from fcl_tui.export.ics import of_answer
    from fcl_tui.reports.answer import Answer

    with pytest.raises(DataError, match="Nothing is due"):
        of_answer(Answer("planner", "Planner", AS_AT, "1", AS_AT, items.clear()))
