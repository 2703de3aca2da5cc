"""What changes in access reaches sessions that are open: at their next record, list, search, copy or file."""

from datetime import date, timedelta

import polars as pl
import pytest
from typer.testing import CliRunner

from data.demo import DemoSource
from data.errors import DataError
from data.office import access_log as log
from data.snapshots.reader import open_current
from fcl_tui.access import DEMO_LIST
from fcl_tui.access.break_glass import says_why
from fcl_tui.access.readers import access_list as roster
from fcl_tui.access.readers import renewal as renewing
from fcl_tui.access.readers.access_list import Cover, Deputy, Person, Roster
from fcl_tui.access.readers.renewal import NoEntryError
from fcl_tui.access.readers.roles import FILE
from fcl_tui.access.readers.sign_in import at_the_door
from fcl_tui.access.seen.restricted_records import Seal, write
from fcl_tui.access.seen.search import Search
from fcl_tui.cli.main import app
from fcl_tui.config import identity
from fcl_tui.config.identity import Identity
from fcl_tui.definitions.days.spells import open_on
from fcl_tui.loading.load import load

TODAY = date.today()
DAY = timedelta(days=1)
BOSS = Person("boss", "administrator")
REASON = "child at the hospital now"


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    home = tmp_path_factory.mktemp("loaded")
    load([DemoSource(children=30, seed=3, as_at=TODAY)], home, data_date=TODAY, demo=True)
    return home


@pytest.fixture(scope="module")
def held(loaded):
    spells = (
        open_current(loaded).scan("allocations").filter(open_on(TODAY), pl.col("role") == "allocated_worker")
    )
    return spells.select("person_id", "team").sort("team", "person_id").collect()


@pytest.fixture
def home(loaded, tmp_path):
    (tmp_path / "home").mkdir(mode=0o700)
    (tmp_path / "home" / "snapshots").symlink_to(loaded / "snapshots")
    yield tmp_path / "home"
    identity.forget()


@pytest.fixture
def child(held):
    return held["person_id"][0]


def listed(home, *people, covers=(), deputies=()):
    roster.write(home, Roster((BOSS, *people), tuple(deputies), tuple(covers)))


def begun(home, user="sam"):
    identity.forget()
    identity.declare(Identity(user, forced=True))
    door = at_the_door(home)
    return door, door.snapshot()


def run(home, *words, code=0):
    """On the host, in a process of its own as it were; the session that is open goes on."""
    here = identity.current()
    identity.forget()
    done = CliRunner().invoke(app, ["--home", str(home), *words])
    identity.forget()
    if here.forced:
        identity.declare(here)
    assert done.exit_code == code, (done.output, done.exception)
    return done.output + str(done.exception or "")


SAM = Person("sam", "social worker", all=True)
SEN = Person("sen", "senior manager", all=True)


def test_a_record_sealed_by_an_administrator_is_shut_in_an_open_session(home, child):
    listed(home, SAM, SEN)
    door, snapshot = begun(home)
    door.admit(child)
    told = []
    door.renewal.when_changed = lambda: told.append("changed")
    run(home, "access", "restrict", child, "--owner", "sen")
    with pytest.raises(DataError, match="restricted record"):
        door.admit(child)
    assert told == ["changed"]
    people = snapshot.scan("people").collect()
    assert child not in people["person_id"].to_list()
    assert "Restricted" in people["name"].to_list()
    assert door.shown(child) == "R-1"
    assert door.restricted.person_ids == ["R-1"]
    run(home, "access", "unrestrict", child)
    door.admit(child)
    assert child in snapshot.scan("people").collect()["person_id"].to_list()
    assert told == ["changed", "changed"]


def test_what_is_sealed_later_keeps_the_tokens_of_what_was_sealed_before(home, held):
    one, two = held["person_id"].unique(maintain_order=True)[:2]
    listed(home, SAM)
    write(home, {one: Seal("x", "sen")}, demo=True)
    door, snapshot = begun(home)
    earlier = snapshot.alike(open_current(home))
    assert door.shown(one) == "R-1"
    write(home, {two: Seal("x", "sen"), one: Seal("x", "sen")}, demo=True)
    door.require("client-overview")
    assert (door.shown(one), door.shown(two)) == ("R-1", "R-2")
    assert not {one, two} & set(earlier.scan("people").collect()["person_id"])  # compared with, too


