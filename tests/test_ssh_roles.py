"""Everybody listed, over a real SSH server: what is theirs reaches them, and nothing of any other child."""

import json

import pytest

from data.office.access_log import AccessLog
from fcl_tui.access.readers import access_list as roster
from tests.leaks import Said, leaked
from tests.ssh_roles import TITLE, House, Walk, fetched, file_written, scripted
from tests.sshd import ssh, ssh_server
from tests.test_ssh_sessions import wait_until

__all__ = ["ssh", "ssh_server"]
READERS = ("sen", "fay", "bess", "wes", "dee", "col", "liv", "olive")
WORK = "2  Worker and operational  "
REASON = "child at the hospital now"


@pytest.fixture(scope="module")
def house(ssh_server, ready):
    return House(ssh_server, ready)


def listed(house, user):
    """Whom the overview of a reader counts: their own, and restricted children of their remit."""
    one, authority = house.readers[user], house.authority
    remit = set(authority.people) if one.all else authority.remit(one.teams, one.workers)
    return (remit | house.seen_by(user)) & authority.open


def outside(house, user):
    """Somebody with an open case whom the reader may not see, and who is not restricted."""
    return min(house.authority.open - house.seen_by(user) - house.sealed, default=None)


def screens(house, ssh, user):
    """Every screen that the reader has, and the doors of those that they have not."""
    reader, authority = house.readers[user], house.authority
    own, count = house.clients_of(user), len(listed(house, user))
    assert own
    one = Walk(house, ssh, user)
    one.see(TITLE, "Home ·", "4  Strategic")  # the words before it are there by then
    assert ("Assessments" in one.client.text and "Who finishes in time" in one.client.text) is reader.manages
    one.open_report(2, "Client Overview", f"{WORK}Client Overview")
    one.press(b"c", f" {count} of {count} ·")
    one.page_through(authority.listed_name(person) for person in own)
    one.press(b"x", "Excel, as on the screen")
    one.press(b"x", "written: fetch", ".xlsx")
    name = file_written(one.client.text)[1]
    one.home()
    one.find(min(own), " 1 found", then=b"\r")
    one.see("1  Individual client  Client Summary", "[Chronology")
    for part in ("[Key relationships", "[Assessments", "[What is due"):
        one.press(b"\t", part)
    one.home()
    one.press(b"T", f"{WORK}My day", "[To chase")
    one.home()
    one.open_report(2, "Leaving Care Supervision", f"{WORK}Leaving Care")
    one.home()
    one.press(b"a", f"{WORK}Planner", "Week of")
    one.home()
    one.press(b"D", f"{WORK}Data Quality", " error")
    one.home()
    if reader.manages:
        one.open_report(3, "Assessments", "3  Management  Assessments")
        one.home()
    else:
        one.press(b"4", "4 Strategic: its reports are not for your role")
        one.close_window("its reports are not for your role")
    one.end_part()
    searches(house, one)
    one.leave()
    return [*one.said, Said(fetched(house, user, name))]


def searches(house, one):
    """By the name and number of a child outside, and of a restricted one; a whole name is not typed."""
    authority, user = house.authority, one.user
    other, sealed = outside(house, user), min(house.sealed & authority.open)
    if other is not None:
        one.find(authority.typed_name(other), " 0 found")
        one.find(other, " 0 found")
        one.end_part(other)
    if sealed not in house.seen_by(user):
        one.find(authority.typed_name(sealed), " 0 found")
        there = sealed in listed(house, user)
        one.find(sealed, *(("Restricted", " 1 found") if there else (" 0 found",)))
        one.end_part(sealed)


def commands(house, user):
    """What scripts are told of the reader's children."""
    reports = ("client-overview", "client-overview --by child", "planner --detail")
    asked = [f"report {one} --format json" for one in reports]
    told = scripted(house, user, *asked)
    assert [code for code, _ in told] == [0, 0, 0]
    return [Said(text) for _, text in told]


