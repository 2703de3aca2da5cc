"""The prepared figures: the same numbers as from the rows, for a reader of all children alone."""

import shutil
import tempfile
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from data.demo import DemoSource
from data.errors import DataError
from data.snapshots.reader import open_current
from fcl_tui.access.context_sources import month_figures
from fcl_tui.access.readers import access_list
from fcl_tui.access.readers.access_list import Person, Roster
from fcl_tui.cli.asking.session import CommandSession
from fcl_tui.config import identity
from fcl_tui.config.identity import Identity
from fcl_tui.definitions.days.asked import frame
from fcl_tui.definitions.days.window import month_over, year_before
from fcl_tui.definitions.wording.bands import AGE_BANDS
from fcl_tui.loading import month_figures as month_figures_made
from fcl_tui.loading.load import load as load_data
from fcl_tui.loading.month_figures import strategic
from fcl_tui.prepared.figures import FIELDS, NAME
from fcl_tui.reports import catalogue
from fcl_tui.reports.measured.figures import SPREAD, value
from fcl_tui.reports.official.family import Family
from fcl_tui.reports.official.kept import VALUES, days_kept
from fcl_tui.reports.official.kept_figures import _with_values
from fcl_tui.reports.official.registry import families, family_of
from fcl_tui.reports.official.series import series
from fcl_tui.reports.question.query import Query
from fcl_tui.reports.run import run
from fcl_tui.reports.strategic.highlight.report import asked_of, figures_of
from fcl_tui.reports.strategic.views.make_up import MOST, drawn

DATA = date(2026, 11, 23)
DECLARED = list(strategic())
STATED = family_of("assess_median").measure("assess_median")
OFFICE = ("supervisions", "audits", "board", "highlights", "marks", "leave", "carers", "comparators")


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    load_data([DemoSource(children=120, seed=7, as_at=DATA)], home, data_date=DATA, demo=True)
    (home / "settings.toml").write_text('name = "me"\n')
    return home


@pytest.fixture(scope="module")
def told(home):
    return CommandSession(home, DATA).context()


@pytest.fixture(autouse=True)
def nobody_known():
    yield
    identity.forget()


def test_the_frame_has_its_fields_and_every_day_a_report_opens_on(home):
    kept = open_current(home).scan(NAME).collect()
    assert kept.columns == [field.name for field in FIELDS]
    wanted = {DATA + timedelta(days=step) for step in range(8)} | {date(2024, 2, 29), date(2026, 10, 31)}
    wanted |= {year_before(day) for day in wanted if day >= DATA}
    assert wanted <= set(days_kept(DATA)) <= set(kept["day"].unique())


@pytest.mark.parametrize("declared", DECLARED, ids=lambda one: one.key)
@pytest.mark.parametrize("team", [None, "Children in Care", "No team"])
def test_every_figure_is_the_one_from_the_rows(told, declared, team):
    days = [*days_kept(DATA)[::9], DATA, year_before(DATA)]
    query = Query(declared.key, "headline", {} if team is None else {"team": team})
    keys = tuple(dict.fromkeys((*declared.keys, *declared.teams)))
    kept = series(told, query, keys, days)
    rows = series(replace(told, month_figures=lambda: None), query, keys, days)
    order = ["key", "day"]
    assert_frame_equal(kept.sort(order), rows.sort(order), rel_tol=1e-6)  # weeks are fractions
    assert kept["value"].drop_nulls().sum() > 0 or team is not None


@pytest.mark.parametrize("after", [0, 7])  # the month that is over is another one a week later
def test_the_monthly_highlight_is_added_up_and_says_what_the_rows_say(home, monkeypatch, after):
    told = CommandSession(home, DATA + timedelta(days=after)).context()
    asked, _ = asked_of({})
    month = month_over(told.as_at)
    told = replace(told, as_at=month)
    query = Query("monthly-highlight", "page")
    counted = figures_of(asked, replace(told, month_figures=lambda: None), query, month)
    of_rows = Family.records

    def refused(family, context, days):
        assert family.of_office, f"{family.key} was counted from its rows"
        return of_rows(family, context, days)

    monkeypatch.setattr(Family, "records", refused)
    for kept, rows in zip(figures_of(asked, told, query, month), counted, strict=True):
        left, right = (one.sort("key", "day").collect() for one in (kept, rows))
        assert_frame_equal(left, right, rel_tol=1e-6)
        assert left["value"].drop_nulls().sum() > 0


def test_workers_are_added_up_once_however_many_parts_the_children_are_in(home, monkeypatch):
    told = CommandSession(home, DATA).context()
    monkeypatch.setattr(month_figures_made, "PEOPLE", 100)
    with tempfile.TemporaryDirectory() as folder:
        place = SimpleNamespace(
            spool=lambda _: Path(folder), write=lambda _, frame: frame.write_parquet(Path(folder) / "whole")
        )
        month_figures_made.write_month_figures(place, told.scan, told.calendar, DATA, lambda *_: None)
        made = pl.read_parquet(Path(folder) / "whole")
    kept = open_current(home).scan(NAME).collect()
    assert_frame_equal(made, kept, check_row_order=False)
    assert made.filter(pl.col("key") == "caseload_avg_fte")["denominator"].sum() > 0


