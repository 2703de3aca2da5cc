"""`fcl-tui benchmarks`: load and show, on the command line."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from fcl_tui.cli.main import app
from tests.data.test_benchmarks_files import ENGLAND, OWN, REFERRALS, row, write

ROWS = {"key", "area_code", "area_name", "level", "period", "value", "symbol", "source"}


def run(home: Path, *words: str) -> tuple[int, str]:
    found = CliRunner().invoke(app, ["benchmarks", *words, "--home", str(home)])
    return found.exit_code, found.output if found.exception is None else str(found.exception)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    place = tmp_path / "home"
    place.mkdir()
    rows = (row(OWN, "Total", 3236, "c", 23.6, 9.9), row(ENGLAND, "Total", 632830, 1, 22.6, "x"))
    code, told = run(place, "load", str(write(tmp_path, "c1_2025.csv", REFERRALS, *rows)))
    assert code == 0, told
    assert "10 of 10 figures added" not in told  # five columns are not five keys
    assert "8 of 8 figures added" in told
    return place


def shown(home: Path, *words: str) -> list[dict[str, object]]:
    code, told = run(home, "show", *words, "--format", "json")
    assert code == 0, told
    rows: list[dict[str, object]] = json.loads(told)["rows"]
    return rows


def test_show_has_the_agreed_columns_and_keeps_symbols(home: Path) -> None:
    (own,) = (
        one for one in shown(home, "--key", "rereferral_pct", "--area", "E06000043") if not one["grouping"]
    )
    assert set(own) >= ROWS
    assert (own["value"], own["symbol"], own["period"]) == (23.6, None, "2025")
    assert own["area_name"] == "Brighton and Hove"
    assert str(own["source"]).startswith("c1_2025.csv, loaded ")
    (england,) = (one for one in shown(home, "--key", "referral_nfa", "--area", "E92000001"))
    assert (england["value"], england["symbol"], england["level"]) == (None, "x", "National")


def test_an_area_is_found_by_code_number_and_name(home: Path) -> None:
    for area in ("E06000043", "846", "brighton and hove"):
        assert {one["area_code"] for one in shown(home, "--area", area)} == {"E06000043"}


def test_loading_again_says_that_nothing_is_new(home: Path, tmp_path: Path) -> None:
    code, told = run(home, "load", str(tmp_path / "c1_2025.csv"))
    assert (code, "nothing new in 8 figures" in told) == (0, True)
    assert len(shown(home)) == 8


def test_history_shows_a_revised_value_beside_the_old(home: Path, tmp_path: Path) -> None:
    newer = write(
        tmp_path,
        "c1_2026.csv",
        REFERRALS,
        row(OWN, "Total", 3236, "c", 23.7, 9.9),
        row(OWN, "Total", 1, 1, 1, 1, year=2026),
    )
    code, told = run(home, "load", str(newer))
    assert (code, "beside an earlier value" in told) == (0, True)
    asked = ("--key", "rereferral_pct", "--area", "E06000043")
    now = [one["value"] for one in shown(home, *asked) if one["period"] == "2025" and not one["grouping"]]
    both = [
        one["value"]
        for one in shown(home, *asked, "--history")
        if one["period"] == "2025" and not one["grouping"]
    ]
    assert (now, both) == ([23.7], [23.6, 23.7])


def test_what_is_not_there_is_refused_by_name(home: Path, tmp_path: Path) -> None:
    code, told = run(home, "show", "--key", "referalls")
    assert (code, "Did you" in told or "There are: referrals" in told) == (1, True)
    code, told = run(home, "show", "--area", "Brigton and Hove")
    assert (code, "Did you mean: Brighton and Hove?" in told) == (1, True)
    empty = tmp_path / "empty"
    empty.mkdir()
    code, told = run(empty, "show")
    assert (code, "No published figures are loaded" in told) == (1, True)


def test_settings_name_the_authority_and_the_average(tmp_path: Path) -> None:
    from data.errors import DataError
    from fcl_tui.config.settings import read

    path = tmp_path / "settings.toml"
    path.write_text('authority = "E06000043"\nneighbour_average = "median"\n')
    assert (read(tmp_path).authority, read(tmp_path).neighbour_average) == ("E06000043", "median")
    for wrong in ('authority = "Brighton"', 'neighbour_average = "middle"'):
        path.write_text(wrong)
        with pytest.raises(DataError, match="is not usable"):
            read(tmp_path)
