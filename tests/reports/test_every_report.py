"""What holds for every report that can be opened, because it follows from its declaration."""

import csv
import io
import json
import unicodedata
import zipfile
from dataclasses import replace
from datetime import date
from functools import cache

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from data import frames
from data.demo import DemoSource
from data.errors import DataError
from data.snapshots.reader import open_current
from fcl_tui.access.quality.demo import make_audits
from fcl_tui.cli.asking.session import CommandSession, answer
from fcl_tui.config.settings import read
from fcl_tui.export import content
from fcl_tui.loading.load import load as load_data
from fcl_tui.reports import catalogue
from fcl_tui.reports.answer import Answer
from fcl_tui.reports.measured.figures import in_numerator
from fcl_tui.reports.parameters.shared import ALL
from fcl_tui.reports.question.query import Drill
from fcl_tui.reports.question.resolve import resolve
from fcl_tui.reports.question.saved import state_of, values_of
from fcl_tui.reports.run import behind_drill, figure, into, parts_of, run
from fcl_tui.reports.spec import Breakdown, Listing
from tests.asking import ask, context
from tests.reports.by_hand import Authority, child, involved, referral

AS_AT = date(2026, 11, 23)
REPORTS = [entry.key for entry in catalogue.every()]
VIEWS = [(key, view.key) for key in REPORTS for view in catalogue.load(key).views]
BREAKDOWNS = [
    (key, view.key) for key in REPORTS for view in catalogue.load(key).views if isinstance(view, Breakdown)
]
WITHOUT_ANYONE = {"planner", "assessments", "missing-children"} | {one.key for one in catalogue.of_tier(4)}
"""Reports with rows of days, months or indicators, which are there without anyone"""
VALUES = {
    "from": date(2026, 1, 1), "to": date(2026, 6, 30), "kinds": "legal", "severity": "error", "marks": "mine",
    "source": "SSD", "rule": "no_worker",
}  # fmt: skip


def two_loads(home):
    """Two loads, so that what compares has something to compare with."""
    load_data(
        [DemoSource(children=90, seed=7, as_at=date(2026, 11, 20))],
        home,
        data_date=date(2026, 11, 20),
        demo=True,
    )
    load_data([DemoSource(children=90, seed=7, as_at=AS_AT)], home, data_date=AS_AT, demo=True, accept=True)
    (home / "settings.toml").write_text('name = "me"\naccess_log = true\n')
    make_audits(read(home), open_current(home), AS_AT, 7)


