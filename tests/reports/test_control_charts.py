"""The golden series of "Making Data Count", and each rule at its boundary."""

import polars as pl
import pytest

from fcl_tui.definitions.board.control_charts import assurance, charted, in_words

FIRST = [22.1, 20.4, 23.0, 21.7, 19.8, 22.6, 21.1, 20.9, 23.4, 21.9, 20.2, 22.3]
LATER = [23.1, 22.9, 23.8, 22.2, 24.0, 23.3, 22.7, 27.0]
PACKAGE = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]


def chart(values, **how):
    points = pl.LazyFrame(
        {"no": 1, "value": [float(one) for one in values]}, schema_overrides={"no": pl.Int64}
    )
    return charted(points, **how).collect()


def signalled(frame, name):
    """The points (from 1) with this signal."""
    return [place for place, way in enumerate(frame[name].to_list(), 1) if way]


def test_limits_of_the_golden_series():
    row = chart(FIRST).row(0, named=True)
    assert round(row["mean"], 4) == 21.6167
    assert (round(row["lower"], 4), round(row["upper"], 4)) == (16.8287, 26.4047)
    assert row["limits"] == "locked"


@pytest.mark.parametrize(("run", "at"), [(6, 17), (7, 18), (8, 19)])
def test_a_shift_is_signalled_where_the_run_is_long_enough(run, at):
    frame = chart(FIRST + LATER, run=run)
    assert signalled(frame, "shift")[0] == at
    assert signalled(frame, "point") == [20]
    assert round(frame["mean"][19], 4) == 21.6167  # the later points do not move what is locked


@pytest.mark.parametrize(("screen", "limits"), [(True, (-0.716, 4.604)), (False, (-3.063, 6.952))])
def test_a_range_out_of_all_proportion_is_left_out_once(screen, limits):
    row = chart(PACKAGE, baseline=None, screen=screen).row(0, named=True)
    assert (round(row["lower"], 3), round(row["upper"], 3)) == limits


def test_a_point_on_the_mean_ends_a_run():
    values = [10, 12] * 6  # mean 11
    ended = chart([*values, 12, 12, 12, 11, 12, 12, 12])
    assert signalled(ended, "shift") == []
    assert signalled(chart([*values, 12, 12, 12, 12, 12, 12, 12]), "shift")[0] == 18


def test_a_point_on_the_limit_is_not_outside():
    frame = chart([10, 12] * 6)
    reach = 2.66 * 2
    on, beyond = 11 + reach, 11 + reach + 0.001
    assert signalled(chart([*([10, 12] * 6), on]), "point") == []
    assert signalled(chart([*([10, 12] * 6), beyond]), "point") == [13]
    assert frame["upper"][0] == pytest.approx(on)


def test_a_trend_is_six_rises_or_falls():
    flat = [10.0, 12.0] * 6
    assert signalled(chart([*flat, 10, 10.1, 10.2, 10.3, 10.4, 10.5]), "trend") == []
    up = chart([*flat, 10, 10.1, 10.2, 10.3, 10.4, 10.5, 10.6])
    assert signalled(up, "trend") == [19]
    assert up["trend"][18] == 1
    assert chart([*flat, 11.9, 11.8, 11.7, 11.6, 11.5, 11.4])["trend"][17] == -1


def test_two_of_three_in_the_outer_third_on_one_side():
    flat = [10.0, 12.0] * 6  # limits 5.68 to 16.32, outer third from 14.55
    assert signalled(chart([*flat, 15, 12, 15]), "two_of_three") == [15]
    assert signalled(chart([*flat, 15, 10, 15]), "two_of_three") == []  # all three must be on one side
    assert signalled(chart([*flat, 15, 12, 14]), "two_of_three") == []


@pytest.mark.parametrize(("count", "limits"), [(4, "none"), (5, "trial"), (11, "trial"), (12, "locked")])
def test_few_points_have_trial_limits_or_none(count, limits):
    frame = chart(FIRST[:count])
    assert frame["limits"].unique().to_list() == [limits]


def test_values_that_never_change_have_no_signal():
    assert chart([3] * 14)["signal"].to_list() == [0] * 14


def test_series_do_not_mix():
    both = pl.concat(
        [
            pl.LazyFrame({"no": 1, "value": FIRST}),
            pl.LazyFrame({"no": 2, "value": [float(one) * 10 for one in FIRST]}),
        ]
    )
    frame = charted(both).collect()
    assert [round(one, 3) for one in frame.group_by("no").agg(pl.col("mean").first()).sort("no")["mean"]] == [
        21.617,
        216.167,
    ]


@pytest.mark.parametrize(
    ("polarity", "signal", "words"),
    [
        ("high", 1, "improvement"),
        ("high", -1, "concern"),
        ("low", 1, "concern"),
        ("low", -1, "improvement"),
        ("none", 1, "change"),
        ("high", 0, "no change"),
    ],
)
def test_what_a_signal_means_follows_the_polarity(polarity, signal, words):
    row = pl.DataFrame({"limits": ["locked"], "signal": [signal], "polarity": [polarity]})
    assert row.select(in_words()).item() == words


@pytest.mark.parametrize(
    ("polarity", "green", "words"),
    [
        ("high", 19.9, "will pass"),
        ("high", 20.0, "hit and miss"),
        ("high", 30.0, "hit and miss"),
        ("high", 30.1, "will fail"),
        ("low", 30.1, "will pass"),
        ("low", 19.9, "will fail"),
        ("none", 19.9, None),
        ("high", None, None),
    ],
)
def test_assurance_is_where_the_target_is_against_the_limits(polarity, green, words):
    row = pl.DataFrame(
        {"limits": ["locked"], "lower": [20.0], "upper": [30.0], "green": [green], "polarity": [polarity]},
        schema_overrides={"green": pl.Float64},
    )
    assert row.select(assurance()).item() == words
