"""What to chase this morning: each group, why, and nothing twice."""

from datetime import date, datetime

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.office.marks import KINDS, Mark
from data.office.office import schema
from fcl_tui.definitions.marks import marked
from fcl_tui.records.day.my_day import GROUPS, counts, headline, left_out, my_day, stood
from tests.reports.by_hand import CALENDAR, Authority, child, item, referral

TODAY = date(2026, 11, 24)
SINCE = date(2026, 11, 23)
ITEM = "1|r|s|1"
YESTERDAY_DUE = {"due_date": SINCE}
LONG_AGO = {"due_date": date(2026, 10, 1)}


def items(*rows: dict) -> pl.LazyFrame:
    plain = {"person_id": "1", "state": "overdue", "due_date": SINCE}
    whole = [plain | {"item_id": ITEM} | row for row in rows]
    return pl.LazyFrame(
        whole, {"item_id": pl.String, "person_id": pl.String, "state": pl.String, "due_date": pl.Date}
    )


def before(**states: str | None) -> pl.LazyFrame:
    rows = [{"item_id": ITEM if key == "it" else key, "was": state} for key, state in states.items()]
    return pl.LazyFrame(rows, {"item_id": pl.String, "was": pl.String})


def mark(kind: str, on: datetime = datetime(2026, 11, 24, 8), **more) -> Mark:
    return Mark(more.pop("item", ITEM), kind, more.pop("by", "me"), made_at=on, **more)


def with_marks(rows: pl.LazyFrame, *marks: Mark, data_date: date = SINCE) -> pl.LazyFrame:
    frame = pl.DataFrame([one.row() | {"seq": n, "saved": True} for n, one in enumerate(marks)], schema())
    return marked(rows, frame.lazy(), TODAY, data_date)


def listed(
    row: dict, *marks: Mark, was: pl.LazyFrame | None = None, who: str = "Jo Smith", data_date: date = SINCE
) -> tuple[str, str] | None:
    earlier = before(it="overdue") if was is None else was
    frame = my_day(with_marks(items(row), *marks, data_date=data_date), earlier, SINCE, TODAY, who)
    found = frame.select("group", "why").collect().rows()
    assert len(found) <= 1
    return found[0] if found else None


@pytest.mark.parametrize("state", ["overdue", "due_soon", "due", None])
@pytest.mark.parametrize(
    ("kind", "day", "group", "why"),
    [
        ("booked", date(2026, 11, 20), "broken", "booked 20/11/2026, passed"),
        ("booked", TODAY, "booked_today", "booked 24/11/2026, today"),
        ("snoozed", TODAY, "back", "snoozed until 24/11/2026"),
        ("snoozed", date(2026, 11, 1), "back", "snoozed until 01/11/2026"),
    ],
)
def test_a_promise_or_a_snooze_is_listed_whatever_the_state(state, kind, day, group, why):
    assert listed({"state": state}, mark(kind, day=day)) == (group, why)


def test_a_booked_day_the_data_cannot_show_yet_is_not_broken():
    assert listed(LONG_AGO, mark("booked", day=SINCE), data_date=date(2026, 11, 22)) is None
    assert listed(LONG_AGO, mark("booked", day=SINCE), data_date=SINCE) == (
        "broken",
        "booked 23/11/2026, passed",
    )


@pytest.mark.parametrize(
    ("whom", "mine"),
    [
        ("Jo Smith", True),
        ("jo.smith", True),
        (" JO ", True),
        ("Jo Smith (Pod One)", True),
        ("Joanna", False),
        ("Smith", False),
        ("[b]Al[/b]", False),
        (".*", False),
    ],
)
def test_what_was_handed_to_me_is_mine_however_my_name_was_typed(whom, mine):
    found = listed(LONG_AGO, mark("handed", whom=whom, by="Al"))
    assert found == (("handed", "from Al, 24/11/2026") if mine else None)


def test_a_reader_without_a_name_is_handed_nothing():
    assert listed(LONG_AGO, mark("handed", whom="..."), who="--") is None


@pytest.mark.parametrize(
    ("row", "was", "found"),
    [
        (YESTERDAY_DUE, before(it="due_soon"), ("new", "became overdue, due 23/11/2026")),
        (YESTERDAY_DUE, before(), ("new", "became overdue, due 23/11/2026")),
        (YESTERDAY_DUE, before(it="overdue"), ("untouched", "overdue, due 23/11/2026")),
        (LONG_AGO, before(), ("new", "new and overdue, due 01/10/2026")),
        (LONG_AGO, before(it="due"), ("new", "now overdue, due 01/10/2026")),
        (LONG_AGO, before(it=None), ("new", "now overdue, due 01/10/2026")),
        (LONG_AGO, before(it="overdue"), ("untouched", "overdue, due 01/10/2026")),
        ({"state": "due_soon"}, before(it="due"), ("new", "due soon: 23/11/2026")),
        ({"state": "due_soon"}, before(), ("new", "new, due soon: 23/11/2026")),
        ({"state": "due_soon"}, before(it="due_soon"), None),
        ({"state": "due_soon"}, before(it="overdue"), None),
        ({"state": "due"}, before(), None),
        ({"state": None, "due_date": None}, before(), None),
        ({"state": "not_required"}, before(), None),
    ],
)
def test_new_is_what_was_not_so_when_i_last_looked(row, was, found):
    assert listed(row, was=was) == found


