"""Front Door, Child Protection and Children in Need: from prepared figures and from rows, step by step."""

from collections import defaultdict
from dataclasses import replace
from datetime import date

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from fcl_tui.loading.month_figures import frames
from fcl_tui.reports.catalogue import load
from fcl_tui.reports.official import asked
from fcl_tui.reports.question.query import Query
from fcl_tui.reports.question.resolve import resolve
from fcl_tui.reports.run import run
from fcl_tui.reports.strategic import child_protection, children_in_need, front_door
from tests.asking import context
from tests.official.front_door_oracle import Random
from tests.reports.by_hand import Authority

DAY = date(2026, 3, 31)
DECLARED = {one.DECLARED.key: one.DECLARED for one in (front_door, child_protection, children_in_need)}
REPORTS = tuple(DECLARED)


@pytest.fixture(scope="module")
def told():
    rows = defaultdict(list)
    for number, day in enumerate((DAY, date(2025, 3, 31))):
        for table, more in Random(str(day), day, f"{number}-", 60).tables.items():
            rows[table] += more
    return context(Authority(**rows).scan, DAY)


@pytest.fixture(scope="module")
def prepared(told):
    kept = pl.concat(frames(told, pl.lit(value=True)))
    return replace(told, month_figures=kept.lazy)


def answered(report, known, view, **typed):
    declared = load(report)
    return run(declared, known, replace(resolve(declared, typed, known), view=view)).rows


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize("team", [None, "T1"])
def test_prepared_figures_are_those_of_the_rows(told, prepared, report, team):
    typed = {} if team is None else {"team": team}
    for view in load(report).views:
        ours = answered(report, told, view.key, **typed)
        assert_frame_equal(answered(report, prepared, view.key, **typed), ours)
        assert ours.height > 0 or view.key == "rows", view.key


def test_the_steps_are_the_official_funnel(told):
    rows = answered("front-door", told, "steps")
    days = {"from": date(2025, 4, 1), "to": DAY}
    those = [one for one in asked.official(["front_door_funnel"]) if one.key == "front_door_funnel"]
    funnel = asked.figures(those, told, Query("x", "x", days), None).collect()
    assert rows["value"].to_list() == funnel["value"].to_list()
    assert sum(rows["value"]) > 50
    first, second = rows.to_dicts()[:2]
    assert first["of_before"] is None
    assert second["of_before"] == pytest.approx(second["value"] / first["value"] * 100)


@pytest.mark.parametrize("report", REPORTS)
def test_what_a_view_is_made_up_of_adds_up_to_its_figure(told, report):
    declared = DECLARED[report]
    headline = {row["measure"]: row for row in answered(report, told, "headline").to_dicts()}
    for key, dimension in declared.make_up:
        view = dimension if key == declared.stock else f"{key}-{dimension}"
        rows = answered(report, told, view)
        assert rows[key].sum() == headline[key]["value"], view
        assert rows["year_ago"].sum() == headline[key]["year_ago"], view
        assert rows["share"].sum() == pytest.approx(100)


@pytest.mark.parametrize("report", ["child-protection", "children-in-need"])
def test_opening_net_and_other_are_the_closing(told, report):
    net = DECLARED[report].flow[-1]
    rows = answered(report, told, "flow")
    assert (rows["opening"] + rows[net] + rows["other"]).to_list() == rows["closing"].to_list()
    assert rows["opening"][0] == rows["closing"][1]


def test_a_list_behind_a_figure_has_what_it_counts_and_what_it_is_out_of(told):
    headline = {row["measure"]: row for row in answered("front-door", told, "headline").to_dicts()}
    for key in ("rereferral_pct", "assess_45wd", "contact_to_referral", "eh_step_up"):
        rows = answered("front-door", told, "rows", measure=key)
        assert rows.height == headline[key]["denominator"]
        assert rows["in_numerator"].sum() == headline[key]["numerator"]


@pytest.mark.parametrize(
    ("step", "as_at", "over"),
    [("month", DAY, True), ("quarter", DAY, True), ("year", DAY, True), ("month", date(2026, 3, 30), False),
     ("quarter", date(2026, 2, 28), False), ("year", date(2026, 3, 30), False)],
)  # fmt: skip
@pytest.mark.parametrize(("figure", "grows"), [("referrals", True), ("rereferral_pct", False)])
def test_a_count_of_what_is_not_over_is_told_but_not_drawn_as_a_fall(told, step, as_at, over, figure, grows):
    known, report = replace(told, as_at=as_at), load("front-door")
    query = replace(resolve(report, {"measure": figure}, known), view=f"each-{step}")
    found = run(report, known, query)
    assert found.rows["day"].max() == as_at
    drawn = found.beside["months"]["day"].to_list()
    assert (as_at in drawn) is (over or not grows)
    said = [one for one in found.left_out["reason"] if "not over yet" in one]
    assert len(said) == (0 if over else 1)
    assert all(("not drawn" in one) is grows for one in said)


def test_who_is_not_in_the_pyramid_is_counted_below_it(told):
    found = run(load("child-protection"), told, Query("child-protection", "age_and_sex"))
    sides = found.beside["parts"].select("male", "female").sum().row(0)
    apart = sum(row["count"] for row in found.left_out.to_dicts() if row["reason"].startswith("not drawn"))
    assert sum(sides) + apart == found.rows["cp_open"].sum()
    unborn, known = pl.col("age_band") == "Not born", pl.col("sex").is_in(["Male", "Female"])
    assert apart == found.rows.filter(unborn | ~known)["cp_open"].sum() > 0


@pytest.mark.parametrize(
    ("report", "view", "code", "words"),
    [
        ("front-door", "need", "N1 abuse or neglect", "Abuse or neglect"),
        ("child-protection", "category", "NEG neglect", "Neglect"),
        ("children-in-need", "cin_ended-reason", "RC7 ", "Services stopped for another reason"),
    ],
)
def test_people_read_words_where_files_and_scripts_have_the_code(told, report, view, code, words):
    rows = answered(report, told, view)
    declared = load(report).view(view)
    (by,) = declared.dimension.by
    shown = declared.columns[0].key
    assert any(value.startswith(code) for value in rows[by])
    assert words in rows[shown].to_list()
    assert not rows[shown].str.contains("^[A-Z]+[0-9]|^[A-Z]{3} ").any()
    drawn = run(load(report), told, replace(resolve(load(report), {}, told), view=view)).beside["parts"]
    assert words in drawn["part"].to_list()


def test_the_rows_behind_a_figure_say_their_codes_in_words(told):
    facts = answered("front-door", told, "rows")["facts"]
    assert facts.str.contains(r"source [A-Z][a-z]").any()
    assert not facts.str.contains(r"source \d").any()
