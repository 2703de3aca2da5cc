"""Problems in the data from the command line: what is listed, how it is narrowed, what the exit code is."""

import csv
import io
import json
from datetime import date

import pytest

from data.issues.model import COLUMNS
from fcl_tui.loading.load import load
from tests import authority
from tests.test_cli import run

ROWS = authority.ROWS | {
    "department": [{"dept_team_id": "T1", "dept_team_name": "Pod One"}],
    "involvements": [authority.ROWS["involvements"][0] | {"invo_professional_team": "T1"}],
}


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Two loads: in the second a plan of child 1 ends before it starts, and child 4 has no date of birth."""
    home = tmp_path_factory.mktemp("home")
    url = authority.write(f"sqlite:///{home}/authority.db", ROWS)
    load([url], home, data_date=date(2025, 6, 1))
    authority.run(
        url,
        "UPDATE ssd_cp_plans SET cppl_cp_plan_end_date = '2024-01-31'",
        "INSERT INTO ssd_person (pers_person_id) VALUES ('4')",
    )
    load([url], home, data_date=date(2025, 6, 2))
    return home


def rows(capfdbinary, home, *words, exit_code=0):
    code, out, err = run(capfdbinary, *words, "--home", home, "--format", "json")
    assert code == exit_code, err
    return json.loads(out)


def test_check_keeps_its_columns_and_its_exit_code(home, capfdbinary):
    told = rows(capfdbinary, home, "check", exit_code=1)
    assert told["columns"] == list(COLUMNS)
    rules = [row["rule"] for row in told["rows"]]
    assert rules[0] == "end_before_start", "errors first"
    assert {"no_birth_date", "end_before_start"} <= set(rules)


def test_check_can_be_narrowed_and_then_tells_of_what_is_listed(home, capfdbinary):
    for words, code, expected in [
        (("--severity", "ERROR"), 1, {"end_before_start"}),
        (("--rule", "no_birth_date"), 0, {"no_birth_date"}),
        (("--team", "pod one"), 1, {"end_before_start"}),
        (("--team", "pod one", "--severity", "note"), 0, set()),
    ]:
        told = rows(capfdbinary, home, "check", *words, exit_code=code)
        assert {row["rule"] for row in told["rows"]} == expected, words
        assert told["parameters"][words[0].removeprefix("--")].casefold() == words[1].casefold()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--severity", "terrible"), "no severity 'terrible'"),
        (("--rule", "nonsense"), "no rule broken 'nonsense'"),
        (("--team", "Pod 99"), "no team 'Pod 99'"),
    ],
)
def test_what_is_not_there_is_one_sentence(home, capfdbinary, words, said):
    code, out, err = run(capfdbinary, "check", *words, "--home", home)
    assert (code, out) == (1, "")
    assert said in err
    assert len(err.strip().splitlines()) == 1


def test_the_report_counts_and_compares_with_the_snapshot_before(home, capfdbinary):
    told = rows(capfdbinary, home, "report", "data-quality")
    found = {row["rule"]: (row["issues"], row["new"], row["gone"]) for row in told["rows"]}
    assert found["end_before_start"] == found["no_birth_date"] == (1, 1, 0)
    assert told["parameters"]["compared_with"] == "data of 01/06/2025"
    assert "row_key" not in told["columns"]


@pytest.mark.parametrize("by", ["team", "worker", "severity", "source"])
def test_the_report_by_anything_counts_the_same(home, capfdbinary, by):
    everything = sum(row["issues"] for row in rows(capfdbinary, home, "report", "data-quality")["rows"])
    told = rows(capfdbinary, home, "report", "data-quality", "--by", by)
    assert sum(row["issues"] for row in told["rows"]) == everything
    assert told["columns"][0] == by


def test_the_list_of_a_team_and_a_worker_and_a_child(home, capfdbinary):
    for words in (("--team", "pod one"), ("--worker", "sam worker"), ("--client", "1")):
        told = rows(capfdbinary, home, "report", "data-quality", "--detail", *words)
        assert [row["kind"] for row in told["rows"]] == ["Ends before it starts"]
        (row,) = told["rows"]
        assert (row["team"], row["worker"], row["person_id"]) == ("Pod One", "Sam Worker", "1")
        assert (row["place"], row["row"]) == ("ssd_cp_plans", "ssd_cp_plans/P1")
        assert row["change"] == "new"


def test_a_team_without_problems_has_an_empty_list(home, capfdbinary):
    told = rows(capfdbinary, home, "report", "data-quality", "--detail", "--team", "No team", "--client", "1")
    assert told["rows"] == []


def test_as_csv_the_list_holds_no_formulas(home, capfdbinary):
    code, out, _ = run(capfdbinary, "report", "data-quality", "--detail", "--home", home, "--format", "csv")
    assert code == 0
    assert len(list(csv.DictReader(io.StringIO(out)))) > 2


def test_by_what_it_cannot_be_compared(home, capfdbinary):
    code, _, err = run(capfdbinary, "report", "data-quality", "--by", "month", "--home", home)
    assert code == 1
    assert "--by takes one of kind" in err


def test_why_names_the_sources_only_where_there_are_several(home, tmp_path, capfdbinary):
    words = ("why", "1", "cp_visit", "--as-at", "2024-02-25")
    _, alone, _ = run(capfdbinary, *words, "--home", home)
    assert " is from " not in alone
    one = authority.write(f"sqlite:///{tmp_path}/one.db", ROWS)
    later = {
        "cp_visits": [
            {
                "cppv_cp_visit_id": "V9",
                "cppv_person_id": "1",
                "cppv_cp_visit_date": authority.DAY(2024, 2, 24),
            }
        ]
    }
    two = authority.write(f"sqlite:///{tmp_path}/two.db", {"person": ROWS["person"], **later})
    load([one, two], tmp_path / "home", data_date=date(2025, 6, 2))
    code, told, _ = run(capfdbinary, *words, "--home", tmp_path / "home")
    assert code == 0
    assert "cp_plans/P1 is from SQLite one.db, ssd_cp_plans/P1." in told
    assert "cp_visits/V9 is from SQLite two.db, ssd_cp_visits/V9." in told
