"""One round of audits over a real SSH server, in three terminals of 80 by 24, cut off in the middle."""

import re
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from data.office.quality import store
from data.snapshots.reader import open_current
from fcl_tui.access.office import office_of
from fcl_tui.access.readers import access_list as rosters
from fcl_tui.access.readers.access_list import Person, Roster
from fcl_tui.config.settings import read
from fcl_tui.definitions.board.periods import quarter_of
from fcl_tui.definitions.caseload import holders_at
from fcl_tui.quality import current
from fcl_tui.ssh.authorized import key_line
from tests.sshd import ssh, ssh_server
from tests.test_ssh_sessions import wait_until

__all__ = ["ssh", "ssh_server"]
TODAY = date.today()
PERIOD = quarter_of(TODAY).name
TYPED = "The chronology stops in May and the genogram is with"
"""Cut off inside a word"""


@pytest.fixture(scope="module")
def home(ssh_server, ready):
    """A quality manager, the manager of the largest pod, and an auditor of another."""
    home = ready.loaded(60, 3, TODAY, ssh_server.folder / "audits", demo=True)
    (home / "settings.toml").touch(mode=0o600)
    (home / "settings.toml").write_text("[audits]\ncases = 8\n")
    held = holders_at(open_current(home).scan, TODAY).collect().drop_nulls(["team", "worker"])
    pods = held.group_by("team").len().sort("len", "team", descending=True)["team"].to_list()
    people = (
        Person("boss", "administrator"),
        Person("quinn", "senior manager", teams=(pods[1],), duties=("qa",)),
        Person("mo", "front-line manager", teams=(pods[0],)),
        Person("ann", "social worker", teams=(pods[-1],)),
    )
    rosters.write(home, Roster(people))
    with ssh_server.authorized.open("a") as file:
        for one in people[1:]:
            public = Path(f"{ssh_server.key(one.user)}.pub")
            file.write(key_line(one.user, public, home, ssh_server.program) + "\n")
    return home, pods[0]


class Reader:
    """Somebody at a terminal; keys are counted, and pressed once the words before them are there."""

    def __init__(self, ssh, user, lists):
        self.client, self.keys = ssh(user=user), 0
        self.client.see("Home ·")
        self.client.see("4  Strategic")
        self.client.press(b"4\x1b[A\r" if user != "ann" else b"3\r")
        self.client.see(lists)

    def press(self, *keys, sees):
        for key in keys:
            self.client.press(key.encode())
            self.keys += 1
        self.client.see(sees)


def cases(home):
    tables = store.read(office_of(read(home), demo=True), *current.NEEDED)
    return current.cases({name: one.lazy() for name, one in tables.items()}, TODAY).collect()


def state(home, case_id):
    return cases(home).filter(pl.col("case_id") == case_id)["state"][0]


def test_a_round_is_worked_by_three_people_and_a_line_that_is_cut_loses_nothing(ssh, ssh_server, home):
    home, pod = home
    quinn = Reader(ssh, "quinn", "No audit waits for you")
    quinn.press("D", sees=PERIOD)
    quinn.press("\r", sees="y says yes")
    quinn.press("y", sees="8 cases: 8 drawn")
    assert quinn.keys == 3
    case_id, child = cases(home).filter(pl.col("pod") == pod).select("case_id", "person_id").row(0)
    quinn.press("/", *child, "\r", sees="1 of 8")
    quinn.press("m", sees="What with this audit?")
    quinn.press("a", sees="Who audits it?")
    quinn.press(*"ann", "\r", sees="1 assigned")

    ann = Reader(ssh, "ann", "▸Audit")
    ann.press("\r", sees="Part A (12)")
    ann.press("3", sees="in progress")
    ann.press("\x1b[A", "\r", sees="characters left")
    ann.press(*TYPED, sees=TYPED)
    before = len(ssh_server.sessions(home))
    ann.client.kill()
    wait_until(lambda: len(ssh_server.sessions(home)) < before, "the session ends")

    ann = Reader(ssh, "ann", "▸Audit")
    ann.press("\r", sees="Part A (12)")
    ann.press("\r", sees="characters left")
    ann.client.see(TYPED)
    ann.press("\x1b", sees="Written: The chronology stops")
    ann.keys = 0
    ann.press(*"3" * 12, "2", "3", "S", sees="Hand this audit in?")
    ann.press("y", sees="Handed in")
    assert ann.keys == 16

    mo = Reader(ssh, "mo", "▸Moderate")
    mo.press("\r", sees="auditor: Good")
    mo.press("A", sees="Agree: Good")
    mo.press("y", sees="validated: Good")
    assert (mo.keys, state(home, case_id)) == (3, "moderated")

    quinn.keys = 0
    quinn.press("B", sees="for whom?")
    quinn.press("s", sees="As which file?")
    quinn.press("f", sees="Written: fetch briefing")
    assert quinn.keys == 3
    name = re.search(r"fetch (briefing-\S+\.docx)", quinn.client.text)[1]
    assert ssh_server.ask("fetch", name, user="quinn").stdout.startswith(b"PK")
    office = office_of(read(home), demo=True)
    kept = store.read(office, "audit_ratings")["audit_ratings"]
    assert kept["evidence"].drop_nulls().to_list() == [TYPED], "nothing was lost, and nothing else was kept"
    assert store.verify(office)[1] == []