@pytest.fixture(scope="module")
def home(ready, tmp_path_factory):
    return ready.copy("every-report", two_loads, tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def session(home):
    return CommandSession(home, AS_AT)


@pytest.fixture(scope="module")
def person(session):
    return run(catalogue.load("client-overview"), session.context(), _query("client-overview", session)).rows[
        "person_id"
    ][0]


@pytest.fixture(scope="module")
def asked(session, person):
    """Each view is asked once, and its answer held to many things; every part of it is lazy until then."""
    made = {}

    def parts(*given):
        told = parts_of(*given)
        assert isinstance(told.rows, pl.LazyFrame)
        return told

    def ask_once(key, view=None):
        query = _query(key, session, view, **needed(key, person))
        if (key, query.view) not in made:
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr("fcl_tui.reports.run.parts_of", parts)
                made[key, query.view] = run(catalogue.load(key), session.context(), query)
        return made[key, query.view]

    return ask_once


@pytest.fixture(scope="module")
def answered(home, person):
    """What the command line is given, once for all kinds of file for which a report has nothing special."""
    made = {}

    def answer_once(key, kind="table"):
        if all(document.format != kind for document in catalogue.load(key).documents):
            kind = "table"
        if (key, kind) not in made:
            made[key, kind] = answer(home, key, needed(key, person), as_at=AS_AT, format_=kind)
        return made[key, kind]

    return answer_once


def _query(key, session, view=None, **typed):
    report = catalogue.load(key)
    query = resolve(report, typed, session.context())
    return query if view is None else query.__class__(query.report, view, query.values)


def needed(key, person):
    return {"client": person} if catalogue.load(key).of_one_child else {}


@pytest.mark.parametrize("key", REPORTS)
def test_the_declaration_hangs_together(key):
    report = catalogue.load(key)
    assert report.key == key
    assert catalogue.guidance(catalogue.report(key).guidance).startswith("# ")
    assert {parameter.name for parameter in report.parameters} <= {parameter.name for parameter in ALL}
    views = [view.key for view in report.views]
    assert len(set(views)) == len(views)
    for view in report.views:
        assert len({column.key for column in view.columns}) == len(view.columns)
        if isinstance(view, Breakdown):
            assert isinstance(report.view(view.listing), Listing)
            assert all(measure.definition.endswith(".") for measure in view.measures)
        assert {*(view.into if isinstance(view, Breakdown) else view.drills)} <= {*views}
    assert report.overdue_figure is None or any(
        measure.key == report.overdue_figure
        for view in report.views
        if isinstance(view, Breakdown)
        for measure in view.measures
    )


@pytest.mark.parametrize(("key", "view"), VIEWS)
def test_every_view_has_its_columns_and_a_key_to_each_row(asked, key, view):
    result = asked(key, view)
    optional = {*getattr(result.view, "optional", ())}
    assert {column.key for column in result.view.columns} - optional <= set(result.rows.columns)
    assert result.rows[result.view.row_key].is_unique().all()
    assert {"reason", "count", "what"} <= set(result.left_out.columns)
    assert isinstance(result.headline, str)


@pytest.fixture
def of_a_large_snapshot():
    """Reports are carried out as on a snapshot that does not fit into memory."""
    frames.use_engine("streaming")
    yield
    frames.use_engine("auto")


@pytest.mark.parametrize(("key", "view"), VIEWS)
def test_a_large_snapshot_in_any_order_is_answered_as_a_small_one_is(
    session, person, asked, of_a_large_snapshot, key, view
):
    if key == "access-log":
        return  # it grows by each question
    small, query = asked(key, view), _query(key, session, view, **needed(key, person))
    large = run(catalogue.load(key), in_another_order(session.context()), query)
    assert_frame_equal(*(one.rows.drop("row_key", strict=False) for one in (large, small)))
    alike(large.left_out, small.left_out)
    assert large.headline == small.headline
    assert {*large.beside} == {*small.beside}
    for name, frame in small.beside.items():
        alike(large.beside[name], frame)


def in_another_order(context):
    """The same rows as another source may hand them over: a list has an order of its own."""

    def scan(name):
        return context.scan(name).collect().sample(fraction=1, shuffle=True, seed=3).lazy()

    return replace(context, scan=scan)


def alike(frame, other):
    """Rows that no column tells apart may change places; `row_key` numbers them."""
    frames_ = [one.drop("row_key", strict=False) for one in (frame, other)]
    assert_frame_equal(*frames_, check_row_order=False)


@pytest.mark.parametrize("key", REPORTS)
def test_a_parameter_that_is_not_declared_is_refused_by_name(session, person, key):
    report = catalogue.load(key)
    declared = {parameter.name for parameter in report.parameters}
    for parameter in ALL:
        if parameter.name in declared:
            continue
        value = True if parameter.kind == "flag" else VALUES.get(parameter.name, "anything")
        with pytest.raises(DataError, match=f"{key} does not take --{parameter.name}"):
            resolve(report, needed(key, person) | {parameter.name: value}, session.context())


@pytest.mark.parametrize("key", REPORTS)
def test_a_name_that_is_not_there_is_refused_with_those_that_are(session, person, key):
    for parameter in catalogue.load(key).parameters:
        if parameter.kind in ("name", "choice"):
            with pytest.raises(DataError, match="There is no"):
                resolve(
                    catalogue.load(key),
                    needed(key, person) | {parameter.name: "Nobody At All"},
                    session.context(),
                )


def counted_once(report, view, told, query):
    """The report with the records of a view at hand: its figures are what is tried, not its records."""
    shown = report.breakdown(view)
    held = shown.records.rows(told, query).collect().lazy()
    counting = replace(shown, records=replace(shown.records, rows=lambda *_: held))
    return replace(report, views=tuple(counting if one.key == view else one for one in report.views))


@pytest.mark.parametrize(("key", "view"), BREAKDOWNS)
def test_every_figure_equals_the_rows_behind_it(session, asked, key, view):
    told, rows = session.context(), asked(key, view).rows
    report = counted_once(catalogue.load(key), view, told, _query(key, session, view))
    breakdown = report.breakdown(view)
    assert rows.height, "nothing is tested"
    for row in rows.sample(min(6, rows.height), seed=1).to_dicts():
        group = {name: row[name] for name in breakdown.dimension.by}
        for measure in breakdown.measures:
            if measure.key not in row:
                continue
            query = into(report, _query(key, session, view), Drill(view, measure.key, group))
            records = behind_drill(report, told, query).collect()
            match measure.statistic:
                case "count":
                    expected = records.height
                case "children":
                    expected = records[measure.of or "person_id"].drop_nulls().n_unique()
                case "families":
                    families = records[measure.of or "family_id"]
                    expected = families.drop_nulls().n_unique() + families.null_count()
                case "share":
                    upper = records.select(in_numerator(measure)).to_series()
                    expected = upper.mean() * 100 if records.height else None
                case "sum":
                    expected = records[measure.of].sum()
                case "largest":
                    expected = records[measure.of].max()
                case _:
                    continue
            if row[measure.key] is None and measure.key in ("new", "gone"):
                continue
            wanted = pytest.approx(expected) if isinstance(expected, float) else expected
            assert row[measure.key] == wanted, (group, measure.key)
            again = figure(report, told, _query(key, session, view), Drill(view, measure.key, group))
            assert again.value == row[measure.key] or again.value == pytest.approx(row[measure.key])


@pytest.mark.parametrize(("key", "view"), BREAKDOWNS)
def test_the_list_behind_a_figure_has_as_many_rows_as_the_figure_says(session, asked, key, view):
    report, told = catalogue.load(key), session.context()
    breakdown = report.breakdown(view)
    rows = asked(key, view).rows
    measure = next(one for one in breakdown.measures if one.statistic == "count" and rows[one.key].sum())
    row = rows.filter(pl.col(measure.key) > 0).to_dicts()[0]
    group = {name: row[name] for name in breakdown.dimension.by}
    listed = run(report, told, into(report, _query(key, session, view), Drill(view, measure.key, group)))
    assert listed.rows.height == row[measure.key]


@pytest.mark.parametrize("key", REPORTS)
def test_the_command_line_gives_the_rows_that_a_screen_asks_for(asked, answered, key):
    if key == "access-log":
        return  # a log grows by each question
    assert answered(key).rows.equals(asked(key).given)


@pytest.mark.parametrize("key", REPORTS)
def test_a_question_survives_being_saved_as_a_view(session, person, key):
    report, told = catalogue.load(key), session.context()
    typed = dict(needed(key, person))
    for parameter in report.parameters:
        if not parameter.saved:
            continue
        if parameter.kind == "flag":
            typed[parameter.name] = True
        elif parameter.kind == "name":
            typed[parameter.name] = parameter.names(
                told, _query(key, session, **needed(key, person))
            ).collect()["value"][0]
            break  # a worker of another team than the first is no worker of it
        elif parameter.name in VALUES:
            typed[parameter.name] = VALUES[parameter.name]
    query = resolve(report, typed, told)
    kept = json.loads(json.dumps({"view": state_of(report, query)}))
    assert resolve(report, needed(key, person) | values_of(report, kept), told) == query


@pytest.mark.parametrize("key", REPORTS)
@pytest.mark.parametrize("kind", ["table", "text", "csv", "json", "xlsx", "docx"])
def test_every_format(answered, key, kind):
    if key == "access-log":
        return  # read on the screen alone; fcl-tui audit list prints it
    found = answered(key, kind)
    body = content(found, kind)
    if kind == "json":
        assert len(json.loads(body)["rows"]) == found.rows.height
    elif kind == "csv":
        assert len(list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))) == found.rows.height + 1
    elif kind in ("xlsx", "docx"):
        assert zipfile.ZipFile(io.BytesIO(body)).testzip() is None
    else:
        assert f"as at {AS_AT:%d/%m/%Y}" in body.decode()


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("key", REPORTS)
def test_a_table_fits_the_terminal(answered, key, width):
    if key == "access-log":
        return
    told = content(answered(key), "table", width=width).decode()
    body = "" if catalogue.load(key).of_one_child else told.split("\n\n", 1)[1]
    assert max(map(len, body.split("\n"))) <= width


