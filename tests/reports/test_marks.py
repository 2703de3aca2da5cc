"""What a mark means: current, broken, over, taken back, resolved."""

from datetime import date, datetime, timedelta

import polars as pl
import pytest

from data.office.marks import UNDONE, Mark
from data.office.office import schema
from fcl_tui.config.date_input import day_behind, day_of
from fcl_tui.definitions.marks import counted, history_lines, last_batch, listed, marked, only

TODAY = date(2026, 11, 24)
ITEM = "1|visit|s|1"


def frame(*marks: Mark, saved: bool = True) -> pl.DataFrame:
    rows = [mark.row() | {"seq": n, "saved": saved} for n, mark in enumerate(marks)]
    return pl.DataFrame(rows, schema=schema())


def mark(kind: str, **more) -> Mark:
    return Mark(more.pop("item", ITEM), kind, more.pop("by", "me"), made_at=datetime(2026, 11, 1), **more)


def now(*marks: Mark, saved: bool = True, data_date: date = TODAY) -> dict:
    items = pl.LazyFrame({"item_id": [ITEM], "person_id": ["1"]})
    return marked(items, frame(*marks, saved=saved).lazy(), TODAY, data_date).collect().row(0, named=True)


@pytest.mark.parametrize(
    ("kind", "day", "state", "words"),
    [
        ("booked", date(2026, 11, 24), "held", "booked 24/11"),
        ("booked", date(2026, 11, 23), "broken", "! booked 23/11"),
        ("snoozed", date(2026, 11, 25), "snoozed", "snoozed 25/11"),
        ("snoozed", date(2026, 11, 24), "back", "! snooze 24/11"),
        ("chased", date(2026, 11, 25), "held", "chased (25/11)"),
        ("chased", date(2026, 11, 24), "unanswered", "! no answer"),
    ],
)
def test_promises_and_snoozes_on_their_day(kind, day, state, words):
    row = now(mark(kind, day=day))
    assert (row["mark_state"], row["mark_shown"]) == (state, words)


@pytest.mark.parametrize(
    ("data_date", "state", "shown"),
    [
        (date(2026, 11, 21), "awaited", "? booked 22/11"),
        (date(2026, 11, 22), "broken", "! booked 22/11"),
        (date(2026, 11, 23), "broken", "! booked 22/11"),
    ],
)
def test_a_promise_is_broken_only_when_the_data_could_show_the_work(data_date, state, shown):
    row = now(mark("booked", day=date(2026, 11, 22)), data_date=data_date)
    assert (row["mark_state"], row["mark_shown"]) == (state, shown)
    if state == "awaited":
        assert row["mark"] == "? booked 22/11/2026 - data of 21/11/2026 cannot show it yet"


def test_the_last_mark_counts_and_a_note_leaves_it_in_place():
    row = now(
        mark("chased", whom="Ann"), mark("booked", day=TODAY, note="am"), mark("note", note="ring first")
    )
    assert row["mark"] == "booked 24/11/2026"
    assert row["mark_note"] == "am; ring first"


def test_a_mark_taken_back_uncovers_the_one_before():
    done = mark("done")
    row = now(mark("chased"), done, mark(UNDONE, undoes=done.mark_id))
    assert row["mark"] == "chased"


def test_an_unsaved_mark_says_so():
    assert now(mark("chased"), saved=False)["mark_shown"] == "! unsaved chased"


def test_every_item_stays_marked_or_not():
    items = pl.LazyFrame({"item_id": ["9", ITEM, "8"]})
    rows = marked(items, frame(mark("chased")).lazy(), TODAY, TODAY).collect()
    assert rows["item_id"].to_list() == ["9", ITEM, "8"]
    assert rows["mark"].to_list() == [None, "chased", None]


def test_work_recorded_resolves_the_mark_and_the_history_stays():
    marks = frame(mark("booked", day=date(2026, 11, 20)))
    owed = pl.LazyFrame(schema={"item_id": pl.String, "item": pl.String, "due_date": pl.Date})
    row = listed(marks.lazy(), owed, TODAY, TODAY).collect().row(0, named=True)
    assert (row["state"], row["person_id"]) == ("resolved", "1")
    assert listed(marks.lazy(), owed, TODAY, TODAY, history=True).collect().height == 1


def test_only_some_and_how_many():
    ids = [ITEM, "1|x|s|1", "2|x|s|1"]
    marks = frame(mark("booked", day=date(2026, 11, 1)), mark("chased", item=ids[1], by="you"))
    items = pl.LazyFrame({"item_id": ids, "person_id": ["1", "1", "2"]})
    rows = marked(items, marks.lazy(), TODAY, TODAY).collect()
    for which, wanted in (("unmarked", ids[2:]), ("mine", ids[:1]), ("broken", ids[:1]), (None, ids)):
        assert only(rows, which, "me")["item_id"].to_list() == wanted
    assert counted(rows)["marked"].to_list() == ["! 2 of 2", "0 of 1"]


def test_the_last_batch_is_mine_and_the_history_tells_everything():
    mine = mark("chased", whom="[b]Ann[/]")
    marks = frame(mine, mark("done", by="you"))
    assert last_batch(marks, "me")["mark_id"].to_list() == [mine.mark_id]
    assert history_lines(marks, ITEM)[0] == "01/11/2026 00:00 me: chased [b]Ann[/]"


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("27/11", date(2026, 11, 27)),
        ("23/11", date(2027, 11, 23)),
        ("1.2.27", date(2027, 2, 1)),
        ("2026-12-01", date(2026, 12, 1)),
        ("+3", date(2026, 11, 27)),
        ("fri", date(2026, 11, 27)),
        ("Tuesday", date(2026, 12, 1)),
        ("tomorrow", date(2026, 11, 25)),
        ("29/02", date(2028, 2, 29)),
        ("31/02", None),
        ("soon", None),
        ("", None),
    ],
)
def test_days_as_people_type_them(typed, day):
    assert day_of(typed, TODAY) == day


def test_a_mark_says_that_there_is_a_note_beside_it():
    assert now(mark("note", note="ring first"), mark("done"))["mark_shown"] == "done +"
    assert now(mark("done"))["mark_shown"] == "done"
    assert now(mark("note", note="ring first"))["mark_shown"] == "note"


@pytest.mark.parametrize(
    ("typed", "ahead"), [("f", 3), ("tu", 7), ("w", 1), ("sat", 4), ("t", None), ("s", None), ("fx", None)]
)
def test_where_only_a_day_can_be_meant_a_weekday_is_as_short_as_tells_it(typed, ahead):
    day = None if ahead is None else TODAY + timedelta(days=ahead)
    assert day_of(typed, TODAY, short=True) == day
    assert day_of(typed[:2], TODAY) is None


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("24/11", date(2026, 11, 24)),
        ("27/11", date(2026, 11, 27)),
        ("28/11", date(2025, 11, 28)),
        ("29.2", date(2024, 2, 29)),
        ("24/11/2025", date(2025, 11, 24)),
        ("2026-11-24", date(2026, 11, 24)),
        ("today", date(2026, 11, 27)),
        ("yesterday", date(2026, 11, 26)),
        ("fri", date(2026, 11, 27)),
        ("sat", date(2026, 11, 21)),
        ("28/11/2026", None),
        ("+3", None),
        ("tomorrow", None),
        ("soon", None),
        ("31/02", None),
        ("", None),
    ],
)
def test_a_day_of_something_done_is_never_still_to_come(typed, day):
    meant, words = day_behind(typed, date(2026, 11, 27))
    assert meant == day
    assert words if day is None else words == f"{day:%A %d/%m/%Y}"