def test_a_search_does_not_find_what_was_sealed_meanwhile(home, child):
    listed(home, SAM)
    door, snapshot = begun(home)
    name = snapshot.scan("people").filter(pl.col("person_id") == child).collect()["name"][0]
    search = Search(door)
    assert child in search.ask(snapshot.scan, name, TODAY, 50)["person_id"].to_list()
    write(home, {child: Seal("x", "sen")}, demo=True)
    assert search.ask(snapshot.scan, name, TODAY, 50)["person_id"].to_list() == []


@pytest.mark.parametrize("action", [log.EXPORTED, log.COPIED])
def test_a_list_made_before_is_not_copied_or_written_to_a_file(home, child, action):
    listed(home, SAM)
    door, _ = begun(home)
    write(home, {child: Seal("x", "sen")}, demo=True)
    with pytest.raises(DataError, match="Press r to ask again"):
        door.record(action, report="client-overview")
    door.record(action, report="client-overview")  # asked again by then


@pytest.mark.parametrize("look", ["require", "admit", "record"])
def test_a_session_of_somebody_removed_from_the_list_ends(home, child, look):
    listed(home, SAM)
    door, _ = begun(home)
    told = []
    door.renewal.when_over = told.append
    listed(home)
    asked = {
        "require": lambda: door.require("client-overview"),
        "admit": lambda: door.admit(child),
        "record": lambda: door.record(log.EXPORTED, report="client-overview"),
    }[look]
    for _ in range(2):
        with pytest.raises(NoEntryError, match="not on the list"):
            asked()
    assert [str(one) for one in told] == [
        "sam is not on the list of people who may use fcl-tui here. Ask its administrator."
    ]
    listed(home, SAM)  # who comes back begins anew
    with pytest.raises(NoEntryError):
        asked()


def test_cover_that_is_taken_back_or_over_is_not_seen_any_more(home, held, monkeypatch):
    team, other = held["team"].drop_nulls().unique(maintain_order=True)[:2]
    theirs = held.filter(pl.col("team") == other)["person_id"][0]
    sam = Person("sam", "social worker", teams=(team,))
    cover = Cover("sam", other, TODAY, TODAY)
    listed(home, sam, covers=[cover])
    door, _ = begun(home)
    door.admit(theirs)
    run(home, "access", "end", "sam")
    with pytest.raises(DataError, match="No child in your remit"):
        door.admit(theirs)
    listed(home, sam, covers=[cover])
    door.admit(theirs)

    class Tomorrow(date):
        @classmethod
        def today(cls):
            return TODAY + DAY

    for module in ("fcl_tui.access.readers.renewal", "fcl_tui.access.readers.sign_in"):
        monkeypatch.setattr(f"{module}.date", Tomorrow)
    with pytest.raises(DataError, match="No child in your remit"):
        door.admit(theirs)


def test_lists_that_are_not_in_order_shut_an_open_session_until_they_are(home, child):
    listed(home, SAM)
    door, _ = begun(home)
    told = []
    door.renewal.when_changed = lambda: told.append("asked again")
    (home / DEMO_LIST).write_text('person_id,reason,owner,may_open\n"1,x,y,\n')
    for _ in range(2):
        with pytest.raises(DataError, match="nothing is shown"):
            door.admit(child)
    assert told == ["asked again"]
    (home / DEMO_LIST).write_text("person_id,reason,owner,may_open\n")
    door.admit(child)
    text = (home / FILE).read_text()
    (home / FILE).write_text(text + "[[person]\n")
    with pytest.raises(DataError, match="not set up correctly"):
        door.admit(child)
    (home / FILE).write_text(text)
    door.admit(child)


def test_nothing_is_read_again_while_nothing_has_changed(home, child, monkeypatch):
    listed(home, SAM)
    door, _ = begun(home)
    monkeypatch.setattr(roster, "read", lambda _: pytest.fail("read again"))
    assert not door.renew()
    door.admit(child)
    door.require("client-overview")


def test_another_role_counts_at_the_next_look(home):
    listed(home, SEN)
    door, _ = begun(home, "sen")
    assert door.allows("assessments")
    listed(home, Person("sen", "social worker", all=True))
    with pytest.raises(DataError, match="not for a social worker"):
        door.require("assessments")
    assert not door.may_break_glass
    listed(home, Person("sen", "administrator"))
    with pytest.raises(NoEntryError, match="Start fcl-tui again"):
        door.require("client-overview")


