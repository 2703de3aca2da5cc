"""The draw: golden places and order, the same whatever the order of rows, every child counted once."""

import hashlib
import random

import polars as pl
import pytest

from fcl_tui.quality.sampling import SIBLING, allocation, checksum, draw, in_order, seed_of

PODS = [62, 58, 71, 55, 49, 66, 60, 53, 47, 70, 64, 59, 51, 68, 57, 61, 63, 12]


def test_golden_places_by_status():
    sizes = {"CIN": 520, "CP": 240, "LAC": 200, "CL": 66}
    assert allocation(sizes, 53) == {"CIN": 26, "CP": 12, "LAC": 11, "CL": 4}


def test_golden_places_by_pod():
    told = allocation({f"Pod {n:02}": size for n, size in enumerate(PODS)}, 53)
    assert [told[f"Pod {n:02}"] for n in range(18)] == [
        4 if n == 2 else 1 if n == 17 else 3 for n in range(18)
    ]
    assert sum(told.values()) == 53


def test_golden_order():
    ids = [f"P{n:04}" for n in range(1, 21)]
    assert in_order("2026-Q3|1", ids)[:5] == ["P0009", "P0012", "P0014", "P0011", "P0018"]


@pytest.mark.parametrize("seed", range(25))
def test_places_are_given_once_never_above_a_size_and_one_to_each(seed):
    dice = random.Random(seed)
    sizes = {f"s{n}": dice.randint(0, 40) for n in range(dice.randint(1, 30))}
    places = dice.randint(0, 80)
    told = allocation(sizes, places)
    assert sum(told.values()) == min(places, sum(sizes.values()))
    assert all(0 <= told[name] <= sizes[name] for name in told)
    assert all(name not in told for name in sizes if not sizes[name])
    if places >= sum(size > 0 for size in sizes.values()):
        assert all(told[name] for name in sizes if sizes[name])


def test_equal_remainders_go_to_the_larger_then_the_name():
    assert allocation({"b": 10, "a": 10}, 3) == {"b": 1, "a": 2}


def children(pods, families=(), reasons=()):
    rows = [
        {"person_id": f"{pod}{n:03}", "pod": pod, "stratum": pod, "status": "child_in_need", "worker": "W",
         "family": None, "reason": None}
        for pod, size in pods.items() for n in range(size)
    ]  # fmt: skip
    frame = pl.DataFrame(rows, schema_overrides={"family": pl.String, "reason": pl.String})
    for name, given in (("family", families), ("reason", reasons)):
        frame = frame.with_columns(pl.col("person_id").replace_strict(dict(given), default=None).alias(name))
    return frame.with_columns(pl.col("family", "reason").cast(pl.String))


def test_a_draw_takes_the_first_of_each_stratum_by_hash_and_then_reserves():
    frame = children({"A": 30, "B": 10})
    told = draw(frame, 8, "2026-27Q1|1")
    share = allocation({"A": 30, "B": 10}, 8)
    for pod, places in share.items():
        ids = frame.filter(pl.col("pod") == pod)["person_id"].to_list()
        order = sorted(ids, key=lambda one: hashlib.sha256(f"2026-27Q1|1\x1f{one}".encode()).hexdigest())
        mine = told.rows.filter(pl.col("stratum") == pod).sort("rank")
        assert mine["person_id"].to_list() == order
        assert mine["place"].to_list() == ["selected"] * places + ["reserve"] * (len(ids) - places)
        assert mine["rank"].to_list() == list(range(1, len(ids) + 1))


def test_the_order_of_rows_does_not_matter_and_the_seed_does():
    frame = children({"A": 30, "B": 10}, families={"A001": "f", "B002": "f"})
    one = draw(frame, 12, "2026-27Q1|1")
    other = draw(frame.sample(fraction=1, shuffle=True, seed=3), 12, "2026-27Q1|1")
    assert one.sha256 == other.sha256
    assert one.rows.equals(other.rows)
    assert draw(frame, 12, seed_of("2026-27Q1", 2)).sha256 != one.sha256
    assert checksum(one.rows.with_columns(pod=pl.lit("C"))) != one.sha256


@pytest.mark.parametrize("seed", range(12))
def test_one_child_a_family_and_every_child_counted_once(seed):
    dice = random.Random(seed)
    frame = children({"A": 20, "B": 12, "C": 1})
    families = {one: f"f{dice.randint(0, 9)}" for one in frame["person_id"] if dice.random() < 0.7}
    reasons = {one: "too new" for one in frame["person_id"] if dice.random() < 0.2}
    frame = children({"A": 20, "B": 12, "C": 1}, families, reasons)
    told = draw(frame, 12, f"x|{seed}")
    assert sorted(told.rows["person_id"]) == sorted(frame["person_id"])
    picked = told.rows.filter(pl.col("place") == "selected")["person_id"].to_list()
    drawn = [families[one] for one in picked if one in families]
    assert len(set(drawn)) == len(drawn)
    assert not set(picked) & set(reasons)
    free = {families.get(one, one) for one in frame["person_id"] if one not in reasons}
    assert told.selected == min(12, len(free)) or told.selected == len(picked) >= 10
    others = told.rows.filter(pl.col("reason") == SIBLING)["person_id"]
    assert all(families[one] in drawn for one in others)
    reserves = told.rows.filter(pl.col("place") == "reserve")["person_id"]
    assert not [one for one in reserves if families.get(one) in drawn]
    assert sum(told.excluded.values()) == told.rows.filter(pl.col("place") == "excluded").height


def test_fewer_children_than_places_are_all_drawn():
    told = draw(children({"A": 3, "B": 1}), 53, "x|1")
    assert told.selected == 4
    assert draw(children({"A": 1}).clear(), 53, "x|1").rows.is_empty()
