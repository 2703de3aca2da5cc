"""Monthly Highlights: the month that is over, each column of its own figures, comments and frozen months."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from data.errors import DataError
from data.frames import collect
from data.office import highlights as kept
from data.office.office import Office
from fcl_tui.definitions.days.window import month_over, months_to
from fcl_tui.definitions.figures.comparators import COMPARED
from fcl_tui.records.highlights import COMMENTS, DECLARED, FROZEN, page
from fcl_tui.reports.strategic.highlight.columns import COLUMNS
from fcl_tui.reports.strategic.highlight.indicators import INDICATORS, SHORT
from fcl_tui.reports.strategic.highlight.report import target_of

MONTH = date(2026, 10, 31)
FIGURES = {
    "key": pl.String,
    "day": pl.Date,
    "value": pl.Float64,
    "numerator": pl.Float64,
    "denominator": pl.Int64,
}


@pytest.mark.parametrize(
    ("as_at", "month"),
    [
        (date(2026, 11, 28), date(2026, 10, 31)),
        (date(2026, 10, 31), date(2026, 10, 31)),
        (date(2026, 10, 30), date(2026, 9, 30)),
        (date(2026, 1, 1), date(2025, 12, 31)),
        (date(2028, 2, 29), date(2028, 2, 29)),
        (date(2027, 2, 28), date(2027, 2, 28)),
    ],
)
def test_the_month_reported_is_the_last_that_is_over(as_at: date, month: date) -> None:
    assert month_over(as_at) == month


def days() -> list[date]:
    from fcl_tui.definitions.days.window import month_ends

    return month_ends(*months_to(MONTH, 13))


def monthly(values: list[float | None], denominator: int | None = 40) -> pl.LazyFrame:
    rows = [
        ("a", day, value, None if value is None else value * (denominator or 0) / 100, denominator)
        for day, value in zip(days(), values, strict=True)
    ]
    return pl.LazyFrame(rows, schema=FIGURES, orient="row")


def one(
    values: list[float | None],
    *,
    polarity: str = "low",
    green: float | None = 20.0,
    amber: float | None = 24.0,
    judged: str | None = None,
    unit: str = "percent",
    denominator: int | None = 40,
    beside: list[tuple[str, str, float, int, int]] = [],  # noqa: B006
    comments: pl.LazyFrame | None = None,
    frozen: pl.LazyFrame | None = None,
) -> dict[str, object]:
    declared = pl.LazyFrame(
        [
            (
                "a",
                0,
                "Re-referrals",
                "per cent",
                unit,
                "period",
                polarity,
                green,
                amber,
                judged or polarity,
                "x",
            )
        ],
        schema=DECLARED,
        orient="row",
    )
    published = pl.DataFrame(
        [
            ("a", "", who, label, year, value, None, digits, None, "f.csv", None)
            for who, label, value, year, digits in beside
        ],
        schema=COMPARED,
        orient="row",
    )
    year = pl.LazyFrame([("a", MONTH, 21.5, 86.0, 400)], schema=FIGURES, orient="row")
    rows = page(
        declared,
        (monthly(values, denominator), year, pl.LazyFrame(schema=FIGURES)),
        published.lazy(),
        pl.LazyFrame(schema=COMMENTS) if comments is None else comments,
        pl.LazyFrame(schema=FROZEN) if frozen is None else frozen,
        MONTH,
        10,
    )
    return collect(rows).row(0, named=True)


FLAT = [22.0] * 11


def test_each_column_is_of_its_own_month() -> None:
    row = one([30.0, *FLAT, 17.5])
    assert row["trend"] == "30.0 " + "22.0 " * 11 + "17.5"
    assert (row["this_month"], row["last_month"], row["last_year"]) == (17.5, 22.0, 30.0)
    assert (row["counts"], row["this_month_shown"]) == ("7/40", "17.5%")
    assert (row["rolling_12_shown"], row["rolling_counts"]) == ("21.5%", "86/400")
    assert row["year_to_date"] is None
    assert row["month"] == MONTH


@pytest.mark.parametrize(
    ("value", "rag", "direction"),
    [
        (20.0, "on_target", "better"),
        (20.1, "near_target", "better"),
        (24.0, "near_target", "worse"),
        (24.1, "below_target", "worse"),
        (22.5, "near_target", "same"),
        (21.4, "near_target", "better"),
    ],
)
def test_colour_and_direction_follow_what_is_good(value: float, rag: str, direction: str) -> None:
    row = one([30.0, *FLAT, value])
    assert (row["rag"], row["direction"]) == (rag, direction)


def test_without_a_good_direction_there_is_no_colour_and_no_better() -> None:
    row = one([30.0, *FLAT, 25.0], polarity="none")
    assert (row["rag"], row["direction"]) == ("trend", "up")


def test_the_boards_target_is_judged_as_the_board_does_while_no_direction_is_good_here() -> None:
    row = one([30.0, *FLAT, 25.0], polarity="none", judged="low", green=26.0, amber=None)
    assert (row["rag"], row["direction"]) == ("on_target", "up")


def test_the_boards_target_of_the_month_is_its_milestone_then_the_quarters_then_the_years() -> None:
    from types import SimpleNamespace

    from fcl_tui.records.board.empty import TABLES
    from fcl_tui.reports.context import BoardRows
    from fcl_tui.reports.strategic.board.targets import board_targets

    def told(*targets: tuple[int, str, str | None, float]) -> dict[str, tuple[int, float, float | None, str]]:
        rows = [
            {"no": no, "year": year, "period": period, "green": green, "seq": seq}
            for seq, (no, year, period, green) in enumerate(targets)
        ]
        tables = {name: pl.LazyFrame(schema=schema) for name, schema in TABLES.items() if name != "items"}
        tables["targets"] = pl.LazyFrame(rows, schema=TABLES["targets"])
        context = SimpleNamespace(
            settings={"board_polarity": {"28": "none"}}, board=lambda: BoardRows(**tables, items=pl.LazyFrame)
        )
        return board_targets(context, MONTH)  # type: ignore[arg-type]

    year = (25, "2026-27FY", None, 20.0)
    assert told(year) == {"rereferral_pct": (25, 20.0, None, "low")}
    assert told(year, (25, "2026-27FY", "2026-27Q3", 21.0))["rereferral_pct"][1] == 21.0
    both = told(year, (25, "2026-27FY", "2026-10", 22.0), (25, "2026-27FY", "2026-27Q3", 21.0))
    assert both["rereferral_pct"][1] == 22.0
    assert told((25, "2025-26FY", None, 20.0), (1, "2026-27FY", None, 5.0)) == {}
    assert told((28, "2026-27FY", None, 200.0))["cp_open"][3] == "none"


def test_a_percentage_of_fewer_than_ten_has_no_colour() -> None:
    few = one([30.0, *FLAT, 50.0], denominator=9)
    assert (few["rag"], few["direction"]) == ("too_few", None)
    assert one([30.0, *FLAT, 50.0], denominator=10)["rag"] == "below_target"


def test_what_is_not_known_is_no_zero() -> None:
    row = one([None] * 13)
    assert row["trend"] == " ".join(["-"] * 13)
    assert (row["this_month_shown"], row["rag"], row["direction"]) == (None, "no value", None)


def test_published_figures_have_their_year_and_their_own_precision() -> None:
    beside = [
        ("neighbours", "Statistical neighbours (mean of 9), 1 without a value", 19.04, 2025, 1),
        ("region", "South East", 28.0, 2024, 0),
    ]
    row = one([30.0, *FLAT, 25.0], beside=beside)
    assert (row["neighbours_shown"], row["region_shown"], row["england_shown"]) == (
        "19.0% (2025)",
        "28% (2024)",
        None,
    )
    assert row["neighbours_label"] == "Statistical neighbours (mean of 9), 1 without a value"


def test_a_figure_that_has_changed_since_it_was_frozen_is_shown_as_reported() -> None:
    def frozen(value: float | None) -> pl.LazyFrame:
        return pl.LazyFrame([("a", value, datetime(2026, 11, 5))], schema=FROZEN, orient="row")

    changed = one([30.0, *FLAT, 25.0], frozen=frozen(24.0))
    assert (changed["reported_shown"], changed["this_month_shown"]) == ("24.0%", "25.0%")
    same = one([30.0, *FLAT, 25.0], frozen=frozen(25.0))
    assert (same["reported"], same["frozen_at"]) == (None, datetime(2026, 11, 5))
    assert one([30.0, *FLAT, 25.0])["frozen_at"] is None


def test_targets_are_the_settings_own_or_shared() -> None:
    settings = {"targets": {"rereferral_pct": (20.0, 24.0)}, "assessment_target": 90.0}
    assert target_of("rereferral_pct", settings) == (20.0, 24.0)
    assert target_of("assess_45wd", settings) == (90.0, None)
    assert target_of("cla_rate", settings) == (None, None)


def test_targets_and_pages_of_the_settings_are_read_or_refused(tmp_path: Path) -> None:
    from fcl_tui.config.settings import read

    path = tmp_path / "settings.toml"
    path.write_text('highlights = ["cla_rate"]\n[targets]\na = 5\nb = { green = 20, amber = 24 }\n')
    assert read(tmp_path).targets == {"a": (5.0, None), "b": (20.0, 24.0)}
    assert read(tmp_path).highlights == ("cla_rate",)
    no_numbers = ('[targets]\na = "x"', "[targets]\na = nan", "[targets]\na = { green = inf }")
    for wrong in ("targets = 5", *no_numbers, "[targets]\na = { amber = 2 }", "highlights = [1]"):
        path.write_text(wrong)
        with pytest.raises(DataError, match="takes a|is a table"):
            read(tmp_path)


def test_the_last_comment_counts_and_a_frozen_month_takes_none(tmp_path: Path) -> None:
    office = Office(tmp_path)
    kept.comment(office, MONTH, "a", "  first\nthought ", "me")
    kept.comment(office, MONTH, "a", "second", "you")
    comments, frozen = kept.read(office)
    assert comments.select("key", "comment", "made_by").rows() == [("a", "second", "you")]
    assert frozen.is_empty()
    figures = pl.DataFrame(
        {"key": ["a", "b"], "value": [17.5, None], "numerator": [7, None], "denominator": [40, None]}
    )
    kept.freeze(office, MONTH, figures, "snapshot-1", "me")
    with pytest.raises(DataError, match="October 2026 was frozen .* by me"):
        kept.comment(office, MONTH, "a", "third", "you")
    with pytest.raises(DataError, match="was frozen"):
        kept.freeze(office, MONTH, figures, "snapshot-2", "me")
    kept.comment(office, date(2026, 11, 30), "a", "next month", "you")
    comments, frozen = kept.read(office)
    assert comments.filter(pl.col("month") == MONTH)["comment"].to_list() == ["second"]
    assert frozen.select("key", "value", "denominator", "snapshot_id").rows() == [
        ("a", 17.5, 40.0, "snapshot-1"),
        ("b", None, None, "snapshot-1"),
    ]
    with pytest.raises(DataError, match="1 to 400 characters"):
        kept.comment(office, date(2026, 11, 30), "a", " ", "me")


def test_twelve_months_are_never_another_number_of_months() -> None:
    """Return interviews are told of three months: the column of the year stays empty for them."""
    from types import SimpleNamespace

    from fcl_tui.reports.official import registry, series
    from fcl_tui.reports.strategic.highlight import report as monthly_highlight

    asked = [
        (family, family.measure(key))
        for key in ("rhi_child_pct", "cla_3plus")
        if (family := registry.family_of(key))
    ]
    spans: dict[str, list[int]] = {}

    def over(_context: object, _query: object, wanted: list[tuple[Any, Any, Any]]) -> list[pl.DataFrame]:
        for _, measures, days in wanted:
            for one in measures:
                spans.setdefault(one.key, []).append(len(days))
        return [pl.DataFrame(schema=FIGURES) for _ in wanted]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(series, "of_families", over)
        context = SimpleNamespace(month_figures=lambda: None)
        monthly_highlight.figures_of(asked, context, SimpleNamespace(), MONTH)  # type: ignore[arg-type]
    assert spans == {"rhi_child_pct": [13], "cla_3plus": [13, 1]}


def test_a_short_name_fits_its_column_and_stands_for_an_indicator_of_the_page():
    width = next(one.width for one in COLUMNS if one.key == "short")
    assert set(SHORT) <= set(INDICATORS)
    assert all(len(words) <= width for words in SHORT.values())
    assert len(set(SHORT.values())) == len(SHORT)