@pytest.mark.parametrize("user", READERS)
def test_nothing_of_another_child_reaches_a_reader(house, ssh, user):
    said = screens(house, ssh, user) + commands(house, user)
    assert leaked(said, house.telltales(user)) == set()
    # and theirs does, so that the search means something
    names = {house.authority.listed_name(person) for person in house.clients_of(user)}
    assert leaked(said, names) == names
    assert leaked(said, house.clients_of(user)) == house.clients_of(user)
    if user == "sen":  # what others may not see is found by the same search where it may be seen
        for other in READERS[1:]:
            theirs = (house.authority.open - house.seen_by(other)) & house.seen_by(user)
            assert theirs
            assert theirs <= house.telltales(other)
        assert leaked(said, house.clients_of(user) & house.telltales("wes"))
        assert leaked(said, set(house.marked.values()) & house.telltales("wes"))
    if user == "olive":
        sealed = house.sealed & house.authority.open
        assert sealed <= leaked(said, house.telltales("sen"))
    cover = {"dee": house.teams[0], "col": house.teams[1]}.get(user)
    if cover is not None:
        assert house.clients_of(user) & house.authority.remit((cover,))


def test_cover_that_has_not_begun_or_has_ended_shows_nobody(house):
    teams = [one.team for one in roster.read(house.home).covers if one.user == "liv"]
    assert sorted(teams) == sorted(house.teams[:2])
    for team in teams:
        theirs = house.authority.remit((team,)) & house.authority.open
        assert theirs - house.seen_by("liv")


@pytest.mark.parametrize("user", ["wes", "fay"])
def test_scripts_are_told_nothing_of_a_child_outside_nor_of_a_restricted_one(house, user):
    for person, why in (
        (outside(house, user), "No child in your remit has that number"),
        (house.of_wes, "restricted record"),
    ):
        name = house.authority.typed_name(person)
        asked = [f"report {report} --client {person}" for report in ("client-summary", "due-items")]
        asked += [f"why {person} cin_visit", f"find '{name}' --format json", f"find {person} --format json"]
        told = scripted(house, user, *asked)
        there = person == house.of_wes  # by its number, as a restricted record
        assert [code for code, _ in told] == [1, 1, 1, 1, 0 if there else 1]
        assert [why in text for _, text in told[:3]] == [True] * 3
        by_name, by_number = (json.loads(text)["rows"] for _, text in told[3:])
        assert by_name == []
        assert [row["name"] for row in by_number] == (["Restricted"] if there else [])
        said = [Said(text, frozenset((person,))) for _, text in told]
        assert leaked(said, house.telltales(user)) == set()


def test_an_analyst_has_data_quality_and_nothing_else(house, ssh):
    one = Walk(house, ssh, "ana")
    one.see(TITLE, "Home ·")
    one.press(b"D", f"{WORK}Data Quality", " error")
    one.press(b"\r", "Ends before it starts")
    one.press(b"\x1b", " error")
    one.home()
    for key, report in ((b"T", "My day"), (b"a", "Planner")):
        one.press(key, f"{report} is not for an analyst")
        one.home()
    one.press(b"f", "Find a client")
    one.press(house.authority.typed_name(min(house.clients_of("ana"))).encode(), "Find is not for an analyst")
    one.close_window("Find a client")
    one.leave()
    assert leaked(one.said, house.telltales("ana") | house.clients_of("ana")) == set()
    refused = scripted(house, "ana", *(f"report {report}" for report in ("client-overview", "assessments")))
    assert [(code, "is not for an analyst" in text) for code, text in refused] == [(1, True)] * 2


def test_an_administrator_has_the_access_log_and_no_child(house, ssh):
    one = Walk(house, ssh, "boss")
    one.see("Oversight  Access log", "session started")
    one.press(b"V", "Log intact: ")
    one.home()
    for key, report in ((b"T", "My day"), (b"a", "Planner"), (b"D", "Data Quality")):
        one.press(key, f"{report} is not for an administrator")
        one.home()
    one.press(b"f", "Find a client")
    one.press(house.authority.typed_name(house.of_wes).encode(), "Find is not for an administrator")
    one.close_window("Find a client")
    one.leave()
    assert (
        leaked(one.said, {house.authority.listed_name(person) for person in house.authority.people}) == set()
    )
    asked = ["report client-overview", "find a", f"why {house.of_wes} cin_visit"]
    sentence = "The role administrator sees no data of children.\n"
    assert scripted(house, "boss", *asked) == [(1, sentence)] * 3


