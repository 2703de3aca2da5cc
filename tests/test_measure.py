"""`fcl-tui measure`: every figure that a report declares, by its key."""

import csv
import io
import json
import shutil
from datetime import date, datetime

import polars as pl
import pytest
from typer.testing import CliRunner

from data.demo import DemoSource
from data.errors import DataError
from data.office.access_log import AccessLog
from fcl_tui.access.readers import access_list as roster
from fcl_tui.access.readers.access_list import Person, Roster
from fcl_tui.access.readers.roles import FILE
from fcl_tui.cli.asking.measure import measured
from fcl_tui.cli.asking.session import CommandSession, answer
from fcl_tui.cli.main import app
from fcl_tui.config import identity
from fcl_tui.config.identity import Identity
from fcl_tui.export import content
from fcl_tui.loading.load import load as load_data
from fcl_tui.reports import catalogue
from fcl_tui.reports.measured.measure import SCHEMA, chosen, every, figures
from fcl_tui.reports.official.asked import official
from fcl_tui.reports.question.query import Query
from fcl_tui.reports.spec import Breakdown
from fcl_tui.reports.strategic.page_keys import parts
from fcl_tui.ssh.original import words
from tests.asking import context
from tests.reports.by_hand import AS_AT as DAY
from tests.reports.by_hand import Authority, episode

AS_AT = date(2026, 11, 23)
OFFICIAL = {one.key for one in official()}
NAMED = every((catalogue.load(entry.key) for entry in catalogue.every()), besides=OFFICIAL)
"""What the reports have besides the official figures, which `official` has"""


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    load_data([DemoSource(children=90, seed=7, as_at=AS_AT)], home, data_date=AS_AT, demo=True)
    (home / "settings.toml").write_text('name = "me"\naccess_log = true\n')
    return home


@pytest.fixture(autouse=True)
def nobody_known():
    yield
    identity.forget()


def test_every_measure_of_every_breakdown_is_there_and_under_one_key():
    declared = {
        (entry.key, measure.key)
        for entry in catalogue.every()
        for view in catalogue.load(entry.key).views
        if isinstance(view, Breakdown)
        for measure in view.measures
        if measure.key not in OFFICIAL
    }
    apart = {one.key for one in official()}
    declared = {one for one in declared if one[1] not in apart}
    assert {(one.report.key, one.measure.key) for one in NAMED} == declared
    keys = [one.key for one in NAMED]
    assert len(set(keys)) == len(keys)
    shared = {key for _, key in declared if sum(key == other for _, other in declared) > 1}
    assert {one.measure.key for one in NAMED if one.key != one.measure.key} == shared
    assert "caseload.children" in keys
    assert "assessments.percent_in_time" in keys


def test_a_key_with_its_report_always_does_and_the_bare_one_where_it_is_unique():
    assert chosen(["missing-children.away_episodes", "away_episodes"], NAMED) == chosen(
        ["away_episodes"], NAMED
    )
    with pytest.raises(DataError, match=r"Ask for one of: caseload\.children, data-quality\.children"):
        chosen(["children"], NAMED)
    with pytest.raises(DataError, match=r"Did you mean: .*percent_in_time"):
        chosen(["percent_in_tim"], NAMED)
    with pytest.raises(DataError, match="fcl-tui measure lists them"):
        chosen(["zzzzzz"], NAMED)


@pytest.mark.parametrize("key", sorted({one.report.key for one in NAMED}))
def test_every_figure_of_a_report_is_what_its_own_view_says(home, key):
    """By each dimension, for each measure that the view shows."""
    session = CommandSession(home, AS_AT)
    report, told = catalogue.load(key), session.context()
    views = [view for view in report.views if isinstance(view, Breakdown)]
    seen: set[tuple[str, str]] = set()
    for view in views:
        by = view.dimension.key
        of_report = [one for one in NAMED if one.report.key == key and by in one.dimensions]
        those = [one for one in of_report if one.breakdown(by) is view]
        rows = answer(home, key, {"by": view.key} if len(report.switchable) > 1 else {}, as_at=AS_AT).rows
        shown = rows.filter(pl.all_horizontal(pl.col(view.dimension.by).is_not_null()))
        asked = figures(those, told, Query(key, view.key), by).collect()
        for one in those:
            if one.measure.key not in shown.columns:
                continue
            seen.add((view.key, one.key))
            mine = asked.filter(pl.col("key") == one.key)["value"].drop_nulls().to_list()
            theirs = shown[one.measure.key].cast(pl.Float64).drop_nulls().to_list()
            assert sorted(filter(None, mine)) == pytest.approx(sorted(filter(None, theirs))), (
                view.key,
                one.key,
            )
    assert len(seen) >= len(views)


