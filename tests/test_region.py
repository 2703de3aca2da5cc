"""A region: figures of several authorities where their snapshots are, on this computer and by Ray."""

import json
import os
import subprocess
import sys

import pytest

from fcl_tui.records.region import TOTAL
from tests.test_cli import run as command

KEYS = ("cin_open", "cla_open", "assess_45wd", "assess_median")
DAY = ("--as-at", "2026-03-31")


@pytest.fixture(scope="module")
def homes(tmp_path_factory, ready):
    folder = tmp_path_factory.mktemp("region")
    return {
        name: ready.demonstrated(60, seed, None, folder / name)
        for seed, name in enumerate(("East", "West"), 3)
    }


def asked(capfdbinary, *more):
    code, out, err = command(capfdbinary, "region", "measure", *KEYS, *DAY, *more, "--format", "json")
    return code, json.loads(out) if code == 0 else err


def places(homes):
    return [word for name, home in homes.items() for word in ("--from", f"{name}={home}")]


def alone(capfdbinary, home):
    code, out, err = command(capfdbinary, "measure", *KEYS, *DAY, "--home", home, "--format", "json")
    assert code == 0, err
    return {row["key"]: row for row in json.loads(out)["rows"]}


def test_each_authority_says_what_it_says_alone(homes, capfdbinary):
    code, told = asked(capfdbinary, *places(homes), "--by", "authority")
    assert code == 0
    assert told["left_out"] == []
    rows = {(row["key"], row["authority"]): row for row in told["rows"]}
    theirs = {name: alone(capfdbinary, home) for name, home in homes.items()}
    assert set(rows) == {(key, name) for key in KEYS for name in (TOTAL, *homes)}
    for (key, name), row in rows.items():
        if name == TOTAL:
            continue
        if not row["held_back"]:
            assert row["value"] == theirs[name][key]["value"]
    open_ = [theirs[name]["cin_open"]["value"] for name in homes]
    assert rows["cin_open", TOTAL]["value"] == sum(open_)
    assert rows["cin_open", TOTAL]["authorities"] == 2
    assert rows["assess_median", TOTAL]["value"] is None


def test_one_that_cannot_answer_is_named_and_left_out(homes, tmp_path, capfdbinary):
    code, told = asked(capfdbinary, *places(homes), "--from", str(tmp_path / "nowhere"))
    assert code == 0
    (left,) = told["left_out"]
    assert (left["count"], left["what"]) == (1, "authority")
    assert left["reason"].startswith("nowhere: ")
    assert {row["authorities"] for row in told["rows"]} <= {0, 1, 2}


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--from", "/nowhere/at/all"], "No authority answered"),
        (["--from", "A=/nowhere", "--by", "team"], "by authority"),
        (["--from", "A=/nowhere", "--engine", "abacus"], "There are: local, ray"),
        (["--from", "A=/nowhere", "--address", "127.0.0.1:1"], "--engine ray"),
        (["--from", "A=/nowhere", "--engine", "ray"], "--address" if "ray" in sys.modules else ""),
    ],
)
def test_what_cannot_be_asked_is_one_sentence(more, said, capfdbinary):
    code, err = asked(capfdbinary, *more)
    assert code == 1
    assert said in err
    assert "Traceback" not in err


