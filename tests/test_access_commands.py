"""The commands `access` and `audit`: what they do, what they refuse, and that it is written down."""

import json
import os
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import polars as pl
import pytest
from typer.testing import CliRunner

from data.errors import DataError
from data.office.access_log import CHANGED, REFUSED, AccessLog
from data.office.access_log_head import HEAD_FILE
from data.snapshots.reader import open_current
from fcl_tui.access.readers import access_list as roster
from fcl_tui.access.readers import administration as changing
from fcl_tui.access.readers import sign_in as entering
from fcl_tui.access.readers.reader import scope_of
from fcl_tui.access.readers.roles import FILE
from fcl_tui.access.readers.sign_in import at_the_door
from fcl_tui.access.seen import restricted_records as sealed
from fcl_tui.access.seen.search import Search
from fcl_tui.cli.doctor import examine
from fcl_tui.cli.main import app
from fcl_tui.config import identity
from fcl_tui.config.identity import Identity

TODAY = date.today()
SOON = str(TODAY + timedelta(days=7))
PAST = str(TODAY - timedelta(days=7))


@pytest.fixture(scope="module")
def loaded(tmp_path_factory, ready):
    return ready.loaded(60, 3, TODAY, tmp_path_factory.mktemp("loaded"), demo=True)


@pytest.fixture
def home(loaded, tmp_path):
    """A home of its own that reads the shared snapshot."""
    (tmp_path / "settings.toml").write_text(f"snapshots = {json.dumps(str(loaded))}\n")
    tmp_path.chmod(0o700)
    return tmp_path


@pytest.fixture
def team(loaded):
    return (
        open_current(loaded).scan("allocations").select("team").drop_nulls().sort("team").collect().item(0, 0)
    )


@pytest.fixture
def child(loaded):
    return open_current(loaded).scan("people").select("person_id").collect().item(0, 0)


@pytest.fixture(autouse=True)
def nobody_known():
    identity.forget()
    yield
    identity.forget()


def run(home, *words, code=0):
    """What a command says; the sentence of its DataError when it fails."""
    done = CliRunner().invoke(app, [*words, "--home", str(home)])
    if isinstance(done.exception, DataError):
        assert code == done.exception.exit_code == 1
        return str(done.exception)
    assert done.exit_code == code, done.output
    return done.output


@pytest.fixture
def set_up(home, team):
    run(home, "access", "add", "boss", "--role", "administrator")
    run(home, "access", "add", "sam", "--role", "social worker", "--team", team)
    run(home, "access", "add", "maya", "--role", "front-line manager", "--all")
    return home


def test_the_first_on_the_list_is_an_administrator(home):
    assert "must be an administrator" in run(
        home, "access", "add", "sam", "--role", "social worker", "--all", code=1
    )
    assert not (home / FILE).exists()
    assert "only listed people" in run(home, "access", "add", "boss", "--role", "administrator")
    assert (home / FILE).stat().st_mode & 0o777 == 0o600


