"""How the chasing stands: every overdue item in one place, every figure with its items."""

from datetime import date, datetime, timedelta

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from data.office.marks import KINDS, Mark
from data.office.office import schema
from fcl_tui.definitions.marks import marked
from fcl_tui.records.day.chasing import STANDS, chasing, items_behind, totals_line

TODAY = date(2026, 11, 24)
DATA = date(2026, 11, 23)


def items(*rows: dict) -> pl.LazyFrame:
    plain = {
        "state": "overdue",
        "due_date": date(2026, 11, 10),
        "worker": "Mary [/]",
        "team": "Pod One",
        "person_id": "1",
    }
    whole = [plain | {"item_id": f"1|r|s|{n}"} | row for n, row in enumerate(rows)]
    dates = {"due_date": pl.Date}
    return pl.LazyFrame(whole, schema_overrides=dates) if whole else items({}).clear()


def clients(*held: tuple[str, str]) -> pl.LazyFrame:
    return pl.LazyFrame(
        [{"person_id": str(n), "worker": worker, "team": team} for n, (worker, team) in enumerate(held)]
    )


def with_marks(rows: pl.LazyFrame, *marks: Mark) -> pl.LazyFrame:
    frame = pl.DataFrame([mark.row() | {"seq": n, "saved": True} for n, mark in enumerate(marks)], schema())
    return marked(rows, frame.lazy(), TODAY, DATA)


def mark(number: int, kind: str, on: date = date(2026, 11, 20), **more) -> Mark:
    return Mark(f"1|r|s|{number}", kind, "me", made_at=datetime(on.year, on.month, on.day, 9), **more)


HELD = clients(("Mary [/]", "Pod One"))


def row(frame: pl.LazyFrame, **more) -> dict:
    return chasing(frame, HELD, TODAY, **more).collect().row(0, named=True)


def test_each_mark_stands_in_its_place_and_they_add_up_to_overdue():
    frame = with_marks(
        items(*[{}] * 13),
        mark(1, "chased"),
        mark(12, "chased", day=TODAY),
        mark(2, "booked", day=date(2026, 11, 30)),
        mark(3, "booked", day=date(2026, 11, 22)),
        mark(4, "done"),
        mark(5, "snoozed", day=date(2026, 11, 30)),
        mark(6, "snoozed", day=TODAY),
        mark(7, "not_needed", note="moved"),
        mark(8, "handed", whom="Al"),
        mark(9, "note", note="ring first"),
        mark(10, "chased", on=date(2026, 11, 10)),
    )
    found = row(frame)
    assert found["overdue"] == sum(found[name] for name in STANDS) == 13
    assert found["untouched"] == 4  # 0, 11, the note alone, and the one chased before it was overdue
    for name in STANDS:
        assert found[name] == (4 if name == "untouched" else 1)


def test_a_booked_day_the_data_cannot_show_is_booked_still():
    found = row(with_marks(items({}), mark(0, "booked", day=DATA)))
    assert (found["broken"], found["booked"]) == (1, 0)
    later = with_marks(items({}), mark(0, "booked", day=date(2026, 11, 22)))
    assert row(later)["broken"] == 1
    frame = pl.DataFrame([mark(0, "booked", day=DATA).row() | {"seq": 1, "saved": True}], schema())
    older = marked(items({}), frame.lazy(), TODAY, date(2026, 11, 22))
    assert (row(older)["broken"], row(older)["booked"]) == (0, 1)


def test_what_is_not_overdue_is_owed_and_no_more():
    found = row(
        with_marks(
            items(
                {"state": "due"},
                {"state": "due_soon"},
                {"state": "not_required"},
                {"state": None, "due_date": None},
                {"state": "due"},
            ),
            mark(0, "booked", day=date(2026, 11, 20)),
        )
    )
    assert (found["owed"], found["overdue"], found["broken"], found["oldest_untouched"]) == (3, 0, 0, None)
    assert found["no_date"] == 1


def test_the_oldest_untouched_counts_calendar_days_and_passes_over_what_is_touched():
    frame = with_marks(
        items({"due_date": date(2026, 11, 1)}, {"due_date": date(2026, 11, 4)}), mark(0, "chased")
    )
    assert row(frame)["oldest_untouched"] == 20


def test_everyone_who_holds_a_client_has_a_row():
    held = clients(("Mary [/]", "Pod One"), ("Olu", "Pod One"), ("Olu", "Pod Two"))
    frame = with_marks(items({}))
    by_worker = chasing(frame, held, TODAY).collect()
    assert by_worker.select("worker", "team", "clients", "overdue").rows() == [
        ("Mary [/]", "Pod One", 1, 1),
        ("Olu", "Pod One", 1, 0),
        ("Olu", "Pod Two", 1, 0),
    ]
    assert by_worker["row_key"].n_unique() == 3
    by_team = chasing(frame, held, TODAY, by="team").collect()
    assert by_team.select("team", "clients", "overdue").rows() == [("Pod One", 2, 1), ("Pod Two", 1, 0)]
    assert chasing(frame, held, TODAY, team="Pod Two").collect()["worker"].to_list() == ["Olu"]


def test_nobody_and_nothing():
    nothing = with_marks(items())
    assert chasing(nothing, HELD.clear(), TODAY).collect().is_empty()
    assert totals_line(chasing(nothing, HELD, TODAY).collect()) == "0 overdue"


@given(
    st.lists(
        st.tuples(st.sampled_from([None, *KINDS]), st.integers(-9, 9), st.sampled_from(["Olu", "Mary"])),
        max_size=12,
    )
)
def test_every_figure_is_the_number_of_items_behind_it(given_):
    rows = items(*[{"worker": worker} for _, _, worker in given_])
    marks = [
        mark(n, kind, day=date(2026, 11, 15 + days) if kind in ("booked", "snoozed") else None)
        for n, (kind, days, _) in enumerate(given_)
        if kind is not None
    ]
    frame = with_marks(rows, *marks)
    table = chasing(frame, clients(("Olu", "Pod One"), ("Mary", "Pod One")), TODAY).collect()
    assert table["overdue"].sum() == len(given_)
    for one in table.iter_rows(named=True):
        listed = items_behind(frame, TODAY, worker=one["worker"], team=one["team"]).collect()
        assert listed.height == one["overdue"]
        for name in STANDS:
            assert listed.filter(pl.col("stand") == name).height == one[name]


def test_how_late_adds_up_to_what_is_overdue_in_four_bands():
    from fcl_tui.records.day.chasing import LATE

    days = [1, 7, 8, 14, 15, 28, 29, 300]
    frame = with_marks(items(*[{"due_date": TODAY - timedelta(days=late)} for late in days]))
    found = row(frame)
    assert [found[name] for name in LATE] == [2, 2, 2, 2]
    assert found["lateness"] == "2 2 2 2"
    assert row(with_marks(items()))["lateness"] == "0 0 0 0"