def test_what_a_region_gives_can_stand_beside_our_own_figures(homes, capfdbinary, tmp_path):
    file = tmp_path / "region.csv"
    words = ["region", "measure", *KEYS, *DAY, *places(homes), "--format", "csv", "-o", file]
    assert command(capfdbinary, *words)[0] == 0
    home = homes["East"]
    code, out, err = command(capfdbinary, "benchmarks", "load", file, "--home", home)
    assert code == 0, err
    shown = ["benchmarks", "show", "--key", "assess_45wd", "--home", home, "--format", "json"]
    rows = json.loads(command(capfdbinary, *shown)[1])["rows"]
    (row,) = (one for one in rows if one["area_code"] == "region:measured")
    _, together = asked(capfdbinary, *places(homes))
    total = next(one for one in together["rows"] if one["key"] == "assess_45wd")
    assert row["value"] == pytest.approx(total["value"], abs=0.05)
    assert (row["area_name"], row["period"]) == ("Region (2 authorities)", "2026-03-31")
    assert row["source"].startswith("region.csv: 2 authorities together, as at 31/03/2026")
    report = ["report", "front-door", "--home", home, *DAY, "--format", "json"]
    code, out, err = command(capfdbinary, *report)
    assert code == 0, err
    shown_there = [one["region"] for one in json.loads(out)["rows"]]
    assert f"{round(total['value'], 1):g}% (Mar 2026)" in shown_there


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("assess_45wd,All together,,2025-04-01/2026-03-31,1,2,lots,%,,,2,false", "column value: 'lots'"),
        ("assess_45wd,All together,,March,1,2,50,%,,,2,false", "column period: 'March'"),
        ("assess_45wd,All together,,2026-02-28,1,2,50,%,,,2,false", "figures of 2 days"),
        ("cla_rate,All together,,2026-03-31,1,2,50,%,,,2,false", "a key twice"),
    ],
)
def test_a_file_of_a_region_that_is_not_in_order_is_told_by_its_cell(cell, said, tmp_path, capfdbinary):
    head = "key,authority,group,period,numerator,denominator,value,unit,rank,ranked,authorities,held_back"
    file = tmp_path / "region.csv"
    file.write_text(f"{head}\ncla_rate,All together,,2026-03-31,1,2,50,rate,,,2,false\n{cell}\n")
    code, _, err = command(capfdbinary, "benchmarks", "load", file, "--home", tmp_path)
    assert code == 1
    assert said in err


def test_two_of_one_name_are_refused(homes, capfdbinary):
    home = next(iter(homes.values()))
    code, err = asked(capfdbinary, "--from", f"A={home}", "--from", f"A={home}")
    assert code == 1
    assert "Two authorities are called A" in err


def test_a_process_that_is_killed_takes_no_other_with_it(homes, capfdbinary, monkeypatch, tmp_path):
    script = tmp_path / "python"
    script.write_text(
        f"#!/bin/sh\nif [ ! -e {tmp_path}/once ]; then touch {tmp_path}/once; kill -9 $$; fi\n"
        f'exec {sys.executable} "$@"\n'
    )
    script.chmod(0o755)
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    monkeypatch.setattr("sys.executable", str(script))
    code, told = asked(capfdbinary, *places(homes))
    assert code == 0
    assert [line["reason"] for line in told["left_out"]] == [
        "East: Its process was ended before it had answered."
    ]


@pytest.fixture
def cluster(tmp_path):
    """A Ray cluster of two nodes on loopback."""
    ray = pytest.importorskip("ray", reason="ray is not installed: pip install 'fcl-tui[region]'")
    from ray.cluster_utils import Cluster

    path = os.pathsep.join(sys.path)
    os.environ["PYTHONPATH"] = path
    nodes = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    nodes.add_node(num_cpus=1)
    yield nodes
    ray.shutdown()
    nodes.shutdown()


def test_ray_gives_the_same_bytes(homes, cluster, capfdbinary):
    told = (*places(homes), "--by", "authority")
    _, here = asked(capfdbinary, *told)
    code, there = asked(capfdbinary, *told, "--engine", "ray", "--address", cluster.address)
    assert code == 0
    assert json.dumps(there) == json.dumps(here)


def test_a_node_killed_in_the_middle_loses_nothing(homes, cluster, capfdbinary):
    kill = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import time, sys, os, signal; time.sleep(1.5); os.kill(int(sys.argv[1]), 9)",
            str(cluster.list_all_nodes()[-1].all_processes["raylet"][0].process.pid),
        ]
    )
    code, there = asked(
        capfdbinary, *places(homes), "--by", "authority", "--engine", "ray", "--address", cluster.address
    )
    kill.wait()
    assert code == 0
    assert there["left_out"] == []
