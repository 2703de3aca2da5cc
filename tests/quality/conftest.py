"""A home with a round of ten audits, and people with a part in it."""

import shutil
from datetime import date

import polars as pl
import pytest

from data.snapshots.reader import open_current
from fcl_tui.access.quality import drawing
from fcl_tui.access.quality.desk import Desk
from fcl_tui.access.readers import access_list as rosters
from fcl_tui.access.readers.access_list import Person, Roster
from fcl_tui.access.readers.sign_in import at_the_door
from fcl_tui.config import identity
from fcl_tui.config.identity import Identity
from fcl_tui.definitions.caseload import holders_at
from fcl_tui.quality import current
from fcl_tui.quality.form import OUTCOME, OVERALL, Draft, Entry

TODAY = date.today()
PERIOD = "2026-27Q3"


@pytest.fixture(scope="session")
def loaded(tmp_path_factory, ready):
    """A home with data and nothing else."""
    home = ready.loaded(60, 3, TODAY, tmp_path_factory.mktemp("audits"), demo=True)
    (home / "settings.toml").write_text("[audits]\ncases = 10\n")
    return home


@pytest.fixture(scope="session")
def pods(loaded):
    """Teams by how many children they hold, the largest first, and a worker of each."""
    held = holders_at(open_current(loaded).scan, TODAY).collect().drop_nulls(["team", "worker"])
    order = held.group_by("team").agg(pl.len(), pl.col("worker").first()).sort("len", "team", descending=True)
    return list(order.select("team", "worker").rows())


class World:
    """Who is who, and each one's desk."""

    def __init__(self, home, pods):
        self.home, self.pods = home, pods
        (self.pod, _), (self.other, _) = pods[:2]
        teams = [team for team, _ in pods]
        people = (
            Person("boss", "administrator"),
            Person("quinn", "senior manager", teams=(self.other,), duties=("qa",)),
            Person("mo", "front-line manager", teams=(self.pod,)),
            Person("max", "front-line manager", teams=tuple(teams[1:])),
            Person("ann", "social worker", teams=(teams[-1],)),
            Person("bea", "social worker", teams=(teams[-1],)),
            Person("sam", "senior manager", all=True),
            Person("ona", "analyst", all=True),
            Person("bob", "business support officer", all=True),
        )
        rosters.write(home, Roster(people))

    def desk(self, user):
        """The user at the quality assurance, signed in over SSH."""
        identity.forget()
        identity.declare(Identity(user, forced=True))
        door = at_the_door(self.home)
        door.snapshot(screens=True)
        return Desk(door, TODAY, True)

    def cases(self):
        """Every audit as it is now, without any narrowing."""
        return current.cases(self.desk("quinn").tables(*current.NEEDED), TODAY).collect()

    def of_pod(self, pod, state="drawn"):
        """The ids of audits of a pod in a state."""
        return self.cases().filter(pl.col("pod") == pod, pl.col("state") == state)["case_id"].to_list()


def graded(tool, grade=3, **values):
    """A draft with every standard at a grade, evidence and an action where one is needed."""
    entries = {
        one.key: Entry(value=values.get(one.key, grade), text="seen", no_action="none")
        for one in tool.standards
    }
    entries |= {OUTCOME + "overall": Entry(outcome="improving")}
    return Draft(entries | {OVERALL: Entry(value=grade, text="a judgement")})


@pytest.fixture(scope="session")
def drawn(loaded, pods, tmp_path_factory):
    """The same home with its people, and a round drawn."""
    home = tmp_path_factory.mktemp("drawn") / "home"
    shutil.copytree(loaded, home)
    desk = World(home, pods).desk("quinn")
    drawing.keep(desk, drawing.preview(desk, PERIOD))
    identity.forget()
    return home


@pytest.fixture
def world(drawn, pods, tmp_path):
    """A round is drawn; nothing is assigned."""
    home = tmp_path / "home"
    shutil.copytree(drawn, home)
    yield World(home, pods)
    identity.forget()