def test_entries_are_written_as_the_list_holds_them(set_up, team):
    run(set_up, "access", "cover", "sam", "--team", team, "--from", str(TODAY), "--until", SOON)
    run(set_up, "access", "deputy", "sam", "--for", "maya", "--from", "01/01/2026", "--until", SOON)
    run(set_up, "access", "add", "maya", "--role", "senior manager", "--all", "--until", SOON)
    found = roster.read(set_up)
    until = date.fromisoformat(SOON)
    assert found.person("sam") == roster.Person("sam", "social worker", teams=(team,))
    assert found.person("maya") == roster.Person("maya", "senior manager", all=True, until=until)
    assert found.covers == (roster.Cover("sam", team, TODAY, until),)
    assert found.deputies == (roster.Deputy("sam", "maya", date(2026, 1, 1), until),)
    said = run(set_up, "access", "list")
    assert f"sam, social worker, sees {team}" in said
    assert "sam is deputy for maya" in said
    assert f"sam covers {team}" in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["add", "x", "--role", "king", "--all"], "There is no role 'king'"),
        (["add", "x", "--role", "analyst"], "would see no children"),
        (["add", "x y", "--role", "analyst", "--all"], "A user's name has"),
        (["add", "x", "--role", "analyst", "--team", "Nowhere at all"], "no team 'Nowhere at all'"),
        (["add", "x", "--role", "analyst", "--worker", "Nobody"], "no worker 'Nobody'"),
        (["add", "x", "--role", "analyst", "--all", "--until", PAST], "ends before it begins"),
        (["add", "boss", "--role", "analyst", "--all"], "leave no administrator"),
        (["remove", "boss"], "leave no administrator"),
        (["remove", "samm"], "Did you mean sam?"),
        (["cover", "sam", "--team", "Nowhere", "--from", PAST, "--until", SOON], "no team"),
        (["cover", "sam", "--team", "T", "--from", SOON, "--until", PAST], "ends before it begins"),
        (["cover", "sam", "--team", "T", "--from", PAST, "--until", PAST], "has passed"),
        (["cover", "boss", "--team", "T", "--from", PAST, "--until", SOON], "sees no children"),
        (["deputy", "sam", "--for", "sam", "--from", PAST, "--until", SOON], "cannot be their own deputy"),
        (["deputy", "sam", "--for", "boss", "--from", PAST, "--until", SOON], "cannot have a deputy"),
        (["deputy", "sam", "--for", "may", "--from", PAST, "--until", SOON], "Did you mean maya?"),
        (["end", "sam"], "sam has no such cover"),
        (["end", "samm"], "Did you mean sam?"),
        (["restrict", "1", "--owner", "nobody"], "nobody is not on the list"),
        (["restrict", "1", "--owner", "maya", "--may-open", "sma"], "Did you mean sam?"),
        (["unrestrict", "1"], "1 is not restricted"),
    ],
)
def test_a_mistake_changes_nothing_and_says_what_to_do(set_up, words, said):
    before = (set_up / FILE).read_bytes()
    assert said in run(set_up, "access", *words, code=1)
    assert (set_up / FILE).read_bytes() == before
    assert not (set_up / sealed.DEMO_LIST).exists()
    assert AccessLog(set_up).rows(actions=[CHANGED]).height == 3


def test_a_team_with_a_slip_is_told_with_the_one_that_is_meant(set_up, team):
    assert f"Did you mean {team}" in run(
        set_up, "access", "add", "x", "--role", "analyst", "--team", team[:-1] + "~", code=1
    )


def test_a_date_that_is_none_is_a_mistake_of_usage(set_up):
    run(set_up, "access", "add", "x", "--role", "analyst", "--all", "--until", "soon", code=2)
    run(set_up, "audit", "list", "--from", "soon", code=2)
    assert "ends before" in run(set_up, "audit", "list", "--from", SOON, "--to", PAST, code=1)


def test_who_goes_takes_cover_and_deputies_along(set_up, team):
    run(set_up, "access", "cover", "sam", "--team", team, "--from", PAST, "--until", SOON)
    run(set_up, "access", "deputy", "maya", "--for", "sam", "--from", PAST, "--until", SOON)
    said = run(set_up, "access", "remove", "sam")
    assert "went 2 entries" in said
    found = roster.read(set_up)
    assert (found.person("sam"), found.covers, found.deputies) == (None, (), ())


def test_cover_and_standing_in_are_ended_early_one_or_all(set_up, loaded, team):
    until = ["--from", str(TODAY), "--until", SOON]
    held = open_current(loaded).scan("allocations").select(pl.col("team").drop_nulls().unique()).collect()
    other = sorted(set(held["team"]) - {team})[0]

    def sees():
        scope = scope_of(roster.read(set_up), roster.read(set_up).person("sam"), TODAY)
        return scope.teams, scope.everyone

    for one in (team, other):
        run(set_up, "access", "cover", "sam", "--team", one, *until)
    run(set_up, "access", "deputy", "sam", "--for", "maya", *until)
    assert sees() == ({team, other}, True)
    day = f"until {date.fromisoformat(SOON):%d/%m/%Y}"
    assert f"Ended sam's cover of {other} {day}." in run(set_up, "access", "end", "sam", "--team", other)
    assert sees() == ({team}, True)
    assert "no such cover" in run(set_up, "access", "end", "sam", "--team", other, code=1)
    assert "standing in for maya" in run(set_up, "access", "end", "sam", "--for", "maya")
    assert sees() == ({team}, False)
    assert [one.team for one in roster.read(set_up).covers] == [team]
    assert "from its next record" in run(set_up, "access", "end", "sam")
    assert roster.read(set_up).covers == roster.read(set_up).deputies == ()
    newest = AccessLog(set_up).rows(newest=1).row(0, named=True)
    assert (newest["action"], newest["detail"]) == (CHANGED, f"ended sam's cover of {team} {day}")


