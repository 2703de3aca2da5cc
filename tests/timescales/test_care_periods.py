"""Periods of care: due dates and statuses go by one definition."""

from datetime import date

import polars as pl
import pytest

from fcl_tui.definitions.statuses import statuses
from tests.timescales.test_situations import D, a, care, items, legal, placed, said, visited

__all__ = ["a"]  # the fixture


def episode(a, start, end=None, period="K", reason=None, **values):
    a.add(
        "cla_episodes",
        clae_person_id="C",
        clae_cla_id=period,
        clae_cla_episode_start_date=D(start),
        clae_cla_episode_ceased_date=D(end) if end else None,
        clae_cla_episode_ceased_reason=reason,
        **values,
    )


def looked_after(a):
    found = statuses(a.scan).filter(pl.col("status") == "looked_after", ~pl.col("short_break")).collect()
    return said(found, "start", "end")


def reviews(a):
    return said(items(a, "cla_review_first"), "started", "ended")


def first_visits(a):
    return said(items(a, "cla_visit"), "started", "done_date", "ended")


@pytest.mark.parametrize("second", ["2025-12-15", "2025-12-16"])
def test_clocks_start_when_short_breaks_become_care(a, second):
    care(a, "2025-01-06")
    placed(a, "2025-01-06")
    legal(a, "V4", "2025-01-06", "2025-12-15" if second == "2025-12-15" else None)
    legal(a, "V2", second)
    assert looked_after(a) == reviews(a) == [(second, None)]
    assert first_visits(a) == [(second, None, None)]
    assert said(items(a, "health_initial"), "started") == [(second,)]


def test_clocks_end_when_care_becomes_short_breaks(a):
    care(a, "2025-01-06")
    placed(a, "2025-01-06")
    legal(a, "V2", "2025-01-06", "2025-12-15")
    legal(a, "V4", "2025-12-15")
    assert looked_after(a) == reviews(a) == [("2025-01-06", "2025-12-15")]
    assert first_visits(a) == [("2025-01-06", None, "2025-12-15")]


def test_care_between_short_breaks_and_again_after_them(a):
    care(a, "2025-01-06")
    placed(a, "2025-01-06")
    for code, start, end in (
        ("V2", "2025-01-06", "2025-02-03"),
        ("V4", "2025-02-03", "2025-03-03"),
        ("V2", "2025-03-03", None),
    ):
        legal(a, code, start, end)
    both = [("2025-01-06", "2025-02-03"), ("2025-03-03", None)]
    assert looked_after(a) == reviews(a) == both
    assert first_visits(a) == [(start, None, end) for start, end in both]


@pytest.mark.parametrize("later", ["K", "K2"])
def test_an_open_episode_beside_a_later_ended_one_goes_on(a, later):
    episode(a, "2025-01-06")
    episode(a, "2025-03-03", "2025-04-07", later)
    placed(a, "2025-01-06")
    a.add("cla_reviews", clar_cla_person_id="C", clar_cla_id=later, clar_cla_review_date=D("2025-05-01"))
    assert looked_after(a) == [("2025-01-06", None)]
    assert said(items(a, "cla_review_first"), "started", "done_date", "ended") == [
        ("2025-01-06", "2025-05-01", None)
    ]
    visited(a, "2025-06-02")
    assert first_visits(a)[-1] == ("2025-06-02", None, None)


def test_an_open_placement_beside_a_later_ended_one_is_gone_back_to(a):
    care(a, "2025-01-06")
    placed(a, "2025-01-06")
    placed(a, "2025-03-03", "2025-04-07", kind="K2")
    visited(a, "2025-03-04", "2025-06-02")
    assert first_visits(a) == [
        ("2025-01-06", None, "2025-03-03"),
        ("2025-03-03", "2025-03-04", "2025-04-07"),
        ("2025-03-04", None, "2025-04-07"),
        ("2025-04-07", "2025-06-02", None),
        ("2025-06-02", None, None),
    ]


def test_nobody_goes_back_to_a_placement_after_leaving_care(a):
    care(a, "2025-01-06", "2025-04-07")
    placed(a, "2025-01-06")
    placed(a, "2025-03-03", "2025-04-07", kind="K2")
    assert said(items(a, "cla_visit"), "started") == [("2025-01-06",), ("2025-03-03",)]


@pytest.mark.parametrize("number", ["K", "K2"])
def test_an_end_with_x1_is_no_end_where_the_next_follows_at_once(a, number):
    episode(a, "2025-01-06", "2025-03-03", reason="X1", clae_entered_care_date=D("2025-01-06"))
    episode(a, "2025-03-03", period=number, clae_entered_care_date=D("2025-01-06"))
    a.add("cla_reviews", clar_cla_person_id="C", clar_cla_id=number, clar_cla_review_date=D("2025-04-01"))
    assert looked_after(a) == reviews(a) == [("2025-01-06", None)]
    assert said(items(a, "cla_review_first"), "done_date") == [("2025-04-01",)]


def test_an_end_with_x1_and_no_next_episode_is_the_end(a):
    episode(a, "2025-01-06", "2025-03-03", reason="X1")
    assert looked_after(a) == reviews(a) == [("2025-01-06", "2025-03-03")]


def test_an_end_with_x1_and_a_gap_is_the_end_of_a_period(a):
    episode(a, "2025-01-06", "2025-03-03", reason="X1", clae_entered_care_date=date(2025, 1, 6))
    episode(a, "2025-05-05", clae_entered_care_date=date(2025, 1, 6))
    assert looked_after(a) == reviews(a) == [("2025-01-06", "2025-03-03"), ("2025-05-05", None)]


def test_another_number_without_x1_is_another_period(a):
    episode(a, "2025-01-06", "2025-03-03", reason="E4")
    episode(a, "2025-03-03", period="K2")
    assert looked_after(a) == reviews(a) == [("2025-01-06", "2025-03-03"), ("2025-03-03", None)]


def test_an_episode_within_an_ended_one_is_part_of_its_period(a):
    """Also where a change of legal status cuts the longer one."""
    episode(a, "2025-01-06", "2025-09-01")
    episode(a, "2025-03-03", "2025-04-07", "K2")
    legal(a, "C1", "2025-01-06", "2025-06-02")
    legal(a, "C2", "2025-06-02")
    assert looked_after(a) == reviews(a) == [("2025-01-06", "2025-09-01")]


def test_a_placement_of_the_second_number_is_in_the_part_before_short_breaks(a):
    """Reviews stop while placed for adoption, in the right part of the period."""
    episode(a, "2025-01-06", "2025-02-03", reason="X1")
    episode(a, "2025-02-03", period="K2")
    placed(a, "2025-01-06")
    placed(a, "2025-02-05", kind="A3", period="K2")
    for code, start in (("V2", "2025-01-06"), ("V4", "2025-03-03"), ("V2", "2025-03-10")):
        legal(a, code, start)
    assert reviews(a)[0] == ("2025-01-06", "2025-02-05")