def test_a_record_opened_by_breaking_glass_is_shut_to_who_is_no_manager_any_more(home, child):
    listed(home, SEN)
    write(home, {child: Seal("x", "olive")}, demo=True)
    door, _ = begun(home, "sen")
    door.break_glass(child, REASON)
    door.admit(child)
    listed(home, Person("sen", "social worker", all=True))
    with pytest.raises(DataError, match="restricted record"):
        door.admit(child)


# A list that is gone


@pytest.mark.parametrize("forced", [True, False])
def test_a_list_that_is_gone_lets_nobody_in(home, forced):
    run(home, "access", "add", "boss", "--role", "administrator")
    (home / FILE).unlink()
    identity.declare(Identity("boss", forced=forced))
    with pytest.raises(NoEntryError, match=r"missing, so access is refused"):
        at_the_door(home)
    (home / "settings.toml").write_text("open_without_list = true\n")  # for where there never was one
    with pytest.raises(NoEntryError, match=r"missing, so access is refused"):
        at_the_door(home)
    assert "access.toml is gone" in run(home, "doctor", code=1)
    assert log.AccessLog(home).rows(actions=["refused"]).height
    run(home, "access", "add", "boss", "--role", "administrator")  # the home's owner makes it again
    assert at_the_door(home).may_administer


def test_rows_of_listed_readers_are_enough_to_know_of_a_list(home, child):
    listed(home, SAM)
    door, _ = begun(home)
    door.admit(child)
    door.record(log.OPENED, person_id=child)
    (home / FILE).unlink()
    with pytest.raises(NoEntryError, match="missing"):
        door.admit(child)
    with pytest.raises(NoEntryError, match="missing"):
        begun(home)


def test_without_a_list_ever_a_key_opens_nothing_unless_a_setting_says_so(home):
    identity.declare(Identity("sam", forced=True))
    with pytest.raises(NoEntryError, match="There is no access list here yet"):
        at_the_door(home)
    (home / "settings.toml").write_text("open_without_list = true\n")
    assert at_the_door(home).reader is None
    assert "every person with a key sees every child" in run(home, "doctor")
    (home / "settings.toml").unlink()
    identity.forget()
    assert at_the_door(home).reader is None  # on the host, by its owner


# Who stands in, and why somebody breaks glass


def test_an_administrator_is_nobodys_deputy(home):
    run(home, "access", "add", "boss", "--role", "administrator")
    run(home, "access", "add", "sen", "--role", "senior manager", "--all")
    days = ("--from", str(TODAY), "--until", str(TODAY))
    assert "cannot be a deputy" in run(home, "access", "deputy", "boss", "--for", "sen", *days, code=1)
    listed(home, SEN, deputies=[Deputy("boss", "sen", TODAY, TODAY)])  # by hand
    assert "boss is an administrator, who sees no children" in run(home, "access", "check", code=1)
    identity.declare(Identity("boss", forced=True))
    door = at_the_door(home)
    assert not door.reader.sees_children
    with pytest.raises(DataError, match="sees no data of children"):
        door.snapshot()


@pytest.mark.parametrize(
    "reason",
    [
        "",
        "a" * 40,
        "\u200b" * 15,
        "abcabcabcabc",
        "1234567890 12",
        "because",
        "..........",
        "\x1b[2Jaaaaaaaaaa",
    ],
)
def test_a_reason_that_nobody_can_read_opens_nothing(home, child, reason):
    assert not says_why(reason)
    listed(home, SEN)
    write(home, {child: Seal("x", "olive")}, demo=True)
    door, _ = begun(home, "sen")
    with pytest.raises(DataError, match="at least 10 letters"):
        door.break_glass(child, reason)
    with pytest.raises(DataError, match="restricted record"):
        door.admit(child)


@pytest.mark.parametrize("reason", [REASON, "Дитина зараз у лікарні", "孩子现在在医院需要马上看一下"])
def test_a_reason_may_be_in_any_script(reason):
    assert says_why(reason)


def test_the_stamp_is_another_for_a_file_that_is_replaced_by_one_of_the_same_size(home):
    listed(home, SAM)
    before = renewing.stamp(home)
    text = (home / FILE).read_text()
    roster.replace_file(home / FILE, text)
    assert renewing.stamp(home) != before