def test_the_log_of_a_child_names_searches_and_refusals_too(set_up, loaded, team):
    scan = open_current(loaded).scan
    people = scan("people").select("person_id", "name").drop_nulls().collect()
    run(set_up, "access", "restrict", people["person_id"][0], "--owner", "maya")
    identity.forget()
    identity.declare(Identity("sam", forced=True))
    seen = set(at_the_door(set_up).snapshot().scan("people").collect()["person_id"])
    hidden = people.filter(~pl.col("person_id").is_in(seen))
    number, name = hidden.row(0)
    own = sorted(seen & set(people["person_id"]))[0]
    for words in (number, name, own, "nobody at all"):
        run(set_up, "find", words, code=0 if words == own else 1)
    assert "in your remit has that number" in run(
        set_up, "report", "client-summary", "--client", number, code=1
    )
    run(set_up, "report", "client-summary", "--client", name, code=1)
    door = at_the_door(set_up)
    scan, search = door.snapshot().scan, Search(door)
    for typed in (number, f"{number} ", number):  # the window asks for what is typed, again and again
        search.ask(scan, typed, TODAY, 10)
    identity.forget()
    told = json.loads(run(set_up, "audit", "list", "--client", number, "--who", "sam", "--format", "json"))
    assert [row["action"] for row in told["rows"]] == ["searched", "refused", "searched"]
    assert [row["detail"] for row in told["rows"]] == [number, None, f"{number}; 0 found"]
    own_rows = json.loads(run(set_up, "audit", "list", "--client", own, "--who", "sam", "--format", "json"))
    assert [row["detail"] for row in own_rows["rows"]] == [f"{own}; 1 found"]
    assert name not in run(set_up, "audit", "list", "--who", "sam", "--format", "csv")


def test_records_are_restricted_and_opened_again(set_up, child):
    words = ["--owner", "maya", "--may-open", "sam", "--reason", "works here"]
    assert "open to maya, sam" in run(set_up, "access", "restrict", child, *words)
    seal = sealed.Seal("works here", "maya", ("sam",))
    assert sealed.restricted(set_up, demo=True).seals == {child: seal}
    assert f"{child} is restricted (demo), owner maya" in run(set_up, "access", "list")
    assert "owns 1 restricted" in run(set_up, "access", "remove", "maya")
    assert "maya, who is not on the list" in run(set_up, "access", "check", code=1)
    run(set_up, "access", "unrestrict", child)
    assert sealed.restricted(set_up, demo=True).seals == {}
    log = AccessLog(set_up).rows(client=child)
    assert log["action"].to_list() == [CHANGED, CHANGED]


def test_a_number_nobody_has_is_restricted_and_told(set_up):
    assert "Check the number" in run(set_up, "access", "restrict", "no-such", "--owner", "maya")
    assert "number no-such" in run(set_up, "access", "check", code=1)


def test_columns_of_a_list_kept_by_hand_are_not_lost(set_up, child):
    text = "person_id,reason,owner,may_open,agreed by\n1,,maya,,the board\n"
    (set_up / sealed.DEMO_LIST).write_text(text)
    assert "agreed by" in run(set_up, "access", "restrict", child, "--owner", "maya", code=1)
    assert (set_up / sealed.DEMO_LIST).read_text() == text


def test_check_names_what_is_wrong_today(set_up, team):
    assert "In order: 3 people." in run(set_up, "access", "check")
    until = date.fromisoformat(PAST)
    found = roster.read(set_up).with_person(roster.Person("gone", "analyst", all=True, until=until))
    found = found.with_person(roster.Person("lost", "social worker", teams=("Old Team",)))
    roster.write(
        set_up,
        roster.Roster(
            found.people,
            (roster.Deputy("sam", "gone", TODAY, TODAY),),
            (roster.Cover("sam", team, date(2020, 1, 1), date(2020, 1, 2)),),
        ),
    )
    said = run(set_up, "access", "check", code=1)
    assert "gone's entry ended on" in said
    assert "lost has the team 'Old Team'" in said
    assert "lost sees no children." in said
    assert "cover of" in said
    assert "is deputy for gone, but that person's own entry has ended" in said


