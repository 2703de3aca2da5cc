"""Which snapshot is the one before."""

from datetime import date

import pytest

from data.snapshots.history import snapshot_before, snapshot_named
from data.snapshots.place import MANIFEST
from data.snapshots.reader import open_current
from fcl_tui.loading.load import load
from tests.authority import run, write


def prepare(scan, rules, calendar):
    return {"people": scan("person").select(person_id="pers_person_id")}


@pytest.fixture
def taken(tmp_path):
    """Load what stands in the authority's database, and open it."""
    url = write(f"sqlite:///{tmp_path}/authority.db")

    def take(**options):
        load([url], tmp_path / "home", prepare=prepare, data_date=date(2025, 6, 1), **options)
        return open_current(tmp_path / "home")

    take.url = url
    return take


def test_the_last_one_of_the_same_kind_that_can_be_read(taken):
    first = taken()
    assert snapshot_before(first) is None
    second = taken()
    assert snapshot_before(second).id == first.id
    made_up = taken(demo=True)
    assert snapshot_before(made_up) is None
    assert snapshot_before(taken()).id == second.id
    (second.path / MANIFEST).write_text("half")
    assert snapshot_before(open_current(first.path.parent.parent)).id == first.id
    assert snapshot_before(first) is None, "what came later is not before"


def test_one_by_its_name_if_it_is_kept_and_of_the_same_kind(taken):
    first = taken()
    second, made_up = taken(), taken(demo=True)
    assert snapshot_named(first.id, second).id == first.id
    assert snapshot_named(second.id, second) is second
    assert snapshot_named(made_up.id, second) is None
    for name in ("20200101T000000000000Z", "..", "../../etc", ""):
        assert snapshot_named(name, second) is None
    (first.path / MANIFEST).write_text("half")
    assert snapshot_named(first.id, second) is None


def test_an_issue_is_the_same_over_a_reload_and_gone_when_it_is_put_right(taken):
    from fcl_tui.records.data_quality import trend

    run(taken.url, "INSERT INTO ssd_person (pers_person_id) VALUES ('4'), ('5')")
    first = taken()
    run(
        taken.url,
        "UPDATE ssd_person SET pers_dob = '2015-01-01' WHERE pers_person_id = '4'",
        "UPDATE ssd_cp_plans SET cppl_cp_plan_end_date = '2024-01-31'",
    )
    second = taken()
    rows = trend(second.scan("issues"), snapshot_before(second).scan("issues")).collect()
    counts = {row["rule"]: (row["new"], row["gone"], row["still_there"]) for row in rows.to_dicts()}
    assert snapshot_before(second).id == first.id
    assert counts["no_birth_date"] == (0, 1, 1)
    assert counts["end_before_start"] == (1, 0, 0)
    quiet = {rule: told for rule, told in counts.items() if rule not in ("no_birth_date", "end_before_start")}
    assert all(new == gone == 0 for new, gone, _ in quiet.values())