@pytest.mark.parametrize("kind", ["chased", "done", "not_needed"])
def test_what_somebody_has_in_hand_is_not_listed(kind):
    note = "why" if kind == "not_needed" else None
    assert listed(LONG_AGO, mark(kind, note=note)) is None
    assert listed(YESTERDAY_DUE, mark(kind, note=note), was=before()) is None


def test_a_chase_from_before_it_was_overdue_is_no_chase_of_what_is_overdue():
    old = mark("chased", datetime(2026, 9, 30, 9))
    assert listed(LONG_AGO, old) == ("untouched", "overdue, due 01/10/2026, chased before that")
    assert listed(LONG_AGO, mark("chased", datetime(2026, 10, 2, 9))) is None


def test_a_note_is_not_work():
    assert listed(LONG_AGO, mark("note", note="ring before 10")) == ("untouched", "overdue, due 01/10/2026")


def test_groups_in_their_order_and_rows_in_theirs():
    ids = ["1|a", "1|b", "1|c", "1|d"]
    frame = with_marks(
        items(*[{"item_id": one} for one in ids]), mark("booked", day=SINCE, item="1|d"), data_date=TODAY
    )
    rows = my_day(frame, before(**dict.fromkeys(ids, "overdue")), SINCE, TODAY, "me").collect()
    assert rows["item_id"].to_list() == ["1|d", "1|a", "1|b", "1|c"]
    assert counts(rows) == dict.fromkeys(GROUPS, 0) | {"broken": 1, "untouched": 3}
    assert headline(rows) == "4 to chase: 1 missed, 3 untouched"
    assert headline(rows.clear()) == "0 to chase"


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["overdue", "due_soon", "due", "not_required", None]),
            st.sampled_from(["overdue", "due_soon", "due", None, "absent"]),
            st.sampled_from([None, *KINDS]),
            st.integers(-20, 5),
        ),
        max_size=12,
    )
)
def test_listed_once_or_accounted_for(given_):
    ids = [f"1|r|s|{n}" for n in range(len(given_))]
    frame = with_marks(
        items(*[{"item_id": one, "state": state} for one, (state, *_) in zip(ids, given_, strict=True)]),
        *(
            mark(kind, item=one, day=date(2026, 11, 24 + days), whom="Jo")
            for one, (_, _, kind, days) in zip(ids, given_, strict=True)
            if kind
        ),
    )
    was = {one: state for one, (_, state, *_) in zip(ids, given_, strict=True) if state != "absent"}
    rows = my_day(frame, before(**was), SINCE, TODAY, "Jo").collect()
    assert rows["item_id"].n_unique() == rows.height
    assert rows["why"].null_count() == 0
    whole = Authority()
    rest = left_out(whole.scan, frame, frame, before(**was), TODAY, "Jo").collect()
    told = dict(zip(rest["reason"].to_list(), rest["count"].to_list(), strict=True))
    overdue = [state for state, *_ in given_].count("overdue")
    in_hand = next((count for reason, count in told.items() if reason.startswith("overdue")), 0)
    assert rows.filter(pl.col("state") == "overdue").height + in_hand == overdue


def test_what_was_handed_to_me_elsewhere_is_said():
    frame = with_marks(items(LONG_AGO), mark("handed", whom="Jo"))
    rest = left_out(Authority().scan, frame, frame.clear(), before(), TODAY, "Jo").collect()
    assert rest["reason"].to_list() == ["handed to you, of another team or worker"]


def test_what_stood_on_a_day_is_what_was_known_then():
    due = [
        item("1", "cin_visit", date(2026, 11, 1), SINCE, cycle=1),
        item("1", "cin_visit", date(2026, 10, 1), date(2026, 11, 5), cycle=2, done_date=TODAY),
        item("1", "cin_visit", TODAY, date(2026, 12, 5), cycle=3),
    ]
    whole = Authority(due=due, person=[child("1")], cin_episodes=[referral("1", date(2026, 1, 1))])
    then = stood(whole.scan, CALENDAR, SINCE).collect().sort("item_id")
    assert then.rows() == [("1|cin_visit|1|1", "due_soon"), ("1|cin_visit|1|2", "overdue")]