def test_without_a_snapshot_teams_are_not_checked_and_that_is_said(tmp_path):
    run(tmp_path, "access", "add", "boss", "--role", "administrator")
    said = run(tmp_path, "access", "add", "sam", "--role", "analyst", "--team", "Any")
    assert "not checked" in said
    assert "not checked" in run(tmp_path, "access", "check", code=1)


ALL = [
    ["access", "list"],
    ["access", "add", "x", "--role", "administrator"],
    ["access", "remove", "maya"],
    ["access", "cover", "sam", "--team", "T", "--from", PAST, "--until", SOON],
    ["access", "deputy", "sam", "--for", "maya", "--from", PAST, "--until", SOON],
    ["access", "end", "sam"],
    ["access", "restrict", "1", "--owner", "maya"],
    ["access", "unrestrict", "1"],
    ["access", "check"],
    ["audit", "verify"],
    ["audit", "list"],
    ["audit", "list", "--owner", "maya"],
]


@pytest.mark.parametrize("words", ALL)
def test_others_are_refused_and_the_refusal_is_written_down(set_up, words):
    before = (set_up / FILE).read_bytes()
    identity.declare(Identity("sam"))
    assert "administrators only" in run(set_up, *words, code=1)
    assert (set_up / FILE).read_bytes() == before
    newest = AccessLog(set_up).rows(newest=1)
    assert newest.select("who", "action").row(0) == ("sam", REFUSED)


def test_a_stranger_in_a_home_without_a_list_makes_no_administrator(home):
    identity.declare(Identity("sam", origin="192.0.2.1", forced=True))
    assert "There is no access list here" in run(
        home, "access", "add", "sam", "--role", "administrator", code=1
    )
    (home / "settings.toml").write_text("open_without_list = true\n")
    assert "administrators only" in run(home, "access", "add", "sam", "--role", "administrator", code=1)
    assert not (home / FILE).exists()


def test_a_home_of_another_account_is_not_owned(home, monkeypatch):
    monkeypatch.setattr(os, "getuid", lambda: home.stat().st_uid + 1)
    assert not entering.owns_home(home)


def test_an_administrator_who_does_not_own_the_home_may_change_the_list(set_up):
    identity.declare(Identity("boss", forced=True))
    run(set_up, "access", "remove", "sam")
    newest = AccessLog(set_up).rows(newest=1)
    assert newest.select("who", "role", "action").row(0) == ("boss", "administrator", CHANGED)


def test_a_change_that_cannot_be_written_down_is_not_made(set_up):
    before = (set_up / FILE).read_bytes()
    (set_up / "audit.lock").unlink()
    (set_up / "audit.lock").mkdir()
    assert "access log cannot be written" in run(set_up, "access", "remove", "sam", code=1)
    assert (set_up / FILE).read_bytes() == before


def test_a_change_that_could_not_be_made_is_written_down_as_such(set_up, monkeypatch):
    def full(*_):
        raise DataError("No space.")

    monkeypatch.setattr(roster, "replace_file", full)
    assert "No space" in run(set_up, "access", "remove", "sam", code=1)
    newest = AccessLog(set_up).rows(newest=1).row(0, named=True)
    assert newest["action"] == REFUSED
    assert newest["detail"].startswith("could not be written: removed sam")


def test_the_log_is_listed_in_every_format_and_reading_it_is_written_down(set_up, tmp_path):
    told = json.loads(run(set_up, "audit", "list", "--format", "json"))
    assert "added boss, administrator" in json.dumps(told)
    assert "changed access" in run(set_up, "audit", "list", "--format", "csv")
    assert "changed access" in run(set_up, "audit", "list", "--from", str(TODAY - timedelta(days=1)))
    assert "changed access" not in run(set_up, "audit", "list", "--who", "nobody")
    run(set_up, "audit", "list", "--format", "xlsx", "-o", str(tmp_path / "log.xlsx"))
    with zipfile.ZipFile(tmp_path / "log.xlsx") as book:
        assert b"changed access" in book.read("xl/sharedStrings.xml")
    assert AccessLog(set_up).rows().filter(pl.col("report") == "audit").height == 5


