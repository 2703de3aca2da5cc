"""Attempts to see another's child that get nothing: odd numbers, relatives, deputies, changes."""

import unicodedata
from datetime import date, timedelta

import polars as pl
import pytest

from data.errors import DataError
from data.office.access_log import AccessLog
from fcl_tui.access.break_glass import notices
from fcl_tui.access.readers import access_list as roster
from fcl_tui.access.readers.access_list import Deputy, Person, Roster
from fcl_tui.access.readers.sign_in import at_the_door
from fcl_tui.access.seen.restricted_records import Seal, write
from fcl_tui.cli.asking.lookups import found, reasons
from fcl_tui.config import identity
from fcl_tui.config.identity import Identity
from fcl_tui.export import content
from fcl_tui.loading.load import load
from tests import authority
from tests.asking import asked
from tests.token_authority import CHILDREN, EACH, rows

TODAY = date.today()
BEFORE = TODAY - timedelta(days=7)
OWN, OTHERS, LAST = (CHILDREN[team * EACH : (team + 1) * EACH] for team in range(3))
SHUT, FOREIGN_SHUT = OWN[0], OTHERS[0]
"""Restricted records: one of the first team, one of the second; the two are of one family"""
PEOPLE = (
    Person("boss", "administrator"),
    Person("olive", "senior manager", teams=("T3",)),
    Person("sen", "senior manager", all=True),
    Person("flo", "front-line manager", teams=("T1",)),
    Person("ana", "analyst", teams=("T1",)),
)
SEES = {
    "sen": frozenset(CHILDREN) - {SHUT, FOREIGN_SHUT},
    "flo": frozenset(OWN) - {SHUT},
    "ana": frozenset(OWN) - {SHUT},
}
REASON = "child at the hospital now"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Two snapshots: in the first no child had a protection plan, nor the second of each team a worker."""
    home = tmp_path_factory.mktemp("tokens")
    source = f"sqlite:///{home / 'ssd.db'}"
    for day in (BEFORE, TODAY):
        told = rows(TODAY)
        if day == BEFORE:
            told |= {name: [] for name in ("cp_plans", "cp_visits", "cp_reviews")}
            told["cla_episodes"] = []
        load([authority.write(source, told)], home, data_date=day)
        (home / "ssd.db").unlink()
    write(home, {one.number: Seal("reason-zqsealed", "olive") for one in (SHUT, FOREIGN_SHUT)})
    roster.write(home, Roster(PEOPLE))
    return home


@pytest.fixture(autouse=True)
def nobody_known():
    yield
    identity.forget()


def reads(user):
    identity.forget()
    identity.declare(Identity(user, forced=True))


def hidden(user):
    return set().union({"zqsealed"}, *(one.told for one in CHILDREN if one not in SEES[user]))


def printed(ask):
    """What an answer is in the formats that a terminal gets, or the sentence of its refusal."""
    try:
        made = ask()
    except DataError as error:
        return str(error), None
    if isinstance(made, list):
        return "\n".join(made), made
    return "\n".join(content(made, form).decode() for form in ("json", "csv", "table")), made


ODD = [
    "",
    " ",
    "K-1",
    "k-1",
    "R-1",
    "r-1",
    "R-999",
    "*",
    "%",
    "_",
    "?",
    ".*",
    "P*",
    "P%",
    "P.*",
    "[P]",
    "^P",
    "$",
]
ODD += ["' OR 1=1 --", "1;2", "null", "None", "P\x00", "\u202e", "\uff0a", "-1", "0", "9" * 400]


@pytest.mark.parametrize("typed", ODD, ids=lambda typed: ascii(typed)[:12])
def test_a_sign_in_the_place_of_a_number_opens_nobody_and_finds_nobody_else(home, typed):
    reads("flo")
    for ask in (
        lambda: asked(home, "client-summary", client=typed),
        lambda: asked(home, "review-summary", client=typed),
        lambda: reasons(home, typed, "cp_visit", None),
    ):
        said, made = printed(ask)
        assert made is None, "no record has such a number"
        assert [one for one in hidden("flo") if one in said.lower()] == []
    said, made = printed(lambda: found(home, typed, None))
    assert [one for one in hidden("flo") if one in said.lower()] == []
    if made is not None and not any(sign.isalnum() for sign in typed):
        assert "number" not in made.rows["found_by"].to_list(), "a sign stands for itself"


@pytest.mark.parametrize(
    "spelled", [str.upper, str.lower, " {} ".format, "{}%".format, "%{}".format, "{}*".format]
)
@pytest.mark.parametrize("child", [OTHERS[1], SHUT, FOREIGN_SHUT], ids=["another's", "restricted", "both"])
def test_another_s_number_in_another_spelling_opens_nothing(home, child, spelled):
    reads("flo")
    typed = spelled(child.number)
    for ask in (
        lambda: asked(home, "client-summary", client=typed),
        lambda: reasons(home, typed, "cp_visit", None),
        lambda: found(home, typed, None),
    ):
        said, made = printed(ask)
        said = said.lower().replace(typed.lower(), "").replace(typed.strip().lower(), "")
        assert [one for one in hidden("flo") if one in said] == []


def test_what_nobody_has_what_another_has_and_what_is_restricted_there_are_one_sentence(home):
    reads("flo")
    for ask in (
        lambda one: asked(home, "client-summary", client=one),
        lambda one: asked(home, "review-summary", client=one),
        lambda one: reasons(home, one, "cp_visit", None),
    ):
        said = {
            printed(lambda one=one: ask(one))[0] for one in ("Pzq0x", OTHERS[1].number, FOREIGN_SHUT.number)
        }
        assert len(said) == 1
        assert "No child in your remit" in said.pop()


def relatives(home, child):
    rows = asked(home, "client-summary", client=child.number).parts["relationships"]
    return rows.filter(pl.col("relation") != "professional")


def test_a_brother_outside_or_restricted_is_told_without_number_or_birth_and_his_sign_opens_nothing(home):
    reads("flo")
    theirs = relatives(home, OWN[1])
    assert theirs.height >= 2
    assert set(theirs["name"]) == {"Outside your remit"}
    reads("sen")
    both = relatives(home, LAST[0])
    assert set(both["name"]) == {"Restricted"}
    for user, frame in (("flo", theirs), ("sen", both)):
        assert frame["date_of_birth"].null_count() == frame.height
        assert [one for one in hidden(user) if one in frame.write_csv().lower()] == []
        reads(user)
        for sign in frame["person_id"].drop_nulls():
            assert printed(lambda sign=sign: asked(home, "client-summary", client=sign))[1] is None
            assert "number" not in found(home, sign, None).rows["found_by"].to_list()


@pytest.mark.parametrize("user", SEES)
@pytest.mark.parametrize("report", ["work-changes", "my-day", "planner", "data-quality"])
def test_what_changed_since_the_last_snapshot_names_nobody_else(home, user, report):
    reads(user)
    made = []
    for more in ({}, {"detail": True}, {"since": BEFORE.isoformat()}):
        said, answer = printed(lambda more=more: asked(home, report, **more))
        assert [one for one in hidden(user) if one in said.lower()] == [], more
        made.append(answer)
    if user == "ana" and report != "data-quality":
        assert made == [None, None, None], "not for an analyst"
    elif report == "work-changes":
        told = made[0].rows.write_csv()
        assert all(one.token in told for one in SEES[user]), "something has changed for each of them"


def test_who_stands_in_for_the_owner_sees_her_children_and_no_restricted_record_of_hers(home):
    deputy = Deputy("flo", "olive", TODAY, TODAY)
    reads("olive")
    at_the_door(home).snapshot()
    assert asked(home, "client-summary", client=SHUT.number).parts["overview"]["person_id"] == SHUT.number
    roster.write(home, Roster(PEOPLE, (deputy,)))
    try:
        reads("flo")
        assert asked(home, "client-summary", client=LAST[1].number).parts["overview"]
        for one in (SHUT, FOREIGN_SHUT):
            said, made = printed(lambda one=one: asked(home, "client-summary", client=one.number))
            assert made is None
            assert one.token not in said
    finally:
        roster.write(home, Roster(PEOPLE))


def test_glass_is_not_broken_on_a_restricted_record_of_another_team(home):
    reads("flo")
    said, made = printed(
        lambda: asked(home, "client-summary", client=FOREIGN_SHUT.number, break_glass=REASON)
    )
    assert made is None
    assert "No child in your remit" in said
    assert AccessLog(home).rows(client=FOREIGN_SHUT.number, actions=["broke glass"]).is_empty()


def test_a_reason_with_signs_that_act_is_clean_where_the_owner_and_the_log_read_it(home):
    reads("flo")
    door = at_the_door(home)
    door.snapshot()
    door.break_glass(SHUT.number, "child at the \x1b]52;c;aGk=\x07hospital \u202enow\u200b\x9b2J")
    reads("olive")
    told = notices(at_the_door(home))[-1]
    assert "hospital" in told
    detail = AccessLog(home).rows(client=SHUT.number, actions=["broke glass"])["detail"][0]
    assert {sign for sign in told + detail if unicodedata.category(sign) in ("Cc", "Cf")} == set()