@pytest.mark.parametrize("statistic", sorted(SPREAD))
@pytest.mark.parametrize("values", [[3], [1, 4], [2, 2, 9], [1, 2, 3, 4], [7, 7, 7, 8, 9, 9, 10, 11, 12, 60]])
def test_a_median_of_counted_values_is_that_of_the_values(statistic, values):
    one = SimpleNamespace(key="x", statistic=statistic)
    counted = pl.DataFrame({"n": values}).group_by("n").agg(many=pl.len())
    rows = counted.select(
        key=pl.lit("x"), day=pl.lit(DATA), first=pl.lit(DATA), by=pl.lit(VALUES),
        group=pl.col("n").cast(pl.Float64).cast(pl.String), numerator=pl.col("many").cast(pl.Float64),
    )  # fmt: skip
    mark = rows.head(1).select(
        "key", "day", "first", numerator=0.0, denominator=pl.lit(0, pl.Float64), value=0.0
    )
    found = _with_values(mark.lazy(), rows.lazy(), [one]).collect()
    measure = replace(STATED, statistic=statistic, of="n")
    (told,) = pl.DataFrame({"n": values}).select(value(measure).alias("value")).to_dicts()
    assert found["value"].to_list() == pytest.approx([told["value"]])
    assert found["denominator"].to_list() == [len(values)]


class Closed(dict):
    """Settings that nobody may look into."""

    def get(self, name, default=None):
        raise AssertionError(f"asked for the setting {name}")

    __getitem__ = __contains__ = get


def test_what_a_load_adds_up_follows_no_setting_and_nothing_of_the_office(told):
    """The frame would hold the figures of settings and of an office database that are others today."""

    def closed():
        raise AssertionError("asked the office")

    shut = replace(told, settings=Closed(), **dict.fromkeys(OFFICE, closed))
    days = frame([(DATA, DATA, DATA)])
    prepared = [family for family in families() if family.prepared]
    assert len(prepared) > 40
    for family in prepared:
        assert family.records(shut, days).collect_schema().names(), family.key


def test_a_day_that_is_not_in_the_frame_is_counted_from_the_rows(told):
    days, query = [date(2025, 8, 14)], Query("looked-after", "headline")
    found = series(told, query, ["cla_open"], days)
    assert found.equals(series(replace(told, month_figures=lambda: None), query, ["cla_open"], days))
    assert found["value"][0] > 0


def test_a_snapshot_of_before_opens_and_counts_from_the_rows(home, told):
    snapshot = open_current(home)
    del snapshot._files[NAME]
    assert month_figures(snapshot) is None
    older = replace(told, month_figures=lambda: month_figures(snapshot))
    report = catalogue.load("looked-after")
    query = Query("looked-after", "headline")
    assert run(report, older, query).rows.equals(run(report, told, query).rows)


def test_a_reader_of_some_children_neither_reads_it_nor_learns_of_the_others(home, tmp_path):
    home = shutil.copytree(home, tmp_path / "home", symlinks=True)
    people = (
        Person("boss", "administrator"),
        Person("jo", "front-line manager", teams=("Children in Care",)),
        Person("head", "senior manager", all=True),
    )
    access_list.write(home, Roster(people, (), ()))
    counted = {}
    for who in ("jo", "head"):
        identity.declare(Identity(who, forced=True))
        session = CommandSession(home, DATA)
        context = session.context()
        figures = series(context, Query("looked-after", "headline"), ["cla_open"], [DATA])
        counted[who] = figures["value"][0]
        listed = run(catalogue.load("looked-after"), context, Query("looked-after", "rows")).rows
        assert listed.height == counted[who]
        if who == "jo":
            assert context.month_figures() is None
            assert not session.snapshot.holds(NAME)
            with pytest.raises(DataError, match="of all children at once"):
                session.scan(NAME)
            assert listed["person_id"].is_in(session.snapshot.view.visible.implode()).all()
        else:
            assert isinstance(context.month_figures(), pl.LazyFrame)
        identity.forget()
    assert 0 < counted["jo"] < counted["head"]


@pytest.mark.parametrize(
    ("figure", "by"),
    [(figure, by) for declared in DECLARED for figure, by in declared.make_up],
    ids=str,
)
def test_the_picture_of_what_a_figure_is_made_of_has_all_of_it(told, figure, by):
    parts = drawn(figure, by, told, Query("x", by))
    frame = parts.beside["parts"].collect()
    dimension = family_of(figure).dimension(by)
    days = [year_before(DATA), DATA]
    groups = series(told, Query("x", "x"), [figure], days, dimension)
    if by == "age_and_sex":
        born = groups.filter((pl.col("day") == DATA) & (pl.col("age_band") != "Not born"))
        known = born.filter(pl.col("sex").is_in(["Male", "Female"]))
        assert frame["male"].sum() + frame["female"].sum() == known["numerator"].sum()
        ages = [AGE_BANDS.index(one) for one in frame["item"]]
        assert ages == sorted(ages, reverse=True)
        return
    for when, day in (("A year ago", days[0]), ("Now", days[1])):
        assert frame.filter(pl.col("when") == when)["value"].sum() == (
            groups.filter(pl.col("day") == day)["numerator"].sum()
        )
    assert frame["part"].n_unique() <= MOST
    assert not frame.select("when", "part").is_duplicated().any()
