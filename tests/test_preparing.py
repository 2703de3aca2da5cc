"""Prepared frames made some children at a time say what they say when made at once, whatever the data."""

from datetime import date

import polars as pl
import pytest

import data.partition
from data.demo import generate
from data.schema import tables
from data.snapshots.writer import staging
from fcl_tui.definitions.days.calendar import Calendar
from fcl_tui.loading import prepare as preparing
from fcl_tui.loading.prepare import write_prepared
from fcl_tui.prepared.prepare import NAMES, prepared
from fcl_tui.timescales.rulebook.packaged import load_rules

AS_AT = date(2026, 3, 31)
CALENDAR = Calendar.england(2000, 2036)
ASTRAY = (
    ("cp_visits", "cppv_cp_plan_id"),
    ("cp_reviews", "cppr_cp_plan_id"),
    ("cin_assessments", "cina_referral_id"),
    ("s47_enquiry", "s47e_referral_id"),
    ("initial_cp_conference", "icpc_s47_enquiry_id"),
    ("cla_visits", "clav_cla_id"),
    ("cla_reviews", "clar_cla_id"),
    ("cla_placement", "clap_cla_id"),
    ("permanence", "perm_cla_id"),
    ("assessment_factors", "cinf_assessment_id"),
)
"""Links that are made to lead to rows of other children, and rows that are made to name no child."""


def coverage():
    count = len(tables.names())
    return pl.LazyFrame(
        {
            "table": list(tables.names()),
            "coverage": ["full"] * count,
            "latest_only": [False] * count,
            "missing_columns": [""] * count,
            "note": [""] * count,
        }
    )


def every(n, step):
    return pl.int_range(pl.len()) % n == step


@pytest.fixture(scope="module")
def astray():
    """An authority where one link in five leads astray, some rows name no child, and numbers are shared."""
    made = generate(40, 7, AS_AT)
    for table, link in ASTRAY:
        person = tables.person_of(table)
        moved = made[table].with_columns(pl.when(every(5, 1)).then(pl.col(link).shift(7)).otherwise(link))
        if person:
            moved = moved.with_columns(pl.when(every(7, 3)).then(None).otherwise(person).alias(person))
        made[table] = moved
    for table, number in (("s47_enquiry", "s47e_s47_enquiry_id"), ("cla_episodes", "clae_cla_id")):
        made[table] = made[table].with_columns(
            pl.when(every(6, 2)).then(pl.col(number).shift(9)).otherwise(number).alias(number)
        )
    return {name: frame.sort(tables.person_of(name) or tables.key_of(name)) for name, frame in made.items()}


def written(home, frames):
    def scan(name):
        return coverage() if name == "coverage" else frames[name].lazy()

    def make(some):
        return prepared(some, load_rules(), CALENDAR)

    rows = {name: len(frame) for name, frame in frames.items()}
    said = []
    with staging(home) as place:
        paths = write_prepared(place, scan, make, rows, lambda what, _done, _total: said.append(what))
        assert tuple(sorted(paths)) == tuple(sorted(NAMES))
        return {name: pl.read_parquet(path) for name, path in paths.items()}, said


@pytest.mark.parametrize("parts", [3, 11])
def test_frames_made_in_parts_are_the_same(tmp_path, astray, monkeypatch, parts):
    whole, said = written(tmp_path / "whole", astray)
    assert not any("part" in what for what in said)
    rows = sum(len(frame) for frame in astray.values())
    monkeypatch.setattr(data.partition, "PART", rows // parts // 2)
    if parts == 3:  # nor does it matter what carries out the queries
        monkeypatch.setattr(preparing, "ENGINE", "streaming")
    some, said = written(tmp_path / "parts", astray)
    assert sum("part" in what for what in said) >= parts
    for name, frame in whole.items():
        assert some[name].equals(frame), name
        assert len(frame) > 0, name


def test_a_mother_s_child_is_known_in_its_own_part(tmp_path, monkeypatch):
    """Whoever is named only as the child of a mother is a person too."""
    frames = {name: pl.DataFrame(schema=tables.polars_schema(name)) for name in tables.names()}
    row = {"moth_table_id": "1", "moth_person_id": "a", "moth_childs_person_id": "z"}
    frames["mother"] = pl.DataFrame([row], schema=tables.polars_schema("mother"))
    people = [{"pers_person_id": number} for number in "abcdefg"]
    frames["person"] = pl.DataFrame(people, schema=tables.polars_schema("person"))
    monkeypatch.setattr(data.partition, "PART", 1)
    some, _ = written(tmp_path, frames)
    assert some["people"]["person_id"].to_list() == [*"abcdefg", "z"]
