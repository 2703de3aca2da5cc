"""Families over time: one definition as at a day, by month and by group, with its rows."""

from datetime import date

import polars as pl
import pytest

from data.errors import DataError
from fcl_tui.definitions.days.window import Window
from fcl_tui.reports.measured.measure import chosen, rows_behind
from fcl_tui.reports.official import asked, registry
from fcl_tui.reports.question.query import Query
from tests.asking import context
from tests.reports.by_hand import Authority, child, episode

S = {"clae_cla_episode_start_reason": "S"}
SCAN = Authority(
    person=[child("1", pers_sex="F"), child("2", pers_sex="M"), child("3", pers_sex="M")],
    cla_episodes=[
        episode("1", date(2024, 1, 31), None, **S),
        episode("2", date(2025, 6, 1), date(2026, 2, 28), clae_cla_episode_ceased_reason="E4A", **S),
        episode("3", date(2026, 3, 31), None, **S),
    ],
).scan


def figures(key, by=None, as_at=date(2026, 3, 31), known=None, **values):
    those = chosen([key], asked.official([key]))
    found = asked.figures(those, context(SCAN, as_at, **(known or {})), Query("x", "x", values), by).collect()
    return {row["group"]: row["value"] for row in found.to_dicts()}


@pytest.mark.parametrize(
    ("as_at", "count"),
    [
        (date(2024, 1, 30), 0),
        (date(2024, 1, 31), 1),
        (date(2025, 6, 1), 2),
        (date(2026, 2, 27), 2),
        (date(2026, 2, 28), 1),
        (date(2026, 3, 31), 2),
    ],
)
def test_open_on_the_first_day_and_not_on_the_last(as_at, count):
    assert figures("cla_open", as_at=as_at) == {None: count}


def test_each_month_is_what_the_same_question_says_on_its_last_day():
    span = {"from": date(2025, 5, 1), "to": date(2026, 3, 31)}
    for key in ("cla_open", "cla_started", "cla_ceased"):
        for month, value in figures(key, "month", **span).items():
            day = date.fromisoformat(month)
            first = {"from": day.replace(day=1), "to": day}
            assert figures(key, as_at=day, **first) == {None: value}, (key, month)


def test_groups_are_the_whole_and_the_rows_are_the_figure():
    assert figures("cla_open", "sex") == {"Female": 1, "Male": 1}
    those = chosen(["cla_open"], asked.official(["cla_open"]))
    rows = rows_behind(those, context(SCAN, date(2026, 3, 31)), Query("x", "x"), "sex").collect()
    assert rows.select("person_id", "group", "in_numerator").rows() == [
        ("1", "Female", True),
        ("3", "Male", True),
    ]


def test_a_dimension_may_be_written_in_words_and_an_unknown_one_is_refused():
    assert figures("cla_open", "age band") == figures("cla_open", "age") == {"10 to 15": 2}
    with pytest.raises(DataError, match="by: month, quarter, year, rolling, team, worker, age_band"):
        figures("cla_open", "moon")


def test_a_rate_without_a_population_is_blank_and_with_one_is_of_a_year():
    assert figures("cla_rate") == {None: None}
    people = {"population": lambda: {2023: 40_000, 2024: 50_000}}
    assert figures("cla_rate", known=people) == {None: pytest.approx(0.4)}
    assert figures("cla_rate", as_at=date(2024, 3, 31), known=people) == {None: pytest.approx(0.25)}


def test_windows_are_months_up_to_the_day():
    assert Window("rolling", 12).on(date(2026, 3, 31)) == (date(2025, 4, 1), date(2026, 3, 31))
    assert Window("rolling", 36).on(date(2024, 2, 29)) == (date(2021, 3, 1), date(2024, 2, 29))
    assert Window("period").monthly(date(2024, 1, 15), date(2024, 2, 10)) == [
        (date(2024, 1, 31), date(2024, 1, 15), date(2024, 1, 31)),
        (date(2024, 2, 10), date(2024, 2, 1), date(2024, 2, 10)),
    ]


def test_every_key_is_under_the_beginning_that_finds_it_and_declared_once():
    keys = [one.key for one in asked.official()]
    assert len(keys) == len(set(keys))
    for module, begins in registry.MODULES:
        for family in registry.families_of(module):
            for one in family.measures:
                assert one.key.startswith(begins), one.key
                assert one.definition.endswith("."), one.key
                assert one.source, one.key
                assert one.unit, one.key
                assert registry.family_of(one.key) is family


def test_every_figure_of_an_authority_without_a_child_is_nothing_or_not_known():
    told = context(Authority().scan, date(2026, 3, 31))
    for family in registry.families():
        those = [one for one in asked.official() if one.family is family]
        found = asked.figures(those, told, Query("x", "x"), None).collect()
        assert found.filter(pl.col("value") != 0).is_empty(), family.key


def test_what_the_source_lacks_is_blank_and_never_zero():
    lacking = {
        "cla_health": "clah_health_check_date",
        "cla_episodes": "clae_cla_episode_start_reason",
        "permanence": "perm_placed_for_adoption_date",
    }
    scan = Authority(person=[child("1")], cla_episodes=[episode("1", date(2020, 1, 1))], lacking=lacking).scan
    told = context(scan, date(2026, 3, 31))
    for key in ("cla_health_year", "cla_started", "cla_net", "cla_stable_2y", "adopt_waiting", "adopt_a1"):
        those = chosen([key], asked.official([key]))
        row = asked.figures(those, told, Query("x", "x"), None).collect().row(0, named=True)
        assert (row["value"], row["numerator"]) == (None, None), row
    assert figures("cla_12m", as_at=date(2026, 3, 31))


def test_a_source_of_those_in_care_now_knows_no_earlier_day():
    authority = Authority(person=[child("1")], cla_episodes=[episode("1", date(2020, 1, 1))])
    partly = pl.when(pl.col("table") == "cla_episodes").then(pl.lit("partial")).otherwise("coverage")
    authority.frames["coverage"] = authority.frames["coverage"].with_columns(coverage=partly)
    those = chosen(["cla_open"], asked.official(["cla_open"]))
    for day, value in ((date(2026, 3, 31), 1), (date(2026, 3, 30), None)):
        told = context(authority.scan, day, data_date=date(2026, 3, 31))
        assert asked.figures(those, told, Query("x", "x"), None).collect()["value"].to_list() == [value]
