"""Checks over whole tables, at the days where they change."""

from datetime import date, timedelta

import polars as pl
import pytest

from data.checks.run import best_coverage, checks, first_year
from data.issues.model import COLUMNS
from data.schema.tables import fields, names, polars_schema
from data.sources.base import coverage_schema

DAY = date(2025, 6, 1)
CHILD = {"pers_person_id": "1", "pers_dob": date(2015, 3, 3)}


def problems(**tables):
    """The rules broken by a few rows, each with the row and column it names."""

    def scan(name):
        rows = [
            {"source": "s", "source_row": f"{name}/{n}"} | row for n, row in enumerate(tables.get(name, ()))
        ]
        return pl.LazyFrame(rows, schema=polars_schema(name))

    found = list(checks(scan, DAY))
    assert {tuple(frame.columns) for frame in found} == {COLUMNS}
    return [row[:3] for row in pl.concat(found).select("rule", "row", "column", "value").rows()]


def test_tidy_tables_have_no_problems():
    assert problems(person=[CHILD]) == []
    assert problems() == []


@pytest.mark.parametrize(
    ("start", "end", "wrong"),
    [
        (date(2024, 5, 2), date(2024, 5, 1), True),
        (date(2024, 5, 1), date(2024, 5, 1), False),
        (date(2024, 5, 1), None, False),
    ],
)
def test_an_end_before_its_start(start, end, wrong):
    plan = {"cppl_person_id": "1", "cppl_cp_plan_start_date": start, "cppl_cp_plan_end_date": end}
    expected = [("end_before_start", "cp_plans/0", "cppl_cp_plan_end_date")] if wrong else []
    assert problems(person=[CHILD], cp_plans=[plan]) == expected


def test_what_happened_cannot_lie_ahead_but_what_is_planned_may():
    visits = [{"cppv_person_id": "1", "cppv_cp_visit_date": day} for day in (DAY, date(2025, 6, 2))]
    review = {"cppr_person_id": "1", "cppr_cp_review_due": date(2026, 1, 1)}
    leaver = {"clea_person_id": "1", "clea_pathway_plan_review_date": date(2026, 1, 1)}
    expected = [("future_date", "cp_visits/1", "cppv_cp_visit_date")]
    assert problems(person=[CHILD], cp_visits=visits, cp_reviews=[review], care_leavers=[leaver]) == expected


def test_care_before_birth_is_wrong_and_a_plan_for_an_unborn_child_is_not():
    early, birth = date(2015, 3, 2), date(2015, 3, 3)
    episodes = [{"clae_person_id": "1", "clae_cla_episode_start_date": day} for day in (early, birth)]
    plan = {"cppl_person_id": "1", "cppl_cp_plan_start_date": early}
    expected = [("before_birth", "cla_episodes/0", "clae_cla_episode_start_date")]
    assert problems(person=[CHILD], cla_episodes=episodes, cp_plans=[plan]) == expected


def test_an_expected_birth_date_is_enough():
    unborn = {"pers_person_id": "2", "pers_expected_dob": date(2025, 9, 1)}
    nobody = {"pers_person_id": "3"}
    assert problems(person=[CHILD, unborn, nobody]) == [("no_birth_date", "person/2", "pers_dob")]


@pytest.mark.parametrize(
    ("referral", "ended", "wrong"),
    [
        ({}, date(2025, 6, 1), True),
        ({}, date(2025, 6, 2), False),
        ({}, None, False),
        ({"cine_close_date": date(2025, 6, 1)}, date(2025, 1, 1), False),
        ({"cine_close_date": date(2025, 6, 2)}, date(2025, 1, 1), True),
        ({"cine_referral_nfa": "Y"}, date(2025, 1, 1), False),
        ({"cine_referral_date": date(2025, 6, 2)}, date(2025, 1, 1), False),
    ],
)
def test_an_open_referral_needs_a_worker_on_the_day(referral, ended, wrong):
    case = {"cine_person_id": "1", "cine_referral_date": date(2025, 1, 1)} | referral
    work = {"invo_person_id": "1", "invo_professional_id": "W1", "invo_professional_team": "T1",
            "invo_involvement_end_date": ended}  # fmt: skip
    found = [rule for rule, _, _ in problems(person=[CHILD], cin_episodes=[case], involvements=[work])]
    assert ("no_worker" in found) is wrong
    assert "no_worker" not in [rule for rule, _, _ in problems(person=[CHILD], cin_episodes=[case])]


def test_workers_and_teams_nobody_has_heard_of_are_told_once_each():
    cases = [{"cine_person_id": "1", "cine_referral_worker_id": "W9", "cine_referral_team": "Pod 1"}] * 3
    known = {
        "professionals": [{"prof_professional_id": "W1"}],
        "department": [{"dept_team_id": "T", "dept_team_name": "Pod 2"}],
    }
    assert problems(person=[CHILD], cin_episodes=cases, **known) == [
        ("unknown_team", "cin_episodes/0", "cine_referral_team"),
        ("unknown_worker", "cin_episodes/0", "cine_referral_worker_id"),
    ]
    assert problems(person=[CHILD], cin_episodes=cases) == []


def test_every_table_with_a_child_is_checked_for_strangers():
    for table in names():
        person = next(
            (field.name for field in fields(table) if field.foreign_key == "person.pers_person_id"), None
        )
        if person is not None:
            assert ("orphan", f"{table}/0", person) in problems(
                person=[CHILD], **{table: [{person: "99"}]}
            ), table


def test_the_best_source_of_a_table_is_what_is_said_of_it():
    def said(coverage, latest, note):
        return pl.DataFrame([("person", coverage, latest, "", note)], schema=coverage_schema(), orient="row")

    def best(*frames):
        return best_coverage(frames).filter(table="person")["note"].item()

    assert best(said("partial", False, "a"), said("full", True, "b")) == "b"
    assert best(said("partial", True, "a"), said("partial", False, "b")) == "b"
    assert best(said("full", False, "a"), said("full", False, "b")) == "a"
    rest = best_coverage([said("full", False, "a")]).filter(pl.col("table") != "person")
    assert rest.height == len(names()) - 1
    assert set(rest["coverage"]) == {"none"}


def test_the_first_year_is_of_what_happened_not_of_births():
    def scan(name):
        rows = {"person": [CHILD], "contacts": [{"cont_contact_date": date(2019, 1, 1)}]}.get(name, [])
        return pl.LazyFrame(rows, schema=polars_schema(name))

    assert first_year(scan, DAY) == 2019
    assert first_year(lambda name: pl.LazyFrame(schema=polars_schema(name)), DAY) == 2025


@pytest.mark.parametrize(("before", "wrong"), [(43 * 7 + 1, True), (43 * 7, False), (0, False), (-1, False)])
def test_an_unborn_child_is_known_of_no_longer_than_a_pregnancy(before, wrong):
    """A referral and a plan may come before a birth, not a year before."""
    early = CHILD["pers_dob"] - timedelta(days=before)
    rows = {
        "cin_episodes": [{"cine_person_id": "1", "cine_referral_date": early}],
        "early_help_episodes": [{"earl_person_id": "1", "earl_episode_start_date": early}],
    }
    expected = [("before_pregnancy", "cin_episodes/0", "cine_referral_date")] if wrong else []
    assert problems(person=[CHILD], **rows) == expected
