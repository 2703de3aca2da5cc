"""fcl-tui audits: what scripts rely on, and who is refused, with one sentence and exit 1."""

import json

import pytest
from typer.testing import CliRunner

from data.errors import DataError
from fcl_tui.cli.asking.measure import measured
from fcl_tui.cli.asking.session import answer
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


def test_figures_by_quarter_are_those_of_the_report(world):
    from tests.quality.test_round import moderated

    moderated(world, 2)
    identity.forget()
    identity.declare(Identity("quinn", forced=True))
    by_quarter = measured(world.home, ["qa_audit_grade", "audits_moderated"], by="quarter").rows
    assert by_quarter.select("key", "group", "value", "numerator", "denominator").rows() == [
        ("qa_audit_grade", PERIOD, 0.0, 0.0, 1.0),
        ("audits_moderated", PERIOD, 1.0, 1.0, None),
    ]
    row = answer(world.home, "audits", {"by": "quarter"}).rows.row(0, named=True)
    assert (row["period"], row["percent"], row["moderated"]) == (PERIOD, 0.0, 1)


def test_a_register_is_imported_whole_or_not_at_all(world, tmp_path):
    file, heading = tmp_path / "seen.csv", "day,worker,observer,setting,consent_of_family,strengths\n"
    file.write_text(f"{heading}02/10/2026,Sam,Quinn,visit,yes,Listened\n2026-13-02,Sam,Quinn,visit,yes,x\n")
    told = run(world, "quinn", "import", "observations", str(file), "--save")
    assert "row 3, column day: '2026-13-02' is not a date" in str(told.exception)
    assert "Listened" not in run(world, "quinn", "register", "observations").output
    file.write_text(f"{heading}02/10/2026,Sam,Quinn,visit,yes,Listened\n")
    assert "Nothing saved yet: 1" in run(world, "quinn", "import", "observations", str(file)).stdout
    assert "Listened" not in run(world, "quinn", "register", "observations").output
    assert "Saved: 1." in run(world, "quinn", "import", "observations", str(file), "--save").stdout
    assert "Listened" in run(world, "quinn", "register", "observations", "--format", "json").output
    refused = run(world, "mo", "import", "observations", str(file), "--save")
    assert isinstance(refused.exception, DataError)
