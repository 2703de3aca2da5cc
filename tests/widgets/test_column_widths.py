"""A larger table never shows less of what people read."""

import polars as pl

from widgets.cells.column import Column, lay_out
from widgets.cells.measured import measured
from widgets.cells.states import state_of

MARK = Column("mark", "Mark", 14, priority=2, if_any=True)
COLUMNS = (
    Column("state", "State", 13, kind="state"),
    Column("name", "Name", 16, frozen=True, stretch=True),
    Column("item", "Due item", 15),
    Column("worker", "Worker", 14, stretch=True),
    Column("letter", "M", 1, if_any=True, stands_for="mark", in_files=(MARK,)),
    MARK,
    Column("team", "Team", 18, priority=3, stretch=True),
    Column("id", "Id", 8, priority=9),
)
FRAME = pl.DataFrame(
    {
        "state": ["overdue|27 wd late"],
        "name": ["Featherstone, Maximilian"],
        "item": ["CP visit"],
        "worker": ["Georgia Pelling-Wright"],
        "letter": ["c"],
        "mark": ["chased"],
        "team": ["Children with Disabilities 2"],
        "id": ["1"],
    }
)


def widths(width, frame=FRAME):
    return {place.column.key: place.width for place in lay_out(measured(COLUMNS, frame), width).places}


def test_no_column_gets_narrower_or_goes_as_the_table_grows_but_the_letter_for_the_mark():
    before = widths(66)
    for width in range(67, 240):
        now = widths(width)
        for key in before.keys() - {"letter"}:
            assert now.get(key, 0) >= before[key], (width, key)
        before = now


def test_names_are_whole_before_a_column_of_less_weight_is_drawn():
    for width in range(60, 240):
        drawn = widths(width)
        if "team" in drawn or "id" in drawn:
            assert drawn["name"] == len(FRAME["name"][0])
            assert drawn["worker"] == len(FRAME["worker"][0])


def test_a_mark_is_a_letter_where_its_words_do_not_fit_and_no_column_while_there_is_none():
    assert {"letter", "mark"} & widths(80).keys() == {"letter"}
    assert {"letter", "mark"} & widths(120).keys() == {"mark"}
    unmarked = FRAME.with_columns(letter=pl.lit(None, pl.String), mark=pl.lit(None, pl.String))
    assert not {"letter", "mark"} & widths(200, unmarked).keys()


def test_a_state_in_its_own_words_keeps_shape_and_tone_and_loses_only_late():
    state = state_of("overdue|1234 wd late")
    assert (state.label, state.tone, state.rank) == ("!! 1234 wd late", "bad", 0)
    assert state.label_in(13) == "!! 1234 wd"
    assert state_of("no such|state").tone == "quiet"


def test_spare_width_goes_to_the_longest_name_however_long():
    long = FRAME.with_columns(name=pl.lit("Young people entitled to leaving care services"))
    assert widths(79, long)["name"] == widths(79)["name"]  # it takes no column away
    only = (Column("name", "Name", 37, frozen=True, stretch=True), Column("id", "Id", 8))
    drawn = lay_out(measured(only, long), 79).places[0]
    assert drawn.width == len(long["name"][0])


def test_spare_width_goes_to_what_is_cut_before_it_goes_to_the_last_column():
    plain = (Column("team", "Team", 16), Column("worker", "Worker", 14), Column("id", "Id", 8))
    drawn = {place.column.key: place.width for place in lay_out(measured(plain, FRAME), 80).places}
    assert drawn["team"] == len(FRAME["team"][0])
    assert drawn["worker"] == len(FRAME["worker"][0])
    assert sum(drawn.values()) + 3 == 80


def test_columns_that_stretch_come_before_others_that_are_cut():
    some = (Column("name", "Name", 16, stretch=True), Column("team", "Team", 16))
    drawn = {place.column.key: place.width for place in lay_out(measured(some, FRAME), 44).places}
    assert drawn == {"name": len(FRAME["name"][0]), "team": 18}