def test_an_owner_reads_what_was_done_with_their_own_records(set_up, child):
    run(set_up, "access", "restrict", child, "--owner", "maya")
    run(set_up, "access", "restrict", "other", "--owner", "sam")
    assert run(set_up, "audit", "list", "--owner", "sam").count("restricted: owner sam") == 1
    identity.declare(Identity("maya", forced=True))
    mine = run(set_up, "audit", "list", "--owner", "me")
    assert "restricted: owner maya" in mine
    assert "owner sam" not in mine


def test_an_owner_reads_of_a_number_that_the_list_has_in_another_case_or_not_any_more(set_up):
    run(set_up, "access", "restrict", "PX9", "--owner", "maya")
    path = set_up / sealed.DEMO_LIST if (set_up / sealed.DEMO_LIST).exists() else set_up / sealed.LIST
    listed = path.read_text()
    for text in (listed.replace("PX9", "00px9"), "person_id,reason,owner,may_open\n"):
        path.write_text(text)
        assert run(set_up, "audit", "list", "--owner", "maya").count("restricted: owner maya") == 1


def test_verify_says_how_many_rows_or_which_is_the_first_bad_one(set_up):
    assert "is intact: 3 rows" in run(set_up, "audit", "verify")
    import sqlite3

    base = sqlite3.connect(set_up / "office.db")
    base.execute("DROP TRIGGER access_log_no_update")
    base.execute("UPDATE access_log SET who = 'nobody' WHERE seq = 2")
    base.commit()
    base.close()
    assert "Row 2 was changed" in run(set_up, "audit", "verify", code=1)


def test_verify_names_the_home_and_since_when_where_several_write_into_one_log(home, tmp_path):
    import sqlite3

    shared = tmp_path / "shared.db"
    second = tmp_path / "second"
    for place in (home, second):
        place.mkdir(exist_ok=True)
        (place / "settings.toml").write_text(f'office = "sqlite:///{shared}"\n')
    run(home, "access", "add", "boss", "--role", "administrator")
    run(home, "access", "add", "sam", "--role", "social worker", "--all")
    run(second, "access", "add", "boss", "--role", "administrator")
    alone = run(home, "audit", "verify")
    assert "is intact: 3 rows" in alone
    assert f"Compared with the home {home}; verify it in each home" in alone
    assert f"the home {second}, which joined it after row 2; verify" in run(second, "audit", "verify")
    base = sqlite3.connect(shared)
    base.execute("DROP TRIGGER access_log_no_update")
    base.execute("UPDATE access_log SET who = 'nobody' WHERE seq = 1")
    base.commit()
    base.close()
    bad = run(second, "audit", "verify", code=1)
    assert f"As the home {second}, which joined it after row 2, knows it, the access log is not" in bad


def test_ten_changes_at_once_lose_none(set_up):
    everybody = [roster.Person(f"p{number}", "analyst", all=True) for number in range(10)]
    with ThreadPoolExecutor(10) as pool:
        list(pool.map(lambda one: changing.add(set_up, one, TODAY), everybody))
    users = {one.user for one in roster.read(set_up).people}
    assert users == {"boss", "sam", "maya", *(one.user for one in everybody)}
    assert AccessLog(set_up).verify() == (13, [])


def test_doctor_tells_who_is_listed_and_whether_the_log_is_whole(home, capsys):
    examine(home)
    assert "No access list" in capsys.readouterr().out
    run(home, "access", "add", "boss", "--role", "administrator")
    examine(home)
    said = capsys.readouterr().out
    assert "people listed: 1" in said
    assert "The access log is intact: 1 rows" in said
    head = json.loads((home / HEAD_FILE).read_text())
    (home / HEAD_FILE).write_text(json.dumps(head | {"breaks": ["\x1b[31mred"]}))
    assert examine(home) == 1
    assert "!! Access log: ?[31mred" in capsys.readouterr().out
    (home / HEAD_FILE).unlink()
    assert examine(home) == 1
    assert f"!! Access log: {HEAD_FILE} is missing" in capsys.readouterr().out
    (home / FILE).write_text("[[person]\n")
    assert examine(home) == 1
    assert "cannot be used until it is fixed" in capsys.readouterr().out
