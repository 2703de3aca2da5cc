"""Notes on a child: they expire, can be taken back, and are no mark on anything that is owed."""

from datetime import timedelta

import polars as pl
import pytest

from data.errors import DataError
from data.office.journal import Journal
from data.office.marks import UNDONE, Mark, note_on
from fcl_tui.definitions.child_notes import as_marks, child_notes, note_lines
from fcl_tui.definitions.marks import current, history_lines, last_batch, listed, marked
from fcl_tui.definitions.wording.privacy import HIDDEN, masked
from tests.reports.test_marks import ITEM, TODAY, frame, mark

OWED = pl.LazyFrame(schema={"item_id": pl.String, "item": pl.String, "due_date": pl.Date})


def note(text="ring before 10", person="1", days=14, by="me"):
    return note_on(person, text, by, today=TODAY, days=days)


def texts(*marks, as_at=TODAY):
    return child_notes(frame(*marks).lazy(), as_at).collect()["note"].to_list()


def test_a_note_is_shown_to_its_last_day_and_not_after_it():
    last = TODAY + timedelta(days=14)
    assert texts(note(), as_at=last) == ["ring before 10"]
    assert texts(note(), as_at=last + timedelta(days=1)) == []


def test_newest_first_and_a_note_taken_back_is_gone():
    one, two, other = note("one"), note("two"), note("other", person="2")
    assert texts(one, two, other) == ["other", "two", "one"]
    assert texts(one, two, Mark("1|child", UNDONE, "me", undoes=two.mark_id)) == ["one"]
    assert last_batch(frame(one, two), "me")["mark_id"].to_list() == [two.mark_id]


def test_a_note_is_of_the_whole_number_whatever_it_is_made_of():
    odd, plain = note("of the one", person="1|2"), note("of the other", person="1")
    marks = frame(odd, plain, Mark(odd.item_id, UNDONE, "me", undoes="x")).lazy()
    notes = child_notes(marks, TODAY).collect()
    assert dict(zip(notes["person_id"], notes["note"], strict=True)) == {
        "1|2": "of the one",
        "1": "of the other",
    }
    history = listed(marks, OWED, TODAY, TODAY, history=True).collect()
    assert history["person_id"].to_list() == ["1|2", "1", "1|2"]
    assert marks.collect()["person_id"].to_list() == ["1|2", "1", "1|2"]


def test_a_note_on_a_child_marks_nothing_that_is_owed():
    marks = frame(mark("chased"), note()).lazy()
    items = pl.LazyFrame({"item_id": [ITEM, "1|child"], "person_id": ["1", "1"]})
    assert marked(items, marks, TODAY, TODAY).collect()["mark"].to_list() == ["chased", None]
    assert "1|child" not in current(marks, TODAY, TODAY).collect()["item_id"].to_list()
    rows = listed(frame(note()).lazy(), OWED, TODAY, TODAY).collect()
    assert rows.is_empty()  # not even as resolved


def test_the_list_and_the_history_of_marks_show_notes():
    marks = frame(note(), mark("booked", day=TODAY)).lazy()
    rows = pl.concat([listed(marks, OWED, TODAY, TODAY), as_marks(child_notes(marks, TODAY))]).collect()
    assert rows["mark"].to_list() == ["booked 24/11/2026", "note until 08/12/2026"]
    assert rows["state"].to_list() == ["resolved", "noted"]
    history = listed(marks, OWED, TODAY, TODAY, history=True).collect()
    assert history["item"].to_list() == ["the child", None]
    assert history["note"].to_list() == ["ring before 10", None]


def test_a_note_whose_words_are_purged_is_not_shown_and_breaks_nothing():
    purged = Mark("1|child", "child_note", "me", day=TODAY)
    assert texts(purged, note("still there")) == ["still there"]
    assert texts(purged) == []
    assert listed(frame(purged).lazy(), OWED, TODAY, TODAY, history=True).collect()["note"].to_list() == [
        None
    ]
    assert history_lines(frame(purged), "1|child")[0].endswith("me: note on the child until 24/11/2026")


def test_the_lines_say_by_whom_since_when_until_when_and_what_is_not_saved():
    lines = note_lines(child_notes(frame(note("[b]x[/]"), saved=False).lazy(), TODAY).collect())
    assert lines["1"][0].startswith("! not saved yet: [b]x[/] (me ")
    assert lines["1"][0].endswith("until 08/12/2026)")


def test_masked_no_note_is_told_anywhere():
    marks = frame(note(), mark("note", note="ask for Zoe"), mark("chased"))
    lines = note_lines(masked(child_notes(marks.lazy(), TODAY).collect()))
    assert lines["1"][0].startswith(HIDDEN)
    told = history_lines(marks, ITEM, masked=True)
    assert [line.endswith(HIDDEN) for line in told] == [True, False]
    assert "Zoe" in history_lines(marks, ITEM)[0]
    rows = marked(pl.LazyFrame({"item_id": [ITEM, "x"]}), marks.lazy(), TODAY, TODAY).collect()
    assert masked(rows)["mark_note"].to_list() == [HIDDEN, None]


@pytest.mark.parametrize(("text", "days"), [("x" * 201, 14), (" \n ", 14), ("x", 0), ("x", 91)])
def test_too_long_empty_or_for_ever_is_refused(text, days):
    with pytest.raises(DataError):
        note(text, days=days)


def test_a_note_is_one_line_and_comes_through_the_journal_whole(tmp_path):
    kept = note("x" * 198 + "\r\ny", days=90)
    assert kept.note == "x" * 198 + " y"
    journal = Journal(tmp_path / "journal.jsonl")
    journal.append([kept])
    assert journal.pending() == ([kept], 0)