def test_all_together_is_the_same_number_whichever_breakdown_gives_it(home):
    told = CommandSession(home, AS_AT).context()
    for one in NAMED:
        values = {}
        for view in one.breakdowns:
            if view.dimension.where != "true":
                continue
            alone = type(one)(one.key, one.report, one.measure, (view,))
            query = Query(one.report.key, view.key)
            values[view.key] = figures([alone], told, query, None).collect()["value"][0]
        assert len(set(values.values())) <= 1, (one.key, values)


def test_the_rows_behind_add_up_to_the_figures(home):
    keys = [one.key for one in NAMED if one.measure.statistic in ("count", "share")]
    told = measured(home, keys, as_at=AS_AT).rows
    behind = measured(home, keys, as_at=AS_AT, rows=True).rows
    assert behind.columns[:3] == ["key", "person_id", "in_numerator"]
    for row in told.to_dicts():
        if row["value"] is None and row["denominator"] is None:
            continue
        mine = behind.filter(pl.col("key") == row["key"])
        assert mine["in_numerator"].sum() == row["numerator"], row["key"]
        assert mine.height == (row["numerator"] if row["denominator"] is None else row["denominator"]), row[
            "key"
        ]


def test_a_figure_is_what_stands_above_divided_by_what_stands_below(home):
    told = measured(home, [one.key for one in NAMED], as_at=AS_AT).rows
    assert dict(told.schema) == SCHEMA
    assert told["key"].to_list() == [one.key for one in NAMED]
    unit = {one.key: one.measure.statistic for one in NAMED}
    for row in told.to_dicts():
        if unit[row["key"]] in ("share", "mean") and row["denominator"]:
            times = 100 if unit[row["key"]] == "share" else 1
            assert row["value"] == pytest.approx(times * row["numerator"] / row["denominator"])


@pytest.mark.parametrize(
    ("key", "period"),
    [
        ("missing_now", "2026-11-23"),
        ("missing_episodes", "2026-01-01/2026-06-30"),
        ("missing_from_care", "2025-11-24/2026-11-23"),
    ],
)
def test_each_figure_says_its_period(home, key, period):
    typed = {"from": date(2026, 1, 1), "to": date(2026, 6, 30)}
    assert measured(home, [key], as_at=AS_AT, typed=typed).rows["period"].to_list() == [period]


def test_one_team_is_its_row_among_the_teams(home):
    teams = measured(home, ["caseload.children"], as_at=AS_AT, by="team").rows
    for group, value in teams.select("group", "value").rows():
        alone = measured(home, ["caseload.children"], as_at=AS_AT, typed={"team": group}).rows
        assert alone["value"].to_list() == [value]
    behind = measured(home, ["caseload.children"], as_at=AS_AT, by="team", rows=True).rows
    assert dict(behind["group"].value_counts().rows()) == dict(teams.select("group", "value").rows())


def test_what_the_source_cannot_give_is_blank_and_said():
    those = [one for one in NAMED if one.report.key == "missing-children"]
    scan = Authority(none_of=("missing",)).scan
    told = figures(those, context(scan, DAY), Query("missing-children", "team"), None).collect()
    assert told["value"].null_count() == told.height == len(those)
    assert told["numerator"].null_count() == told.height


def test_a_comparison_with_nothing_is_blank_and_said(home):
    found = measured(home, ["new", "points"], as_at=AS_AT)
    assert found.rows["value"].to_list() == [None, None]
    said = [line["reason"] for line in found.left_out]
    assert "new: nothing earlier to compare with" in said
    assert "points: no caseload_points in settings.toml" in said


def run(*words_):
    return CliRunner().invoke(app, [*map(str, words_)])


def test_json_is_one_object(home):
    result = run("measure", "assessments.percent_in_time", "caseload.children", "--by", "team",
                 "--home", home, "--as-at", AS_AT, "--format", "json")  # fmt: skip
    told = json.loads(result.stdout)
    assert set(told) == {"report", "as_at", "snapshot", "parameters", "columns", "rows", "left_out"}
    assert told["report"] == "measure"
    assert told["columns"] == list(SCHEMA)
    assert told["parameters"] == {"measures": "assessments.percent_in_time, caseload.children", "by": "team"}
    assert {row["unit"] for row in told["rows"]} == {"per cent", "children"}


