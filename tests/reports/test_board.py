"""The Board's lines: quarters, what is shown when nothing is due, colours, directions, what was frozen."""

from datetime import date, timedelta

import polars as pl
import pytest

from fcl_tui.access.board.rows import event
from fcl_tui.definitions.board import indicators, periods
from fcl_tui.definitions.days.calendar import Calendar
from fcl_tui.records.board import empty as board_empty
from fcl_tui.records.board import events as board_events
from fcl_tui.records.board import lines as board
from fcl_tui.records.board import one as board_one
from fcl_tui.records.board import register as board_register
from fcl_tui.records.board import series as board_series
from fcl_tui.records.board import shown as board_shown
from fcl_tui.reports.strategic.board.kept import due, wanted
from fcl_tui.reports.strategic.board.report import MACHINE

AS_AT = date(2026, 11, 27)
QUARTER = periods.last_quarter(AS_AT)


def entered(*rows):
    """Values as the office keeps them: (no, period, value); a pair is its parts, =word its status."""
    told = []
    for seq, (no, name, value) in enumerate(rows, 1):
        period = periods.period(name)
        status = value[1:] if isinstance(value, str) else "final"
        upper, lower = value if isinstance(value, tuple) else (None, None)
        told.append(
            {
                "value_id": f"v{seq}",
                "no": no,
                "definition_version": indicators.on(no, period.last).version,
                "period": name,
                "period_end": period.last,
                "value": float(value) if isinstance(value, int | float) else None,
                "numerator": upper,
                "denominator": lower,
                "status": status,
                "origin": "typed",
                "seq": seq,
                "made_by": "ann",
            }
        )
    return pl.LazyFrame(told, schema=board_empty.TABLES["values"])


def targets(*rows):
    told = [
        {
            "no": no,
            "year": year,
            "period": stone,
            "green": green,
            "amber": amber,
            "rationale": "x",
            "seq": seq,
        }
        for seq, (no, year, stone, green, amber) in enumerate(rows, 1)
    ]
    return pl.LazyFrame(told, schema=board_empty.TABLES["targets"])


def kept(values, aims=None, *, events=(), computed=None, as_at=AS_AT, polarity=None):
    definitions = indicators.frame(periods.last_quarter(as_at).last, polarity)
    rows = [one | {"seq": seq, "made_by": "ann", "made_at": None} for seq, one in enumerate(events, 1)]
    told = pl.LazyFrame(rows, schema=board_empty.TABLES["events"])
    return board.Kept(
        definitions=definitions.lazy(),
        entered=values,
        computed=pl.LazyFrame(computed or [], schema=board_series.HELD),
        targets=targets() if aims is None else aims,
        benchmarks=pl.LazyFrame(schema=board_empty.TABLES["benchmarks"]),
        wanted=wanted(definitions, as_at).lazy(),
        open_exceptions=board_events.open_exceptions(told, as_at),
        rebases=board_events.rebases(told),
    )


def line(no, of, last=QUARTER.last):
    return board_shown.shown(board.lines(of, last)).filter(pl.col("no") == no).collect().row(0, named=True)


def test_there_are_51_in_order_and_the_columns_for_machines_are_these():
    rows = board_shown.shown(board.lines(kept(entered()), QUARTER.last)).collect()
    assert rows["no"].to_list() == list(range(1, 52))
    assert tuple(rows.columns[: len(MACHINE)]) == MACHINE
    assert rows.filter(pl.col("status").is_null()).is_empty()


def test_a_quarterly_percentage_is_its_summed_parts_not_the_mean_of_three():
    months = [(26, "2026-07", (1.0, 2.0)), (26, "2026-08", (90.0, 100.0)), (26, "2026-09", (8.0, 8.0))]
    told = line(26, kept(entered(*months)))
    assert (told["period"], told["numerator"], told["denominator"]) == ("2026-27Q2", 99.0, 110.0)
    assert told["value"] == 99 * 100 / 110
    assert told["value"] != (50 + 90 + 100) / 3


