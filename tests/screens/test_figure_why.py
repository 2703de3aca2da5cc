"""w on every figure of every strategic report: its definition, over what, its source, comparators' years."""

import asyncio
import re
from datetime import date
from types import SimpleNamespace

import pytest

from data.demo import DemoSource
from fcl_tui.cli.asking.session import CommandSession
from fcl_tui.cli.demo.made import _compare
from fcl_tui.loading.load import load
from fcl_tui.reports import catalogue
from fcl_tui.reports.official.registry import family_of
from fcl_tui.reports.question.query import Drill, Query
from fcl_tui.reports.run import run
from fcl_tui.reports.spec import Breakdown, Row
from fcl_tui.reports.strategic.views.published import WHO
from screens.report.why.figure import FigureWhy

DATA = date(2026, 11, 27)
STRATEGIC = (
    "looked-after", "front-door", "child-protection", "children-in-need", "care-leavers", "monthly-highlight",
    "chat",
)  # fmt: skip
VIEWS = [
    (key, view.key)
    for key in STRATEGIC
    for view in catalogue.load(key).views
    if view.row in (Row.FIGURE, Row.GROUP) and not (key == "chat" and view.key == "all")
]


@pytest.fixture(scope="module")
def context(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    load([DemoSource(children=150, seed=7, as_at=DATA)], home, data_date=DATA, demo=True)
    _compare(home, 150, DATA)
    return CommandSession(home, DATA).context()


class Screen:
    """Keeps what would be shown; takes one choice of a menu."""

    session = SimpleNamespace(as_at=DATA)

    def __init__(self):
        self.told, self.menus = [], []

    def show(self, reader):
        self.told.append(
            [line if isinstance(line, str) else f"{line.lead}{line.text}" for line in reader._lines]
        )

    def ask(self, menu, then):
        self.menus.append((menu, then))


def says(lines, measure):
    """The lines by what stands before them, once the definition is found to be one of them."""
    assert measure.label in lines[0]
    assert measure.definition in lines[1]
    assert len(measure.definition) > 20
    named = {line[:11].strip(): line[11:] for line in lines}
    assert re.search(r"\d\d/\d\d/\d{4}", named["When"]), lines
    assert named["Source"].strip(), lines
    assert named["Key"] == measure.key
    return named


@pytest.mark.parametrize(("key", "view"), VIEWS, ids=["/".join(one) for one in VIEWS])
def test_every_figure_says_what_it_is_and_of_which_year_its_comparators_are(context, key, view):
    report = catalogue.load(key)
    declared = report.view(view)
    query = Query(key, view)
    result = run(report, context, query)
    rows = result.rows.to_dicts()
    assert rows or view == "disability"
    screen = Screen()
    why = FigureWhy(screen, None, lambda: context)
    if isinstance(declared, Breakdown):
        for measure in declared.measures:
            group = {name: rows[0][name] for name in declared.dimension.by}
            asyncio.run(why._show(report, query, measure, Drill(view, measure.key, group, "")))
            says(screen.told[-1], measure)
        why.of_row(report, query, declared, rows[0])
        assert {choice.key for choice in screen.menus[-1][0]._choices} <= {
            one.key for one in declared.measures
        }
    elif declared.figures:
        counted = set()
        for row in rows:
            why.of_figures(declared, row)
            menu, then = screen.menus[-1]
            for choice in menu._choices:
                then(choice.key)
                named = says(screen.told[-1], family_of(choice.key).measure(choice.key))
                counted.add(choice.key)
                assert named["Value"].strip()
        assert counted == {one for one in declared.figures if result.rows[one].drop_nulls().len()}
    else:
        compared = 0
        for row in rows:
            if row["measure"] is None:
                why.of_group(declared, row)
                assert len(row["counts"]) > 20
                assert any(row["counts"] in line for line in screen.told[-1])
                continue
            why.of_figure(row)
            named = says(screen.told[-1], family_of(row["measure"]).measure(row["measure"]))
            beside = (row.get(f"{name}_shown", row.get(name)) for name in WHO)
            for text in (one for one in beside if one is not None):
                compared += 1
                year = re.search(r"\((\d{4})\)$", text)
                assert year is not None, text
                assert f"({year[1]})" in named["Beside"], row["measure"]
            if family_of(row["measure"]).measure(row["measure"]).statistic == "rate":
                assert "mid-20" in named["Population"], row["measure"]
        if view in ("headline", "page"):
            assert compared >= 2


OVER_TIME = ("months", "each-month", "each-quarter", "each-year")


def one_of_each(key):
    """A figure of each kind of the report: another statistic, another window; and one that is published."""
    report = catalogue.load(key)
    figures = next(one.options for one in report.parameters if one.name == "measure")
    kinds = {}
    for figure in figures:
        measure = family_of(figure.value).measure(figure.value)
        kinds.setdefault((measure.statistic, measure.window, measure.key == "cl_eet_19_21"), measure)
    return list(kinds.values())


@pytest.mark.parametrize("key", STRATEGIC[:5])
def test_every_kind_of_figure_says_so_of_each_month_quarter_and_year(context, key):
    report, screen = catalogue.load(key), Screen()
    why, compared = FigureWhy(screen, None, lambda: context), 0
    for measure in one_of_each(key):
        for view in OVER_TIME:
            for row in run(report, context, Query(key, view, {"measure": measure.key})).rows.to_dicts():
                why.of_figure(row)
                named = says(screen.told[-1], measure)
                assert f"{row['last']:%d/%m/%Y}" in named["When"], view
                assert f"{row['first']:%d/%m/%Y}" in named["When"], view
                if view != "months" and measure.window == "period":
                    assert (row["last"] - row["first"]).days <= {"month": 30, "quarter": 91, "year": 365}[
                        view.removeprefix("each-")
                    ]
                years = re.findall(r"\((\d{4})\)", named.get("Beside", ""))
                compared += len(years)
                # published by then: the year to 31 March that had ended on the day
                assert all(date(int(year), 3, 31) <= row["last"] for year in years), (
                    measure.key,
                    row["last"],
                )
                if measure.statistic == "rate":
                    assert "mid-20" in named["Population"], measure.key
    assert compared > 0
