"""What was reported of a figure, frozen for a meeting, beside what the same figure is now."""

from datetime import date, datetime

import polars as pl
import pytest

from fcl_tui.records.board.empty import TABLES
from fcl_tui.reports.context import BoardRows, Highlights
from fcl_tui.reports.official.series import series
from fcl_tui.reports.question.query import Query
from fcl_tui.reports.strategic.views.reported import reported
from tests.asking import context
from tests.reports.by_hand import Authority, child, episode

MONTH, AS_AT = date(2026, 2, 28), date(2026, 3, 31)
S = {"clae_cla_episode_start_reason": "S"}
SCAN = Authority(
    person=[child(number) for number in "123"],
    cla_episodes=[
        episode("1", date(2024, 1, 31), None, **S),
        episode("2", date(2025, 6, 1), None, **S),
        episode("3", date(2026, 2, 3), None, **S),
    ],
).scan
KEYS = ("cla_open", "cla_started")


def frozen(**values: float | None) -> Highlights:
    rows = [
        (MONTH, key, value, value, None, "s", "me", datetime(2026, 3, 5)) for key, value in values.items()
    ]
    schema = ["month", "key", "value", "numerator", "denominator", "snapshot_id", "frozen_by", "frozen_at"]
    kinds = {"value": pl.Float64, "numerator": pl.Float64, "denominator": pl.Float64}
    return Highlights(pl.DataFrame(), pl.DataFrame(rows, schema=schema, schema_overrides=kinds, orient="row"))


def told(query: Query = Query("x", "x"), **known: object) -> dict[str, tuple[str, str, str]]:  # noqa: B008
    asked = context(SCAN, AS_AT, **known)
    figures = series(asked, query, KEYS, [MONTH, AS_AT])
    rows = reported(asked, query, figures).to_dicts()
    assert len({row["day"] for row in rows}) < 2
    return {row["measure"]: (row["reported"], row["restated"], row["reported_words"]) for row in rows}


def test_a_stock_is_held_against_the_stock_and_a_month_against_the_month_alone() -> None:
    found = told(highlights=lambda: frozen(cla_open=3, cla_started=0))
    where = "(Monthly Highlight of February 2026, frozen on 05/03/2026)"
    assert found["cla_open"] == ("3", "unchanged", f"3 {where}, unchanged since")
    # one began in February; two in the twelve months, which nobody reported
    assert found["cla_started"] == ("0 month", "restated", f"0 {where}, now 1")


@pytest.mark.parametrize(("value", "word"), [(3.0, "unchanged"), (2.0, "restated"), (None, "restated")])
def test_the_word_says_whether_it_differs(value: float | None, word: str) -> None:
    found = told(highlights=lambda: frozen(cla_open=value))["cla_open"]
    assert found[1] == word
    assert found[0] == ("not known" if value is None else f"{value:.0f}")


def test_nothing_was_reported_of_a_team_nor_for_a_reader_of_a_part() -> None:
    known = {"highlights": lambda: frozen(cla_open=3)}
    assert told(**known)
    assert told(Query("x", "x", {"team": "Pod 1"}), **known) == {}
    assert told(**known, whole=False) == {}
    assert told() == {}


def test_what_the_board_froze_is_held_against_the_boards_own_figure() -> None:
    tables = {name: pl.LazyFrame(schema=schema) for name, schema in TABLES.items() if name != "items"}
    meeting = {
        "meeting": "m1", "no": 30, "definition_version": 1, "period": "2026-03", "period_end": AS_AT,
        "value": 2.0, "seq": 1,
    }  # fmt: skip
    tables["frozen"] = pl.LazyFrame([meeting], schema=TABLES["frozen"])
    board = BoardRows(**tables, items=pl.LazyFrame, snapshot_id="s")
    found = told(board=lambda: board)
    assert found["cla_open"][:2] == ("2", "restated")
    assert "Performance Board" in found["cla_open"][2]
    assert found["cla_open"][2].endswith("now 3")