def test_a_quarter_that_lacks_a_month_has_no_value():
    told = line(26, kept(entered((26, "2026-07", (1.0, 2.0)), (26, "2026-09", (8.0, 8.0)))))
    assert (told["value"], told["status"]) == (None, "not_collected")


def test_a_stock_shows_the_last_month_of_the_quarter():
    told = line(28, kept(entered((28, "2026-08", 250), (28, "2026-09", 261), (28, "2026-10", 270))))
    assert (told["period"], told["value"]) == ("2026-09", 261.0)


def test_what_was_entered_for_the_quarter_goes_before_its_months():
    months = [(26, f"2026-{month:02}", (1.0, 2.0)) for month in (7, 8, 9)]
    told = line(26, kept(entered(*months, (26, "2026-27Q2", (3.0, 4.0)))))
    assert (told["numerator"], told["denominator"]) == (3.0, 4.0)


def test_what_was_entered_goes_before_what_the_data_gives_and_both_are_known():
    given = dict.fromkeys(board_series.HELD) | {
        "no": 28, "period": "2026-09", "period_end": date(2026, 9, 30), "value": 250.0, "status": "final",
        "origin": "computed", "definition_version": 1,
    }  # fmt: skip
    told = line(28, kept(entered((28, "2026-09", 261)), computed=[given]))
    assert (told["value"], told["replaces"]) == (261.0, 250.0)
    assert line(28, kept(entered(), computed=[given]))["value"] == 250.0


def test_annual_values_stay_until_the_next_is_due():
    values = entered((8, "2024/25AY", 61), (11, "2025-26T1", 6))
    told = line(8, kept(values))  # 2025/26 ended in August; its results are due 120 days later
    assert (told["period"], told["status"], told["rag"]) == ("2024/25AY", "final", "grey")
    late = line(11, kept(values))  # the spring term was due in July
    assert (late["value"], late["status"], late["grey_because"]) == (6.0, "not_collected", "not_collected")


@pytest.mark.parametrize(
    ("no", "as_at", "name"),
    [
        (11, date(2026, 7, 3), "2025-26T1"),  # 90 days after Easter Sunday, 5 April
        (11, date(2026, 7, 4), "2025-26T2"),
        (1, date(2026, 10, 19), "2026-27Q1"),
        (1, date(2026, 10, 20), "2026-27Q2"),
        (44, date(2026, 11, 25), "2024-25FY"),
        (44, date(2026, 11, 26), "2025-26FY"),
        (26, date(2026, 10, 4), "2026-08"),
        (26, date(2026, 10, 5), "2026-09"),
    ],
)
def test_a_value_is_due_from_the_end_of_its_period_and_the_lag_on(no, as_at, name):
    one = indicators.on(no, as_at)
    assert periods.newest_due(one.frequency, one.calendar, one.lag_days, as_at).name == name


def test_a_milestone_goes_before_the_target_of_the_year():
    values = entered((1, "2026-27Q2", 85))
    year = (1, "2026-27FY", None, 95.0, 90.0)
    assert line(1, kept(values, targets(year)))["rag"] == "red"
    told = line(1, kept(values, targets(year, (1, "2026-27FY", "2026-27Q2", 84.0, 80.0))))
    assert (told["rag"], told["milestone"]) == ("green", True)


def test_the_target_set_last_counts():
    aims = targets((1, "2026-27FY", None, 95.0, 90.0), (1, "2026-27FY", None, 80.0, 70.0))
    assert line(1, kept(entered((1, "2026-27Q2", 85)), aims))["rag"] == "green"


def test_polarity_is_the_one_meant_and_the_source_stands_beside_it():
    aims = targets((34, "2025-26FY", None, 60.0, 50.0))
    told = line(34, kept(entered((34, "2025-26FY", 64)), aims))
    assert (told["rag"], told["polarity"], told["polarity_source"]) == ("green", "high", "low")
    aims = targets((28, "2026-27FY", None, 260.0, 280.0))
    values = entered((28, "2026-09", 270))
    assert line(28, kept(values, aims))["rag"] == "amber"
    assert line(28, kept(values, aims, polarity={"28": "none"}))["grey_because"] == "trend"


