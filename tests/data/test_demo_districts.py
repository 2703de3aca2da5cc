"""A demo authority of several districts: whole in itself, and no key of one is a key of another."""

from datetime import date

import polars as pl
import pytest

from data.demo import DemoSource, generate, restricted
from data.demo import districts as of_districts
from data.demo.authority import district_tables
from data.demo.dice import Dice
from data.demo.districts import districts
from data.demo.flaws import ORPHAN
from data.demo.people import population
from data.demo.staff import teams
from data.schema.tables import fields, key_of, names, polars_schema

AS_AT = date(2026, 11, 23)
SIZE, CHILDREN, SEED = 50, 200, 3

SHARED = {"pers_common_child_id": "pers_single_unique_id"}
"""The child's other number, the same on purpose."""

MEETINGS = ("icpc_icpc_meeting_id", "cppr_cp_review_meeting_id")
OF_A_CHILD = ("pers_legacy_id", "pers_upn", "pers_single_unique_id", "link_identifier_value")
OF_A_FAMILY = ("fami_family_id", "prep_plo_family_id")
OF_STAFF = ("prof_staff_id", "prof_social_worker_registration_no", "dept_team_name", "clae_cla_id")


@pytest.fixture(scope="module")
def made():
    """The tables of each district."""
    return [district_tables(each, SEED, AS_AT) for each in districts(CHILDREN, SIZE)]


@pytest.fixture(scope="module")
def whole(made):
    return {name: pl.concat(tables[name] for tables in made) for name in names()}


def shared_out(made, table, column):
    """Values of a column that stand in more than one district."""
    values = pl.concat(
        tables[table].select(pl.col(column).alias("value"), district=pl.lit(number)).drop_nulls().unique()
        for number, tables in enumerate(made)
    )
    return values.filter(pl.col("value").is_duplicated())["value"].unique().to_list()


def test_the_children_are_shared_out_evenly():
    assert [(each.number, each.children) for each in districts(7, 3)] == [(1, 2), (2, 2), (3, 3)]
    assert districts(3, 3) == [(0, 3)]
    assert sum(each.children for each in districts(1_234_567)) == 1_234_567
    assert max(each.children for each in districts(1_234_567)) <= of_districts.DISTRICT


def test_every_key_is_unique(whole):
    for name, frame in whole.items():
        assert frame[key_of(name)].is_unique().all(), name
        assert frame["source_row"].is_unique().all(), name
        assert dict(frame.schema) == polars_schema(name), name


def test_every_link_leads_to_a_row_of_the_same_district(made):
    for tables in made:
        for name in names():
            for field in fields(name):
                parent, _, key = field.foreign_key.partition(".")
                if not key:
                    continue
                links = tables[name].select(pl.col(field.name).alias(key)).drop_nulls()
                if key == "pers_person_id":
                    links = links.filter(~pl.col(key).str.contains(rf"^\d{{3}}0{ORPHAN}"))
                lost = links.join(tables[parent].select(key), on=key, how="anti")
                assert lost.is_empty(), (name, field.name, lost)


def test_no_number_of_one_district_is_one_of_another(made):
    for name in names():
        for field in fields(name):
            column = field.name
            its_own = column == key_of(name) or field.foreign_key
            if name != "version_log" and (
                its_own or column in (*MEETINGS, *OF_A_CHILD, *OF_A_FAMILY, *OF_STAFF, *SHARED)
            ):
                assert shared_out(made, name, column) == [], column


def test_numbers_stay_in_the_range_set_aside_for_a_district_of_the_largest_size():
    """So many numbers were set aside before the next district's begin."""
    largest = of_districts.District(0, of_districts.DISTRICT)
    children = sum(max(1, round(largest.children * group.share)) for group in population.GROUPS)
    assert children < of_districts.CHILDREN
    made = teams.departments(largest)
    assert len(made) + 20 < of_districts.TEAMS
    assert len(teams.staff(made, largest, Dice(1))) < of_districts.WORKERS


def test_districts_differ_and_the_authority_is_the_same_every_time(made, monkeypatch):
    names_of = [tables["person"]["pers_forename"].to_list()[:40] for tables in made]
    assert all(one != other for one, other in zip(names_of, names_of[1:], strict=False))
    monkeypatch.setattr(of_districts.districts, "__defaults__", (SIZE,))
    again = generate(CHILDREN, SEED, AS_AT)
    assert all(
        again[name].equals(pl.concat(tables[name] for tables in made)) for name in ("person", "cp_visits")
    )


def test_the_source_gives_the_same_rows_one_district_at_a_time(whole, monkeypatch):
    monkeypatch.setattr(of_districts.districts, "__defaults__", (SIZE,))
    source = DemoSource(CHILDREN, SEED, AS_AT)
    said = []
    batches = list(source.batches(lambda what, _done, _total: said.append(what)))
    assert [batch.table for batch in batches] == list(names()) * 4
    for name, frame in whole.items():
        assert pl.concat(batch.frame for batch in batches if batch.table == name).equals(frame), name
    assert {place.place: place.rows_in for place in source.places()} == {
        f"ssd_{name}": len(frame) for name, frame in whole.items()
    }
    assert said[-1] == "Making up the demo authority, district 4 of 4"
    first = {batch.table: batch.frame for batch in batches[: len(names())]}
    assert source.sealed().equals(restricted(first, SEED))
    assert not source.sealed().is_empty()


def test_sorted_by_child_the_districts_follow_one_another(whole, made):
    order = whole["person"]["pers_person_id"].sort().to_list()
    assert order == [
        child for tables in made for child in tables["person"]["pers_person_id"].sort().to_list()
    ]
