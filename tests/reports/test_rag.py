"""Green, amber, red and grey at every boundary, and better or worse by polarity."""

import polars as pl
import pytest

from fcl_tui.definitions.board.rag import direction, exact, rag

FACTS = {
    "value": 90.0,
    "denominator": 50.0,
    "unit": "percent",
    "status": "final",
    "polarity": "high",
    "green": 90.0,
    "amber": 80.0,
    "retired": False,
}
KINDS = dict.fromkeys(("value", "denominator", "green", "amber"), pl.Float64)


def colour(**facts):
    return pl.DataFrame([FACTS | facts], schema_overrides=KINDS).select(rag()).item()


@pytest.mark.parametrize(
    ("value", "told"),
    [(90.0, "green"), (90.01, "green"), (89.999, "amber"), (80.0, "amber"), (79.999, "red"), (0.0, "red")],
)
def test_high_is_good(value, told):
    assert colour(value=value) == told


@pytest.mark.parametrize(
    ("value", "told"), [(20.0, "green"), (20.001, "amber"), (25.0, "amber"), (25.001, "red"), (0.0, "green")]
)
def test_low_is_good(value, told):
    assert colour(value=value, polarity="low", green=20.0, amber=25.0) == told


@pytest.mark.parametrize(
    ("value", "told"), [(50.0, "green"), (52.0, "amber"), (48.0, "amber"), (52.1, "red"), (47.9, "red")]
)
def test_near_the_target_is_good(value, told):
    assert colour(value=value, polarity="target", green=50.0, amber=52.0) == told


def test_fewer_than_ten_is_green_up_to_nine():
    facts = {"polarity": "low", "unit": "number", "green": 9.0, "amber": 9.0, "denominator": None}
    assert [colour(value=value, **facts) for value in (9.0, 10.0)] == ["green", "red"]


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"green": None}, "no_target"),
        ({"value": None}, "no_value"),
        ({"value": None, "status": "not_published"}, "not_published"),
        ({"polarity": "none"}, "trend"),
        ({"denominator": 9.0}, "too_few"),
        ({"denominator": 10.0}, "green"),
        ({"denominator": 9.0, "unit": "number"}, "green"),
        ({"denominator": None}, "green"),
        ({"retired": True}, "retired"),
        ({"amber": None, "value": 89.0}, "red"),
    ],
)
def test_grey_says_why(facts, told):
    assert colour(**facts) == told


def test_a_share_is_divided_once_so_that_a_boundary_is_met():
    rows = pl.DataFrame(
        {"value": [57 / 100 * 100], "numerator": [57.0], "denominator": [100.0], "unit": ["percent"]}
    )
    assert rows["value"].item() < 57  # what dividing first makes of it
    assert rows.select(exact()).item() == 57.0


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"before": 89.5}, "same"),
        ({"before": 89.4}, "better"),
        ({"before": 90.6}, "worse"),
        ({"before": 90.6, "polarity": "low"}, "better"),
        ({"before": 90.6, "polarity": "none"}, "down"),
        ({"before": None}, None),
        ({"value": 101.0, "before": 100.0, "unit": "number"}, "same"),
        ({"value": 102.0, "before": 100.0, "unit": "number"}, "better"),
        ({"value": -0.2, "before": -0.3, "unit": "score"}, "better"),
    ],
)
def test_better_or_worse(facts, told):
    rows = pl.DataFrame([FACTS | facts], schema_overrides=KINDS | {"before": pl.Float64})
    assert rows.select(direction("before")).item() == told