def test_directions_are_against_last_the_year_before_and_the_mean_of_four():
    quarters = periods.quarters_to(AS_AT, 6)
    values = entered(
        *((1, one.name, value) for one, value in zip(quarters, (80, 90, 82, 84, 86, 84), strict=True))
    )
    told = line(1, kept(values))
    assert (told["before"], told["year_before"], told["mean_of_four"]) == (86.0, 90.0, 85.5)
    assert (told["direction"], told["direction_year"], told["direction_mean"]) == ("worse", "worse", "worse")


def test_no_direction_over_a_missing_period_or_another_definition():
    quarters = periods.quarters_to(AS_AT, 3)
    gap = entered((1, quarters[0].name, 80), (1, quarters[2].name, 90))
    assert line(1, kept(gap))["direction"] is None
    versions = entered((3, "2023-24FY", 80), (3, "2024-25FY", 90))
    assert indicators.on(3, date(2024, 3, 31)).version != indicators.on(3, date(2025, 3, 31)).version
    assert line(3, kept(versions))["direction"] is None


def test_small_denominators_have_no_colour():
    aims = targets((50, "2026-27FY", None, 80.0, 70.0))
    assert line(50, kept(entered((50, "2026-27Q2", (4.0, 5.0))), aims))["grey_because"] == "too_few"


def test_a_retired_indicator_and_one_not_published_say_so():
    rows = kept(entered((5, "2024/25AY", "=not_published")))
    assert line(22, rows)["grey_because"] == "retired"
    told = line(5, rows)
    assert (told["status"], told["grey_because"], told["value"]) == ("not_published", "not_published", None)


def test_an_exception_is_suggested_when_red_and_open_ones_say_how_they_stand():
    aims = targets((1, "2026-27FY", None, 95.0, 90.0))
    values = entered((1, "2026-27Q2", 85))
    assert line(1, kept(values, aims))["exception"] == "suggested"
    asked = event("exception", "requested", {"reason": "red"}, subject="s", no=1)
    sent = event("exception", "submitted", {"cause": "posts"}, subject="s", no=1)
    assert line(1, kept(values, aims, events=[asked, sent]))["exception"] == "submitted"
    closed = event("exception", "closed", {}, subject="s", no=1)
    assert line(1, kept(values, aims, events=[asked, sent, closed]))["exception"] == "suggested"


def test_the_headline_counts_green_and_how_many_of_the_red_improve():
    aims = targets(*((no, "2026-27FY", None, 95.0, 90.0) for no in (1, 2, 14)))
    before, now = (one.name for one in periods.quarters_to(AS_AT, 2))
    values = entered((1, now, 96), (2, before, 80), (2, now, 85), (14, before, 85), (14, now, 80))
    rows = board_shown.shown(board.lines(kept(values, aims), QUARTER.last)).collect()
    assert board_shown.headline(rows, now).startswith("2026-27Q2: 1 of 3 green (33%), 2 red (1 improving)")


def test_charts_begin_anew_where_that_was_said():
    quarters = periods.quarters_to(AS_AT, 12)
    values = entered(*((1, one.name, 50 + 40 * (place > 5)) for place, one in enumerate(quarters)))
    told = board.charts(kept(values), QUARTER.last).collect()
    assert told["part"].unique().to_list() == [0]
    start = {"from": quarters[6].first.isoformat(), "reason": "new definition of the service"}
    anew = board.charts(kept(values, events=[event("rebase", "said", start, no=1)]), QUARTER.last).collect()
    assert anew["part"].to_list() == [0] * 6 + [1] * 6
    assert anew["signal"].to_list() == [0] * 12


def test_rolling_years_small_counts_and_retired_ones_have_no_chart():
    months = periods.months_to(AS_AT, 14)
    values = entered(*((29, f"R12@{one.name}", 40) for one in months), *((28, one.name, 3) for one in months))
    assert board.charts(kept(values), QUARTER.last).collect().is_empty()