def test_who_is_not_listed_comes_no_further_than_one_sentence(house, ssh):
    sentence = "stranger is not on the list of people who may use fcl-tui here. Ask its administrator."
    client = ssh(user="stranger")
    client.wait(client.gone, "being sent away")
    assert client.status == 1
    assert client.raw.decode().strip() == sentence
    asked = ["report client-overview", "find a", f"why {house.of_wes} cin_visit"]
    assert scripted(house, "stranger", *asked) == [(1, f"{sentence}\n")] * 3
    assert AccessLog(house.home).rows(who="stranger", actions=["refused"]).height == 4


def test_glass_is_broken_with_a_reason_and_the_owner_hears_of_it(house, ssh):
    number, name = house.of_wes, house.authority.listed_name(house.of_wes)
    one = Walk(house, ssh, "wes")  # a social worker, who has no key for it
    one.see(TITLE, "Home ·")
    one.find(number, " 1 found", then=b"\r")
    one.see("This is a restricted record", "Ask its owner or your manager")
    one.press(b"B?", "Keys")
    assert "Open a restricted record" not in one.client.text
    one.press(b"\x1b", "This is a restricted record")
    one.home()
    one.leave()
    one.end_part()
    assert name not in one.screens()
    one = Walk(house, ssh, "fay")
    one.see(TITLE, "Home ·")
    one.find(number, " 1 found", then=b"\r")
    one.see("This is a restricted record")
    assert name not in one.client.text
    one.press(b"B", "Its owner will see that it was you")
    one.press(b"because\r", "at least 10 letters")
    one.press(b"\x15", "why you must see it now")
    one.press(REASON.encode() + b"\r", name, "[Chronology")
    one.home()
    one.leave()
    rows = AccessLog(house.home).rows(client=number, who="fay")
    assert rows.select("action", "report", "detail", "origin").row(1) == (
        "broke glass",
        "client-summary",
        REASON,
        "127.0.0.1",
    )
    assert rows["action"][0] == "opened"
    told = f"Your restricted record {number} was opened by fay (front-line manager)"
    one = Walk(house, ssh, "olive")
    one.see("Your restricted records", told, REASON)
    one.close_window("Your restricted records")
    one.leave()
    one = Walk(house, ssh, "olive")  # told once
    one.see(TITLE, "Home ·")
    one.leave()
    assert told not in one.screens()


def ends(house, user):
    return AccessLog(house.home).rows(who=user, actions=["session started", "session ended"])


def test_the_log_says_that_a_session_began_and_how_it_ended(house, ssh):
    def newest():
        return ends(house, "bess").select("action", "detail", "origin").rows()[:1]

    one = Walk(house, ssh, "bess")
    one.see(TITLE, "Home ·")
    assert newest() == [("session started", None, "127.0.0.1")]
    one.leave()
    assert newest() == [("session ended", "left", "127.0.0.1")]
    one = Walk(house, ssh, "bess")
    one.see(TITLE, "Home ·")
    one.client.kill()
    wait_until(lambda: newest() == [("session ended", "connection lost or ended", "127.0.0.1")], "the end")
    wait_until(lambda: not house.server.sessions(house.home), "the process ends")
    assert ends(house, "bess").height % 2 == 0


def test_eight_at_once_are_all_in_the_log_and_the_chain_is_whole(house):
    children = sorted(house.clients_of("sen"))[:16]
    before = AccessLog(house.home).rows(who="sen", actions=["printed"]).height
    asked = [f"report client-summary --client {person} --format json" for person in children]
    assert [code for code, _ in scripted(house, "sen", *asked, at_once=8)] == [0] * 16
    rows = AccessLog(house.home).rows(who="sen", actions=["printed"])
    assert sorted(rows["person_id"][: rows.height - before].to_list()) == children
    assert "The access log is intact" in house.command("audit", "verify")
