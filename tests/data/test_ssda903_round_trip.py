"""The demo authority through an SSDA903 return: the same answers wherever a return carries the facts."""

import zipfile
from datetime import date

import polars as pl
import pytest

from data.demo import generate
from data.demo.files.ssda903 import write_ssda903, write_ssda903_xml
from data.demo.files.writing import MARK
from data.errors import DataError
from data.snapshots.reader import open_current
from data.sources.ssda903 import Ssda903, looks_like
from fcl_tui.cli.demo.made import demonstrate
from fcl_tui.loading.load import load
from tests.asking import asked
from tests.data.ssda903_by_hand import Read

AS_AT = date(2026, 11, 23)
SIZE = {"children": 300, "seed": 11, "as_at": AS_AT}
CARRIED = {
    "cla_review_first", "cla_review_second", "cla_review_later", "adoption_placement_review",
    "care_proceedings_26w",
}  # fmt: skip
"""Rules of which a return carries all that they rest on."""


@pytest.fixture(scope="module")
def authority():
    return generate(**SIZE)


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    home = tmp_path_factory.mktemp("demo")
    demonstrate(home, **SIZE, write=None, open_it=False)
    return home


@pytest.fixture(scope="module", params=["csv", "xml"])
def written(authority, tmp_path_factory, request):
    folder = tmp_path_factory.mktemp(request.param) / "SSDA903"
    if request.param == "csv":
        write_ssda903(authority, folder, AS_AT)
        return folder
    return write_ssda903_xml(authority, folder, AS_AT)


@pytest.fixture(scope="module")
def home(written, tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    load([Ssda903(written)], home, data_date=AS_AT)
    return home


def rows(home, report: str, **more) -> pl.DataFrame:
    return asked(home, report, as_at=AS_AT, **more).rows


@pytest.mark.parametrize("more", [{"report": "client-overview"}, {"report": "due-items", "history": True}])
def test_the_same_due_dates(demo, home, more):
    columns = ["person_id", "rule", "due_date", "state"]
    ours, theirs = (
        rows(each, **more).filter(pl.col("rule").is_in(CARRIED)).select(columns).sort(columns)
        for each in (demo, home)
    )
    assert set(ours["rule"]) >= {"cla_review_first", "cla_review_later", "care_proceedings_26w"}
    assert ours.equals(theirs)


def test_the_rules_a_return_cannot_feed_are_said_and_give_nothing(home):
    rules = open_current(home).scan("rules").collect()
    assert set(rules.filter("available")["rule"]) == CARRIED
    assert set(rows(home, "due-items", history=True)["rule"]) <= CARRIED
    said = rules.filter(pl.col("rule") == "health_review")["unavailable_reason"].item()
    assert said.startswith("not in this source")


def test_the_same_children_are_looked_after(demo, home):
    columns = ["person_id", "age", "date_of_birth"]
    ours, theirs = (
        rows(each, "client-overview", by="child")
        .filter(pl.col("status") == "looked_after")
        .select(columns)
        .sort("person_id")
        for each in (demo, home)
    )
    assert ours.height
    assert ours.equals(theirs)


def test_the_account_of_a_load(written, home, tmp_path):
    result = load([Ssda903(written)], tmp_path / "again", data_date=AS_AT)
    for places in result.places.values():
        assert all(place.rows_held == 0 and place.rows_in == place.rows_used for place in places)
    tables = {
        name: open_current(tmp_path / "again").scan(name).collect() for name in ("cla_episodes", "missing")
    }
    for name, frame in tables.items():
        assert frame.equals(open_current(home).scan(name).collect()), name


def test_the_tables_say_the_same(authority, written):
    back = Read(written)
    assert back.rules("error", "warning") == set()
    in_care = authority["cla_episodes"]["clae_person_id"].implode()
    for table, person, fields in (
        ("cla_episodes", "clae_person_id", [
            "clae_cla_episode_start_date", "clae_cla_episode_start_reason", "clae_cla_primary_need_code",
            "clae_cla_episode_ceased_date", "clae_cla_episode_ceased_reason", "clae_entered_care_date",
        ]),
        ("cla_placement", "clap_person_id", [
            "clap_cla_placement_start_date", "clap_cla_placement_end_date", "clap_cla_placement_type",
            "clap_cla_placement_urn", "clap_cla_placement_provider", "clap_cla_placement_postcode",
            "clap_cla_placement_change_reason",
        ]),
        ("legal_status", "lega_person_id", [
            "lega_legal_status", "lega_legal_status_start_date", "lega_legal_status_end_date",
        ]),
        ("cla_previous_permanence", "lapp_person_id", [
            "lapp_previous_permanence_option", "lapp_previous_permanence_order_date",
        ]),
    ):  # fmt: skip
        columns = [person, *fields]
        ours, theirs = (
            frame.filter(pl.col(person).is_in(in_care)).select(columns).sort(columns)
            for frame in (authority[table], back.tables[table])
        )
        assert ours.height
        assert ours.equals(theirs), table


def test_one_year_alone_gives_no_later_due_date(authority, demo, tmp_path):
    """A return of one year knows less: what it gives is as early as the truth or earlier."""
    year = date(2026, 4, 1)
    begun = pl.coalesce("clae_cla_episode_ceased_date", AS_AT) >= year
    part = authority | {
        "cla_episodes": authority["cla_episodes"].filter(begun),
        "cla_reviews": authority["cla_reviews"].filter(pl.col("clar_cla_review_date") >= year),
    }
    write_ssda903(part, tmp_path / "year", AS_AT)
    load([Ssda903(tmp_path / "year")], tmp_path / "home", data_date=AS_AT)
    reviews = pl.col("rule").is_in(["cla_review_first", "cla_review_second", "cla_review_later"])
    ours, theirs = (
        rows(each, "client-overview").filter(reviews).group_by("person_id").agg(pl.col("due_date").min())
        for each in (demo, tmp_path / "home")
    )
    both = ours.join(theirs, on="person_id", how="left", suffix="_903")
    assert both["due_date_903"].is_not_null().all()
    assert both.filter(pl.col("due_date_903") > pl.col("due_date")).is_empty()


def test_it_never_writes_over_somebodys_own_return(authority, tmp_path):
    folder = tmp_path / "ours"
    folder.mkdir()
    (folder / "Header.csv").write_text("CHILD\n")
    for write in (write_ssda903, write_ssda903_xml):
        with pytest.raises(DataError, match="Header.csv already"):
            write(authority, folder, AS_AT)
    assert [path.name for path in folder.iterdir()] == ["Header.csv"]


def test_an_earlier_demo_is_replaced(authority, tmp_path):
    first = write_ssda903(authority, tmp_path / "r", AS_AT)
    again = write_ssda903(authority, tmp_path / "r", AS_AT)
    assert first == again
    assert {path.name for path in (tmp_path / "r").iterdir()} == {MARK, *(path.name for path in first)}


def test_it_looks_like_one(authority, tmp_path):
    paths = write_ssda903(authority, tmp_path / "r", AS_AT)
    assert looks_like(tmp_path / "r")
    with zipfile.ZipFile(tmp_path / "r.zip", "w") as out:
        for path in paths:
            out.write(path, f"in/{path.name}")
    assert looks_like(tmp_path / "r.zip")