def test_a_frozen_figure_stays_beside_what_the_period_is_now():
    frozen = pl.LazyFrame(
        [
            {"meeting": "m", "no": 1, "definition_version": 1, "period": "2026-27Q2", "value": 90.0,
             "status": "final", "rag": "green", "snapshot_id": "old"},
            {"meeting": "m", "no": 2, "definition_version": 1, "period": "2026-27Q2", "value": 80.0,
             "status": "final", "rag": "red", "snapshot_id": "old"},
        ],
        schema=board_empty.TABLES["frozen"],
    )  # fmt: skip
    held = kept(entered((1, "2026-27Q2", 88.5), (2, "2026-27Q2", 80)))
    meetings = pl.LazyFrame({"subject": ["m"], "day": [date(2026, 10, 30)]})
    rows = board_one.as_reported(frozen, meetings, board.series(held), held.definitions).collect()
    assert rows.select("no", "reported_value", "now_value", "revised").rows() == [
        (1, 90.0, 88.5, "revised"),
        (2, 80.0, 80.0, None),
    ]
    assert rows["snapshot_id"].to_list() == ["old", "old"]


def test_a_trajectory_is_shown_with_what_came():
    reports = pl.LazyFrame({"subject": ["s"], "no": [1], "trajectory": ["2026-27Q2=88; 2026-27Q3=90"]})
    steps = board.series(kept(entered((1, "2026-27Q2", 86.1))))
    told = board_one.expected(reports, steps).collect()["trajectory_shown"].item()
    assert told == "2026-27Q2 88 (came 86.1%); 2026-27Q3 90"


def test_superseded_values_stay_in_sight():
    values = entered((1, "2026-27Q2", 90), (1, "2026-27Q2", 88))
    steps = board.series(kept(values)).filter(pl.col("no") == 1)
    drawn = board.charts(kept(values), QUARTER.last)
    rows = board_one.values(steps, values, drawn).collect()
    assert rows.select("value", "status").rows() == [(88.0, "final"), (90.0, "superseded")]


def test_lines_against_an_account_in_plain_python():
    """Every colour and direction worked out again by hand from the same values."""
    quarters = periods.quarters_to(AS_AT, 5)
    values, aims, expected = [], [], {}
    for place, no in enumerate((1, 2, 14, 23, 33, 47)):
        one = indicators.of(no)[-1]
        told = [(60.0 + place * 5 + step, 97.0 + place) for step in range(5)]
        values += [(no, each.name, pair) for each, pair in zip(quarters, told, strict=True)]
        green, amber = (70.0, 60.0) if one.polarity == "high" else (60.0, 75.0)
        aims.append((no, "2026-27FY", None, green, amber))
        now, before = (upper * 100 / lower for upper, lower in (told[4], told[3]))
        if one.polarity == "high":
            colour = "green" if now >= green else "amber" if now >= amber else "red"
            way = "same" if abs(now - before) <= 0.5 else "better" if now > before else "worse"
        else:
            colour = "green" if now <= green else "amber" if now <= amber else "red"
            way = "same" if abs(now - before) <= 0.5 else "better" if now < before else "worse"
        expected[no] = (now, colour, way)
    rows = board_shown.shown(board.lines(kept(entered(*values), targets(*aims)), QUARTER.last)).collect()
    found = {row["no"]: (row["value"], row["rag"], row["direction"]) for row in rows.to_dicts()}
    assert {no: found[no] for no in expected} == expected


def test_lines_of_registers_are_in_time_up_to_their_day():
    calendar = Calendar.england(2026, 2027)
    told = [
        ("1", "a", date(2026, 10, 1), date(2026, 10, 29)),
        ("2", "b", date(2026, 10, 1), date(2026, 10, 30)),
        ("3", "c", date(2026, 10, 1), None),
        ("4", "d", AS_AT - timedelta(days=1), None),
        ("1", "corrected", date(2026, 10, 1), date(2026, 10, 28)),
    ]
    columns = ("reference", "title", "received", "done")
    rows = [dict(zip(columns, one, strict=True)) | {"register": "requests"} for one in told]
    items = pl.LazyFrame(
        [one | {"seq": seq} for seq, one in enumerate(rows)], schema=board_empty.TABLES["items"]
    )
    told = {
        row["reference"]: row for row in board_register.lines(items, calendar, AS_AT).collect().to_dicts()
    }
    assert told["1"]["title"] == "corrected"
    states = {name: row["standing"].partition("|")[0] for name, row in told.items()}
    assert states == {"1": "on_time", "2": "late", "3": "overdue", "4": "due"}
    row = board_register.summary(items, calendar, AS_AT).collect().row(1, named=True)
    assert (row["lines"], row["open"], row["overdue"], row["done"], row["in_time"]) == (4, 2, 1, 2, 1)