@pytest.fixture(scope="module")
def nobody():
    scan = Authority().scan
    return context(scan, previous=lambda: _earlier(scan))


@pytest.mark.parametrize(("key", "view"), VIEWS)
def test_an_authority_without_anyone(nobody, key, view):
    if key == "access-log" or catalogue.load(key).of_one_child:
        return
    told = nobody
    report = catalogue.load(key)
    query = resolve(report, {}, told)
    result = run(report, told, query.__class__(key, view, query.values))
    assert result.rows.height == 0 or key in WITHOUT_ANYONE or view == "official", (
        "days, months and figures are there without anyone"
    )


def _earlier(scan):
    from fcl_tui.reports.context import Earlier

    return Earlier(scan, date(2026, 3, 1))


NAME = "Zoe\x1b]52;c;QQ==\x07[red]\u202e\x9b31m"


@pytest.fixture(scope="module")
def hostile():
    """The answer of each report on a child, a worker and a team with such names, asked once."""
    scan = Authority(
        person=[child("1", NAME, "=HYPERLINK(1)")],
        cin_episodes=[referral("1", date(2025, 1, 6))],
        cin_assessments=[
            {
                "cina_person_id": "1",
                "cina_assessment_start_date": date(2025, 2, 3),
                "cina_assessment_team": NAME,
            }
        ],
        involvements=[involved("1", NAME, date(2025, 1, 6))],
    ).scan
    return cache(lambda key: ask(key, scan, known={"previous": lambda: _earlier(scan)}, **needed(key, "1")))


@pytest.mark.parametrize("key", REPORTS)
@pytest.mark.parametrize("kind", ["table", "text", "csv", "json"])
def test_a_hostile_name_acts_on_nobody(hostile, key, kind):
    if key == "access-log":
        return  # it holds no name
    result, entry = hostile(key), catalogue.report(key)
    told = content(
        Answer(
            key, entry.title, AS_AT, "1", AS_AT, result.given, shown=result.rows, table=result.columns,
            parameters={"team": NAME}, parts=dict(result.beside), left_out=result.left_out.to_dicts(),
        ),
        kind,
    ).decode("utf-8-sig")  # fmt: skip
    acting = {sign for sign in told if unicodedata.category(sign) in ("Cc", "Cf") and sign not in "\r\n\t"}
    assert not acting
    if kind == "csv":
        assert not any(
            one.startswith(("=", "+", "@")) for row in csv.reader(io.StringIO(told)) for one in row
        )
