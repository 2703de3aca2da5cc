"""Official keys of parts of ChAT and the Monthly Highlight: the numbers of their pages; ranks by hand."""

from datetime import date

import polars as pl
import pytest

from data.demo import DemoSource
from data.errors import DataError
from fcl_tui.cli.asking.measure import measured
from fcl_tui.cli.asking.session import CommandSession
from fcl_tui.definitions.figures.comparators import ranked
from fcl_tui.loading.load import load as load_data
from fcl_tui.records.chat import blocks as chat
from fcl_tui.reports import catalogue
from fcl_tui.reports.question.query import Query
from fcl_tui.reports.run import run
from fcl_tui.reports.strategic.chat.pages import PAGES
from fcl_tui.reports.strategic.page_keys import parts

AS_AT = date(2026, 11, 23)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    load_data([DemoSource(children=90, seed=7, as_at=AS_AT)], home, data_date=AS_AT, demo=True)
    return home


@pytest.mark.parametrize(
    ("key", "block"),
    [
        ("chat_ethnic", chat.ETHNICITY),
        ("chat_multiples", chat.SEVERAL),
        ("chat_overlap", chat.ALSO),
    ],
)
def test_the_parts_of_chat_are_the_rows_of_its_pages(home, key, block):
    found = {row["group"]: row for row in measured(home, [key], as_at=AS_AT).rows.to_dicts()}
    told, session = catalogue.load("chat"), CommandSession(home, AS_AT)
    seen = 0
    for page in PAGES:
        rows = run(told, session.context(), Query("chat", page.key)).rows
        for row in rows.filter(pl.col("block") == chat.BLOCKS[block]).to_dicts():
            mine = found[f"{page.title} / {row['item']}"]
            assert (mine["numerator"], mine["denominator"]) == (row["value"], row["out_of"])
            assert mine["value"] == (row["share"] if mine["unit"] == "%" else row["value"])
            seen += 1
    assert seen == len(found) > 5


def test_the_pyramid_is_the_ages_and_teams_are_every_record(home):
    rows = measured(home, ["chat_pyramid", "chat_team"], as_at=AS_AT).rows
    told, session = catalogue.load("chat"), CommandSession(home, AS_AT)
    page = run(told, session.context(), Query("chat", "in-need"))
    ages = page.beside["ages"]
    mine = rows.filter(pl.col("key") == "chat_pyramid", pl.col("group").str.starts_with("Children in need /"))
    assert mine["value"].sum() == ages["male"].sum() + ages["female"].sum() > 0
    teams = rows.filter(pl.col("key") == "chat_team", pl.col("group").str.starts_with("Children in need /"))
    by_team = page.rows.filter(pl.col("block") == "Team")["value"].sum()
    assert teams["value"].sum() == by_team


def test_trend_rows_are_those_of_the_page(home):
    rows = measured(home, ["hl_trend"], as_at=AS_AT).rows
    page = measured(home, ["cla_open"], as_at=date(2026, 10, 31)).rows
    last = rows.filter(pl.col("group") == "cla_open / 2026-10-31")
    assert last["value"].to_list() == page["value"].to_list()
    assert rows.filter(pl.col("group").str.starts_with("cla_open /")).height == 13


@pytest.mark.parametrize("extra", [{"by": "team"}, {"rows": True}, {"publish": True}])
def test_a_part_of_a_page_has_its_rows_alone(home, extra):
    with pytest.raises(DataError, match="has the rows of its page"):
        measured(home, ["chat_ethnic"], as_at=AS_AT, **extra)


def test_a_rank_without_other_authorities_says_what_to_load(home):
    with pytest.raises(DataError, match="hl_rank needs|No authority is set"):
        measured(home, ["hl_rank"], as_at=AS_AT)


def test_every_part_is_listed_with_its_definition():
    assert all(one.measure.definition and one.measure.source for one in parts())
    assert [one.key for one in parts(["hl_rank", "cla_open"])] == ["hl_rank"]


def test_ranks_take_the_lowest_of_ties_and_one_is_the_best():
    rows = [("pct", area, 2025, value) for area, value in zip("abcde", (90.0, 80.0, 80.0, 70.0, None))]  # noqa: B905
    rows += [
        ("pct", "b", 2026, 99.0),
        ("low", "a", 2025, 3.0),
        ("low", "b", 2025, 5.0),
        ("alone", "b", 2025, 1.0),
    ]
    values = pl.DataFrame(rows, schema=["key", "area_code", "year", "value"], orient="row")
    better = {"pct": True, "low": False, "alone": True}

    def of(area, day=date(2026, 3, 30)):
        return [row[1:] for row in ranked(values, better, area, day).rows()]

    assert of("a") == [(2025, 1, 4, "A"), (2025, 1, 2, "A")]
    assert of("b") == [(2025, 2, 4, "B"), (2025, 2, 2, "D")]
    assert of("d") == [(2025, 4, 4, "D")]
    assert of("e") == []
    assert of("b", date(2026, 3, 31)) == [(2025, 2, 2, "D")]  # alone in 2026, so no rank of that