def test_every_definition_is_in_order():
    for one in indicators.indicators():
        assert one.polarity in ("high", "low", "target", "none")
        assert one.unit in ("percent", "number", "score", "weeks", "days")
        assert periods.kinds_of(one.frequency, one.calendar)
        assert one.polarity == one.polarity_source or one.polarity_reason
        assert one.unit == one.unit_source or one.no in (5, 6, 7, 29, 31, 38)
    frequencies = {one.no: one.frequency for one in indicators.indicators()}
    counts = {name: list(frequencies.values()).count(name) for name in set(frequencies.values())}
    assert counts == {"monthly": 11, "quarterly": 15, "termly": 6, "annual": 19}


def test_every_month_of_the_quarter_and_since_is_waited_for():
    of = kept(
        entered((26, "2026-07", (1.0, 2.0)), (26, "2026-09", (1.0, 2.0)), (27, "2026-27Q2", (1.0, 2.0)))
    )
    known = board_series.held(board_series.latest(of.entered), of.computed, of.definitions)
    waits = due(of.definitions.collect(), AS_AT).lazy()
    rows = board_one.values_due(
        board.lines(of, QUARTER.last), waits, known, board.series(of), AS_AT
    ).collect()
    told = [(no, name) for no, name in rows.select("no", "due_period").iter_rows() if no in (26, 27, 22)]
    assert told == [(26, "2026-08"), (26, "2026-10"), (27, "2026-10")]
    late = rows.filter(pl.col("no") == 26)["days_late"].to_list()
    assert late == [(AS_AT - date(2026, 9, 5)).days, (AS_AT - date(2026, 11, 5)).days]


def test_limits_are_shown_no_further_than_a_percentage_goes_but_judged_as_they_are():
    months = periods.months_to(AS_AT, 14)
    values = [(90.0, 100.0), (100.0, 100.0)] * 7
    of = kept(entered(*((26, one.name, value) for one, value in zip(months, values, strict=True))))
    drawn = board.charts(of, QUARTER.last).filter(pl.col("no") == 26)
    steps = board.series(of).filter(pl.col("no") == 26)
    shown = board_one.points(drawn, steps).collect()
    assert drawn.collect()["upper"].max() > shown["upper"].max() == 100.0
    assert shown["value"].to_list() == drawn.collect()["value"].to_list()
    ahead = board_one.with_expected(shown.lazy(), "2026-09=91; 2027-02=95; soon=3").collect()
    assert ahead.drop_nulls("expected").select("label", "expected", "value", "target").rows() == [
        (date(2026, 9, 30), 91.0, shown.filter(pl.col("label") == date(2026, 9, 30))["value"][0], None),
        (date(2027, 2, 28), 95.0, None, None),
    ], "beside what came, and after it"
    assert board_one.with_expected(shown.lazy(), None).collect().equals(shown)
    annual = board.series(kept(entered((8, "2023/24AY", 60), (8, "2024/25AY", 61)))).filter(pl.col("no") == 8)
    told = board_one.points(drawn.clear(), annual).collect()
    assert told["signal"].to_list() == [None, "no control chart is drawn of this indicator"]


def test_every_indicator_has_a_name_of_its_own_that_fits_beside_its_figures():
    from fcl_tui.definitions.board.indicators import indicators
    from fcl_tui.definitions.board.short_names import LONGEST, SHORT_NAMES

    names = {one.no: one.name for one in indicators()}
    assert set(SHORT_NAMES) <= {one.name for one in indicators()}
    short = {no: SHORT_NAMES.get(name, name) for no, name in names.items()}
    assert len(set(short.values())) == 51
    assert all(len(name) <= LONGEST and name.isascii() for name in short.values())