@pytest.mark.parametrize("kind", ["table", "text", "csv", "json"])
def test_every_format(home, kind):
    for found in (measured(home, []), measured(home, ["missing_episodes"], rows=True),
                  measured(home, ["missing_episodes", "visits.percent_in_time"], by="team")):  # fmt: skip
        body = content(found, kind).decode("utf-8-sig")
        assert body
        if kind == "csv":
            assert len(list(csv.reader(io.StringIO(body)))) == found.rows.height + 1


def test_without_a_key_the_measures_are_listed_with_their_definitions(home):
    result = run("measure", "--home", home, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    known = (*official(), *parts(), *NAMED)
    assert [row["key"] for row in rows] == [one.key for one in known]
    assert all(row["definition"].endswith(".") and row["window"] and row["by"] for row in rows)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (["percent"], "Did you mean: assessments.percent_in_time"),
        (["assessments.percent_in_time", "--by", "moon"], "It can be had by: team, worker, month"),
        (["assessments.percent_in_time", "--team", "Nobody At All"], "There is no team 'Nobody At All'"),
        (["--by", "team"], "say of which measure"),
        (["assessments.percent_in_time", "--from", "2026-06-01", "--to", "2026-05-01"], "before it begins"),
        (["issues", "--from", "2026-06-01"], "data-quality does not take --from"),
        (["assessments.percent_in_time", "--format", "pdf"], "no format"),
    ],
)
def test_what_cannot_be_answered_is_refused_in_a_sentence(home, asked, told, monkeypatch):
    result = CliRunner().invoke(app, ["measure", *asked, "--home", str(home), "--as-at", str(AS_AT)])
    assert isinstance(result.exception, DataError)
    assert told in str(result.exception)


def test_a_report_that_is_not_for_the_role_gives_no_figure_and_is_not_listed(home, tmp_path):
    home = shutil.copytree(home, tmp_path / "home", symlinks=True)
    people = (Person("boss", "administrator"), Person("jo", "social worker", all=True))
    roster.write(home, Roster(people, (), ()))
    try:
        identity.declare(Identity("jo", forced=True))
        with pytest.raises(DataError, match="Caseload is not for a social worker"):
            measured(home, ["issues", "caseload.children"], as_at=AS_AT)
        assert set(measured(home, [], as_at=AS_AT).rows["report"]) == {
            "audits",
            "data-quality",
            "fostering-overview",
        }
        assert measured(home, ["issues"], as_at=AS_AT).rows.height == 1
    finally:
        (home / FILE).unlink()


def test_each_question_is_in_the_access_log(home):
    measured(home, ["missing_episodes"], as_at=AS_AT, by="team", rows=True)
    newest = AccessLog(home, None).rows().sort("seq").to_dicts()[-1]
    assert (newest["report"], newest["action"]) == ("measure", "printed")
    assert "missing_episodes" in newest["detail"]


def test_over_ssh_with_the_same_options_but_for_files():
    assert words("measure completed --by team --from 2026-01-01 --rows --format json")[0] == "measure"
    for wrong in ("measure completed -o x", "measure completed --home /", "measure --output=x"):
        with pytest.raises(DataError):
            words(wrong)


def test_records_that_a_dimension_leaves_out_are_in_none_of_its_groups():
    """By placement are the looked-after children's episodes alone; all together are everybody's."""
    gone = [
        {"miss_person_id": who, "miss_missing_episode_start_date": datetime(2026, 3, 1, 9),
         "miss_missing_episode_type": "A", "miss_missing_episode_end_date": datetime(2026, 3, 1, 12)}
        for who in ("1", "2")
    ]  # fmt: skip
    scan = Authority(missing=gone, cla_episodes=[episode("1", date(2025, 1, 6))]).scan
    those = chosen(["away_episodes"], NAMED)
    query = Query("missing-children", "team")
    by_place = figures(those, context(scan, DAY), query, "placement").collect()
    assert by_place.select("group", "value").rows() == [("Not recorded", 1.0)]
    together = figures(those, context(scan, DAY), query, None).collect()
    assert together.select("group", "value").rows() == [(None, 2.0)]
