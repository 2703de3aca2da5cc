"""fcl-tui audits: what scripts rely on, and who is refused, with one sentence and exit 1."""

import json

import pytest
from typer.testing import CliRunner

from data.errors import DataError
from fcl_tui.cli.main import app
from fcl_tui.config import identity
from fcl_tui.config.identity import Identity
from tests.quality.conftest import PERIOD, TODAY

RUN = CliRunner()


def run(world, user, *words):
    identity.forget()
    identity.declare(Identity(user, forced=True))
    return RUN.invoke(app, ["--home", str(world.home), "audits", *words])


def test_a_draw_as_scripts_read_it_and_drawn_again(world):
    told = run(world, "quinn", "draw", "--period", "2027-28Q1", "--as-at", f"{TODAY}", "--format", "json")
    assert told.exit_code == 0, told.output
    body = json.loads(told.stdout)
    assert body["columns"] == ["person_id", "pod", "stratum", "place", "rank", "reason"]
    places = [row["place"] for row in body["rows"]]
    assert places.count("selected") == int(body["parameters"]["drawn"].split()[0])
    excluded = {row["reason"] for row in body["rows"] if row["place"] == "excluded"}
    counted = {one["reason"]: one["count"] for one in body["left_out"]}
    assert excluded <= set(counted)
    assert sum(counted[one] for one in excluded) == places.count("excluded")
    assert run(world, "quinn", "draw", "--period", "2027-28Q1", "--verify").exit_code == 0
    again = run(world, "quinn", "draw", "--period", "2027-28Q1", "--as-at", f"{TODAY}")
    assert isinstance(again.exception, DataError)
    assert "--reason" in str(again.exception)
    other = run(
        world, "quinn", "draw", "--period", "2027-28Q1", "--as-at", f"{TODAY}", "--reason", "wrong team",
        "--format", "json",
    )  # fmt: skip
    assert json.loads(other.stdout)["parameters"]["seed"] == "2027-28Q1|2"


def test_a_draw_whose_rows_were_changed_is_not_the_same(world):
    import sqlite3

    with sqlite3.connect(world.home / "demo-office" / "office.db") as database:
        database.execute("DROP TRIGGER audit_draws_no_update")
        database.execute("UPDATE audit_draws SET frame_sha256 = 'x'")
    told = run(world, "quinn", "draw", "--period", PERIOD, "--verify")
    assert told.exit_code == 1
    assert "NOT the same" in told.stdout
    told = run(world, "quinn", "verify")
    assert told.exit_code == 1
    assert "was changed" in told.stdout


@pytest.mark.parametrize(
    "words",
    [
        ("draw", "--period", "2027-28Q1"),
        ("draw", "--period", PERIOD, "--verify"),
        ("consistency", "--period", PERIOD),
        ("register", "complaints"),
        ("verify",),
        ("briefing", "--period", PERIOD, "--freeze"),
    ],
    ids=lambda words: words[0],
)
def test_who_does_not_manage_quality_assurance_is_refused(world, words):
    for user in ("mo", "ann", "sam", "ona", "bob"):
        told = run(world, user, *words)
        assert isinstance(told.exception, DataError), user
        assert told.stdout == "", user


def test_list_and_show_give_an_auditor_their_own(world):
    from tests.quality.test_round import assigned

    case_id = assigned(world)
    rows = json.loads(run(world, "ann", "list", "--format", "json").stdout)["rows"]
    assert len(rows) == 1
    shown = run(world, "ann", "show", case_id[:8])
    assert "auditor ann" in shown.stdout
    other = run(world, "bea", "show", case_id[:8])
    assert isinstance(other.exception, DataError)
    assert "no such audit" in str(other.exception)
