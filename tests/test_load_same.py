"""The same source twice is the same snapshot, byte for byte; only its id and time are its own."""

import json
import os
import subprocess
import sys
from datetime import date

import pytest

from data.demo import DemoSource, generate, write_annex_a, write_database
from data.snapshots.reader import open_current
from data.sources.base import silent
from fcl_tui.loading.load import load

DAY = date(2026, 11, 23)
CHILDREN = 60

ELSEWHERE = (
    "import pathlib, sys, datetime; from fcl_tui.loading.load import load\n"
    "import data.partition; data.partition.PART = int(sys.argv[3])\n"
    "load([sys.argv[1]], pathlib.Path(sys.argv[2]), data_date=datetime.date(2026, 11, 23))\n"
)
"""A load in a process of its own, with parts of a given number of rows."""


@pytest.fixture(scope="module")
def tables():
    return generate(CHILDREN, 5, DAY)


@pytest.fixture(scope="module")
def database(tables, tmp_path_factory):
    url = f"sqlite:///{tmp_path_factory.mktemp('source')}/authority.db"
    write_database(tables, url, silent)
    return url


def content(home):
    """The manifest without what differs from load to load."""
    snapshot = open_current(home)
    assert snapshot.verify() == []
    told = json.loads(snapshot.manifest.to_json())
    assert len(told["files"]) > 50
    return {key: value for key, value in told.items() if key not in ("id", "created", "checksum")}


def test_a_demo(tmp_path):
    for name in ("a", "b"):
        load([DemoSource(CHILDREN, 5, DAY)], tmp_path / name, data_date=DAY, demo=True)
    assert content(tmp_path / "a") == content(tmp_path / "b")


def test_an_annex_a(tmp_path, tables):
    path = write_annex_a(tables, tmp_path, DAY)
    for name in ("a", "b"):
        load([str(path)], tmp_path / name)
    assert content(tmp_path / "a") == content(tmp_path / "b")


@pytest.mark.parametrize("part", [150_000, 3_000])
def test_a_database_read_with_one_thread_or_with_many(tmp_path, database, part):
    """Neither threads nor the seed of hashes decide the order of anything, whole or in parts."""
    for threads, seed in (("1", "1"), ("8", "2")):
        environment = os.environ | {"POLARS_MAX_THREADS": threads, "PYTHONHASHSEED": seed}
        words = [sys.executable, "-c", ELSEWHERE, database, str(tmp_path / threads), str(part)]
        subprocess.run(words, env=environment, check=True)
    assert content(tmp_path / "1") == content(tmp_path / "8")
