"""ChAT: the blocks of a page against records made by hand, and what Annex A counts in another way."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import docx
import polars as pl
import pytest
from docx.oxml.ns import qn

from data.demo import DemoSource
from data.errors import DataError
from data.frames import collect
from fcl_tui.cli.asking.session import CommandSession, answer
from fcl_tui.definitions.days.calendar import Calendar
from fcl_tui.export import content
from fcl_tui.loading.load import load as load_data
from fcl_tui.records.chat import annex as chat_annex
from fcl_tui.records.chat import blocks as chat
from fcl_tui.reports import catalogue
from fcl_tui.reports.context import Context
from fcl_tui.reports.official import registry
from fcl_tui.reports.official.family import Family
from fcl_tui.reports.question.query import Query
from fcl_tui.reports.run import run
from fcl_tui.reports.strategic.chat.pages import HEADLINE, PAGES
from fcl_tui.reports.strategic.chat.records import window

RECORDS = pl.LazyFrame(
    [
        ("1", 3, "1 to 4", "Male", "White", "Police"),
        ("1", 3, "1 to 4", "Male", "White", "School"),
        ("2", 3, "1 to 4", "Female", "Mixed", "Police"),
        ("3", None, "Not born", "Not recorded", "Not recorded", None),
        ("4", 17, "16 and over", "Not recorded", "Black", "Police"),
        *[("5", 0, "Under 1", "Female", "White", "Police")] * 6,
    ],
    schema=["person_id", "age", "age_band", "sex", "ethnicity", "source"],
    orient="row",
)


def values(block: pl.LazyFrame) -> dict[str, tuple[float, int | None]]:
    return {row["item"]: (row["value"], row["out_of"]) for row in collect(block).to_dicts()}


def test_children_with_several_records_are_counted_once_each() -> None:
    assert values(chat.several(RECORDS, "contacts")) == {
        "2 contacts": (1, 5),
        "3 contacts": (0, 5),
        "4 contacts": (0, 5),
        "5 or more contacts": (1, 5),
    }
    assert list(values(chat.several(RECORDS, "x")))[-1] == "5 or more x"


def test_children_on_another_page_too() -> None:
    others = pl.LazyFrame({"person_id": ["1", "1", "9"]})
    assert values(chat.also_on(RECORDS, others, "Referrals")) == {"Also in Referrals": (1, 5)}


def test_every_ethnic_group_is_there_and_children_count_once() -> None:
    told = values(chat.ethnicity(RECORDS))
    assert list(told) == ["White", "Mixed", "Asian", "Black", "Other", "Not recorded"]
    assert told["White"] == (2, 5)
    assert told["Asian"] == (0, 5)
    assert sum(value for value, _ in told.values()) == 5


def test_bars_fall_in_order_and_leave_nothing_out() -> None:
    told = values(chat.bars(RECORDS, "source", "Source"))
    assert list(told.items())[0] == ("Police", (9, 11))
    assert told["Not recorded"] == (1, 11)
    assert sum(value for value, _ in told.values()) == 11


def test_the_unborn_and_those_not_known_are_beside_the_ages_not_in_them() -> None:
    rows = collect(chat.ages(RECORDS))
    drawn = rows.filter(pl.col("block") == chat.AGES)
    assert drawn["item"].to_list() == [str(age) for age in range(17, -1, -1)]
    assert drawn.filter(pl.col("item") == "3").select("male", "female").row(0) == (1, 1)
    assert (drawn["male"].sum(), drawn["female"].sum()) == (1, 2)
    apart = rows.filter(pl.col("block") != chat.AGES)
    assert dict(apart.select("item", "value").iter_rows()) == {"Not born yet": 1, "Age or sex not known": 1}
    assert drawn["value"].sum() + apart["value"].sum() == 5  # no child is lost


def test_a_picture_begins_with_the_youngest_child_and_ends_with_the_oldest() -> None:
    ages = pl.DataFrame(
        {"item": ["5", "4", "3", "2", "1"], "male": [0, 1, 0, 0, 0], "female": [0, 0, 0, 2, 0]}
    )
    assert chat.drawn(ages)["item"].to_list() == ["4", "3", "2"]
    assert chat.drawn(ages.filter(pl.lit(value=False))).is_empty()


@pytest.mark.parametrize(
    ("as_at", "name", "first"),
    [
        (date(2026, 11, 28), "six months", date(2026, 5, 29)),
        (date(2026, 11, 30), "six months", date(2026, 6, 1)),
        (date(2026, 8, 31), "six months", date(2026, 3, 1)),
        (date(2026, 8, 29), "six months", date(2026, 2, 28)),
        (date(2026, 11, 28), "twelve months", date(2025, 11, 29)),
        (date(2026, 11, 28), "now", date(2026, 11, 28)),
    ],
)
def test_windows_end_on_the_day(as_at: date, name: str, first: date) -> None:
    told = window(SimpleNamespace(as_at=as_at), name)  # type: ignore[arg-type]
    assert told == (as_at, first, as_at)


CALENDAR = Calendar.of(pl.DataFrame(schema={"date": pl.Date, "name": pl.String}))


def annex(name: str, **frames: pl.LazyFrame) -> tuple[float | None, int | None]:
    def rows(key: str, over: str) -> pl.LazyFrame:
        return frames[f"{key}_{over.split(maxsplit=1)[0]}"]

    told: Any = collect(chat_annex.counted(chat_annex.COUNTS[name], rows, CALENDAR)).row(0, named=True)
    assert told["item"]
    assert told["why"]
    return told["annex"], told["out_of"]


def test_the_clock_of_annex_a_starts_with_the_assessment() -> None:
    done = pl.LazyFrame(
        [
            (date(2026, 6, 1), date(2026, 8, 3)),  # 45 working days after
            (date(2026, 6, 1), date(2026, 8, 4)),  # 46
            (None, date(2026, 8, 4)),
        ],
        schema={"start_date": pl.Date, "date": pl.Date},
        orient="row",
    )
    assert annex("assessment_clock", assess_completed_six=done) == (50.0, 2)
    assert annex("assessment_clock", assess_completed_six=done.filter(pl.lit(value=False))) == (None, 0)


def test_lists_of_cases_hold_those_who_left_once() -> None:
    now = pl.LazyFrame({"person_id": ["1", "2"]})
    flow = pl.LazyFrame({"person_id": ["2", "3", "4"], "flow": ["ended", "ended", "started"]})
    assert annex("protection_listed", cp_open_now=now, cp_ended_six=flow) == (3, None)
    assert annex("in_need_listed", cin_open_now=now, cin_ended_six=flow) == (3, None)
    ceased = pl.LazyFrame({"person_id": ["2", "3", "4"], "flow": ["ceased", "ceased", "started"]})
    assert annex("looked_after_listed", cla_open_now=now, cla_ceased_six=ceased) == (3, None)


def test_the_script_of_the_standard_leaves_out_v1_too() -> None:
    now = pl.LazyFrame({"legal_code": ["C2", "V1", None]})
    assert annex("looked_after_without_agreed", cla_open_now=now) == (2, None)


def test_only_the_last_missing_episode_of_each_looked_after_child_counts() -> None:
    episodes = pl.LazyFrame(
        [
            ("1", "a", date(2026, 1, 1), True, True, "Y"),
            ("1", "b", date(2026, 2, 1), True, True, "N"),
            ("2", "c", date(2026, 1, 1), True, True, "Y"),
            ("2", "d", date(2026, 3, 1), False, True, None),
            ("3", "e", date(2026, 1, 1), True, False, "Y"),
        ],
        schema=["person_id", "episode_id", "start", "ended", "looked_after", "offered"],
        orient="row",
    )
    assert annex("last_missing", missing_episodes_twelve=episodes) == (50.0, 2)


def test_every_page_names_records_figures_and_pages_that_there_are() -> None:
    keys = {page.key for page in PAGES}
    for page in PAGES:
        assert registry.family_of(page.of)
        for key in page.figures:
            assert registry.family_of(key).measure(key)
        assert page.next_page in keys | {""}
        for name, beside in page.annex:
            assert registry.family_of(chat_annex.COUNTS[name].of)
            assert beside in (*page.figures, "")
    for key in HEADLINE:
        assert registry.family_of(key).measure(key)


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> CommandSession:
    home, day = tmp_path_factory.mktemp("home"), date(2026, 11, 23)
    load_data([DemoSource(children=90, seed=7, as_at=day)], home, data_date=day, demo=True)
    return CommandSession(home, day)


@pytest.mark.parametrize("page", ["headline", *(page.key for page in PAGES)])
def test_behind_every_figure_are_exactly_its_rows_with_the_same_number_on_top(
    session: CommandSession, page: str
) -> None:
    told, report = session.context(), catalogue.load("chat")
    query = Query("chat", page)
    rows = run(report, told, query).rows
    assert rows["behind"].is_unique().all()
    for row in rows.filter(pl.col("value") > 0).to_dicts():
        found = run(report, told, replace(query.changed(behind=row["behind"]), view="rows"))
        listed = found.rows
        assert listed.columns[:3] == ["row_key", "person_id", "name"]
        where = row["behind"]
        if row["measure"] is None:
            assert listed["in_numerator"].sum() == row["value"], where
            assert f"{row['value']:,.0f}" in found.headline, where
            continue
        statistic = registry.family_of(row["measure"]).measure(row["measure"]).statistic
        if statistic == "rate":
            assert listed.height == row["numerator"], where
        elif statistic in ("mean", "median"):
            assert listed.height == row["denominator"], where
        elif row["denominator"] is not None:
            assert (listed["in_numerator"].sum(), listed.height) == (row["numerator"], row["denominator"]), (
                where
            )
        else:
            assert f": {row['value']:,.10g}" in found.headline, where


def test_what_annex_a_counts_opens_its_own_rows(session: CommandSession) -> None:
    told, report = session.context(), catalogue.load("chat")
    for page in PAGES:
        rows = run(report, told, Query("chat", page.key)).rows
        for row in rows.filter(pl.col("annex").is_not_null()).to_dicts():
            asked = Query("chat", "annex", {"behind": row["behind"]})
            listed = run(report, told, asked).rows
            share = (row["annex_shown"] or "").endswith("%")
            inside = listed["in_numerator"].sum()
            found = inside * 100 / listed.height if share else listed.height
            assert found == pytest.approx(row["annex"]), row["behind"]


def test_twelve_months_open_the_rows_of_twelve_months(session: CommandSession) -> None:
    told, report = session.context(), catalogue.load("chat")
    rows = run(report, told, Query("chat", "contacts")).rows
    row = rows.filter(pl.col("measure") == "contacts").row(0, named=True)
    found = run(report, told, Query("chat", "year", {"behind": row["behind"]}))
    assert found.rows.height == row["year_value"] > row["value"]


@pytest.mark.parametrize(
    "address", ["nowhere", "contacts/nothing/x", "contacts/figure/cla_open", "contacts/annex/x"]
)
def test_what_there_is_not_is_refused_in_a_sentence(session: CommandSession, address: str) -> None:
    with pytest.raises(DataError, match="ChAT has no"):
        run(catalogue.load("chat"), session.context(), Query("chat", "rows", {"behind": address}))


def test_every_page_at_once_works_out_each_kind_of_record_once_and_says_what_the_pages_say(
    session: CommandSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    told, report, asked = session.context(), catalogue.load("chat"), []
    pages = {page.title: run(report, told, Query("chat", page.key)).rows for page in PAGES}
    make = Family.records

    def records(family: Family, context: Context, days: pl.LazyFrame) -> pl.LazyFrame:
        asked.append((family.key, *collect(days).row(0)))
        return make(family, context, days)

    monkeypatch.setattr(Family, "records", records)
    every = run(report, told, Query("chat", "all")).rows
    assert len(asked) > len(PAGES)
    assert len(asked) == len(set(asked))
    for title, rows in pages.items():
        assert every.filter(pl.col("page") == title).drop("page", "over").equals(rows), title


def test_the_document_says_of_every_page_what_it_is_of_and_draws_nothing_empty(
    session: CommandSession,
) -> None:
    told = answer(
        session.settings.home, "chat", {"by": "all"}, as_at=session.as_at, view=None,
        break_glass=None, format_="docx", publish=False,
    )  # fmt: skip
    document = docx.Document(BytesIO(content(told, "docx")))
    texts = [paragraph.text for paragraph in document.paragraphs]
    for page in PAGES:
        after = texts[texts.index(page.title) + 1]
        assert after == run(catalogue.load("chat"), session.context(), Query("chat", page.key)).headline
    second = [section._sectPr.find(qn("w:cols")) for section in document.sections][1:4]
    assert [one.get(qn("w:num")) for one in second] == ["1", "2", "1"]
