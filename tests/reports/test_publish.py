"""What leaves for publication: no number of 1 to 5, and no way to one."""

import json
from datetime import date

import pytest
from typer.testing import CliRunner

from data.demo import DemoSource
from data.errors import DataError
from fcl_tui.cli.asking.session import answer
from fcl_tui.cli.main import app
from fcl_tui.definitions.figures.suppression import MARK
from fcl_tui.loading.load import load as load_data
from fcl_tui.reports import catalogue
from fcl_tui.reports.spec import Breakdown

AS_AT = date(2026, 11, 23)
FIGURES = [
    (key, view.key)
    for key in ("looked-after", "care-leavers", "assessments", "visits")
    for view in catalogue.load(key).switchable
    if isinstance(view, Breakdown)
]


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    load_data([DemoSource(children=150, seed=7, as_at=AS_AT)], home, data_date=AS_AT, demo=True)
    return home


def small(value):
    return isinstance(value, int) and 1 <= value <= 5


@pytest.mark.parametrize(("key", "view"), FIGURES)
def test_no_count_of_a_breakdown_is_small_or_what_is_left_of_a_total(home, key, view):
    typed = {"by": view} if len(catalogue.load(key).switchable) > 1 else {}
    plain = answer(home, key, typed, as_at=AS_AT).shown
    found = answer(home, key, typed, as_at=AS_AT, publish=True)
    shown = found.shown
    counted = [
        one.key
        for one in catalogue.load(key).breakdown(view).measures
        if one.statistic in ("count", "children", "families") and one.key in shown.columns
    ]
    for column in counted:
        values = plain[column].to_list()
        told = shown[column].cast(str).to_list()
        gone = [value for value, text in zip(values, told, strict=True) if text == MARK]
        assert all(text == MARK for value, text in zip(values, told, strict=True) if small(value)), column
        if not small(sum(values)):  # a total of 1 to 5 is hidden itself
            assert len(gone) != 1 or len(values) == 1, (column, values, told)
    assert found.parts == {}


def test_the_headline_hides_what_it_is_made_of_the_year_before_the_change_and_the_trend(home):
    plain = {row["measure"]: row for row in answer(home, "looked-after", {}, as_at=AS_AT).shown.to_dicts()}
    found = answer(home, "looked-after", {}, as_at=AS_AT, publish=True)
    hidden = 0
    for row in found.shown.to_dicts():
        was = plain[row["measure"]]
        upper, below = was["numerator"], was["denominator"]
        rest = None if below is None or upper is None else below - upper
        counted = row["unit"] in ("%", "children", "placements")
        if counted and upper is not None and (1 <= abs(upper) <= 5 or (rest is not None and 1 <= rest <= 5)):
            hidden += 1
            if row["measure"] != "cla_net":
                assert (row["shown"], row["value"], row["numerator"]) == (MARK, None, None), row
                assert row["change"] is None, row
                assert row["trend"].split()[-1] == "-", row
    assert hidden > 5
    assert any("hidden for publication" in line["reason"] for line in found.left_out)


def test_what_came_and_went_is_not_given_away_by_the_net(home):
    rows = answer(home, "looked-after", {"by": "flow"}, as_at=AS_AT, publish=True).shown.to_dicts()
    for row in rows:
        shown = [name for name in ("cla_started", "cla_ceased", "cla_net") if row[name] != MARK]
        assert len(shown) != 2, row


@pytest.mark.parametrize(("key", "typed"), [("looked-after", {"by": "rows"}), ("client-overview", {}),
                                            ("chat", {}), ("monthly-highlight", {})])  # fmt: skip
def test_a_list_is_refused(home, key, typed):
    with pytest.raises(DataError, match="not for publication"):
        answer(home, key, typed, as_at=AS_AT, publish=True)


def run_(home, *words):
    return CliRunner().invoke(app, [*words, "--home", str(home), "--as-at", str(AS_AT), "--format", "json"])


def test_measures_say_what_is_hidden_and_give_no_rows(home):
    told = json.loads(
        run_(home, "measure", "cla_placement", "cla_open", "--by", "placement", "--publish").stdout
    )
    plain = json.loads(run_(home, "measure", "cla_placement", "cla_open", "--by", "placement").stdout)
    for row, was in zip(told["rows"], plain["rows"], strict=True):
        if 1 <= was["numerator"] <= 5:
            assert row["hidden"] is True
        if row["hidden"]:
            assert row["value"] is row["numerator"] is row["denominator"] is None
    assert sum(row["hidden"] for row in told["rows"]) >= 2
    refused = run_(home, "measure", "cla_open", "--rows", "--publish")
    assert "leave out --rows" in str(refused.exception)


@pytest.mark.parametrize("key", ["looked-after", "child-protection", "front-door"])
def test_teams_side_by_side_give_no_small_number_away_across_teams(home, key):
    plain = answer(home, key, {"by": "teams"}, as_at=AS_AT)
    shown = answer(home, key, {"by": "teams"}, as_at=AS_AT, publish=True).shown
    hidden = 0
    for column in plain.shown.columns[1:]:
        values = plain.shown[column].to_list()
        told = shown[column].cast(str).to_list()
        gone = [value for value, text in zip(values, told, strict=True) if text == MARK]
        hidden += len(gone)
        if plain.shown[column].dtype.is_integer() and column not in ("cla_net", "cp_net"):
            assert all(text == MARK for value, text in zip(values, told, strict=True) if small(value)), column
            # what is left of the column's known total is no small number: a lone team is never hidden alone
            assert len(gone) != 1 or small(sum(value or 0 for value in values)), column
    assert hidden > 0


def test_steps_one_after_the_other_give_no_hidden_step_away(home):
    plain = answer(home, "front-door", {"by": "steps"}, as_at=AS_AT).shown.to_dicts()
    shown = answer(home, "front-door", {"by": "steps"}, as_at=AS_AT, publish=True).shown.to_dicts()
    for at, (was, row) in enumerate(zip(plain, shown, strict=True)):
        if small(int(was["value"])):
            assert row["value"] is None
        if row["value"] is None or (at and shown[at - 1]["value"] is None):
            assert row["of_before"] is None
        if row["value"] is None or shown[0]["value"] is None:
            assert row["of_first"] is None


def test_a_step_is_hidden_in_every_share_that_it_is_part_of():
    import polars as pl

    from fcl_tui.reports.publishing.groups import steps_hidden

    rows = pl.DataFrame(
        {"of_before": [None, 50.0, 20.0], "of_first": [None, 50.0, 10.0], "before_ago": [1.0] * 3}
    )
    none = [False] * 3
    assert steps_hidden(rows, none, none) == set()
    assert steps_hidden(rows, [False, True, False], none) == {
        (1, "of_before"),
        (2, "of_before"),
        (1, "of_first"),
    }
    assert steps_hidden(rows, none, [True, False, False]) == {(0, "before_ago"), (1, "before_ago")}
    first = steps_hidden(rows, [True, False, False], none)
    assert {(1, "of_first"), (2, "of_first"), (1, "of_before")} <= first
