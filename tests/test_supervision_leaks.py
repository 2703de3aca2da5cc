"""Supervisions are seen by the supervisor, the line and senior managers, and by nobody else."""

import io
import zipfile
from datetime import date, timedelta

import pytest

from data.errors import DataError
from data.office.supervisions import Supervision
from data.snapshots.reader import open_current
from fcl_tui.access import supervision
from fcl_tui.access.readers import access_list as roster
from fcl_tui.access.readers.access_list import Person, Roster
from fcl_tui.cli.asking.measure import measured
from fcl_tui.cli.asking.session import CommandSession
from fcl_tui.config import identity
from fcl_tui.config.identity import Identity
from fcl_tui.export import content
from fcl_tui.reports import catalogue
from fcl_tui.reports.measured.measure import every
from fcl_tui.reports.official.asked import official
from tests import asking
from tests.token_authority import CHILDREN, EACH, TEAMS, loaded

TODAY = date.today()
LAST = TODAY - timedelta(days=3)
TOKENS = {team: f"zqsuper{team}".lower() for team in TEAMS}
"""The supervisor of each team's worker has a name that is nowhere else"""
PEOPLE = (
    Person("boss", "administrator"),
    Person("sen", "senior manager", all=True),
    Person("flo", "front-line manager", teams=("T1",)),
    Person("two", "front-line manager", teams=("T1", "T2")),
    Person("zqsuperT3", "front-line manager", teams=("T1",)),
    Person("sam", "social worker", workers=("WT1",)),
    Person("bess", "business support officer", teams=("T1",)),
    Person("ana", "analyst", teams=("T1",)),
)
SEES = {
    "sen": {"T1", "T2", "T3"}, "flo": {"T1"}, "two": {"T1", "T2"}, "zqsuperT3": {"T1", "T3"}, "boss": set(),
    "sam": set(), "bess": set(), "ana": set(),
}  # fmt: skip
"""Whose worker's supervisions each may see; that of T3 was held by zqsuperT3"""
MANAGERS = ("sen", "flo", "two", "zqsuperT3")


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    home = loaded(tmp_path_factory.mktemp("supervised"), TODAY)
    session = CommandSession(home, TODAY)
    made = [
        Supervision(
            worker=f"Sam {team}", supervisor=f"zqsuper{team}", day=LAST, kind="personal", state="held",
            children=(CHILDREN[at * EACH].number,),
        )
        for at, team in enumerate(TEAMS)
    ]  # fmt: skip
    supervision.enter(session.door, made, demo=False)
    roster.write(home, Roster(PEOPLE))
    yield home
    identity.forget()


@pytest.fixture(autouse=True)
def nobody_known():
    yield
    identity.forget()


def text_of(answer, form):
    body = content(answer, form)
    if form != "docx":
        return body.decode().lower()
    with zipfile.ZipFile(io.BytesIO(body)) as parts:
        return "\n".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist()).lower()


def told(home, user):
    """Everything that can be had of supervision, as one text; a refusal is its sentence."""
    report = catalogue.load("staff-supervision")
    known = {one.key for one in official(["sup_"])}
    keys = [f"{one.report.key}.{one.measure.key}" for one in every([report], besides=known)]
    keys += sorted(known)
    asks = [
        *(
            lambda view=view: text_of(
                asking.asked(home, report.key, **({"detail": True} if view.behind else {"by": view.key})),
                "json",
            )
            for view in report.views
        ),
        lambda: text_of(asking.asked(home, report.key, format_="docx"), "docx"),
        lambda: text_of(measured(home, keys, rows=True), "json"),
        lambda: text_of(measured(home, keys), "json"),
    ]
    identity.forget()
    identity.declare(Identity(user, forced=True))
    found = []
    for ask in asks:
        try:
            found.append(ask())
        except DataError as error:
            found.append(str(error).lower())
    return found


@pytest.mark.parametrize("user", SEES)
def test_only_the_supervisor_line_and_senior_managers_see_them(home, user):
    found = told(home, user)
    whole = "\n".join(found)
    names = {team for team in TEAMS if TOKENS[team] in whole.replace(f'"user": "{user.lower()}"', "")}
    assert names == SEES[user]
    if user not in MANAGERS:
        refused = ("staff supervision", "staff-supervision", "sees no data of children")
        assert all(any(words in one for words in refused) for one in found), found
        assert f"{LAST:%Y-%m-%d}" not in whole


@pytest.mark.parametrize("user", ["flo", "two"])
def test_the_sheet_holds_no_child_and_no_worker_of_another_team(home, user):
    whole = "\n".join(told(home, user))
    for at, team in enumerate(TEAMS):
        for one in CHILDREN[at * EACH : (at + 1) * EACH]:
            assert (one.token in whole) == (team in SEES[user]), (team, one.token)


@pytest.mark.parametrize("user", SEES)
def test_no_other_report_tells_of_a_supervision(home, user):
    identity.declare(Identity(user, forced=True))
    for entry in catalogue.every():
        if entry.key in ("staff-supervision", "client-summary", "review-summary", "access-log"):
            continue  # of one child, asked by number; the log has who, never of whom
        try:
            text = text_of(asking.asked(home, entry.key), "json")
        except DataError:
            continue
        assert not any(token in text for token in TOKENS.values()), entry.key


@pytest.mark.parametrize("user", [one for one in SEES if one not in MANAGERS])
def test_nobody_else_may_enter_one(home, user):
    identity.declare(Identity(user, forced=True))
    with pytest.raises(DataError):
        session = CommandSession(home, TODAY)
        supervision.enter_one(session.door, session.scan, "Sam T1", TODAY, "personal", "held", (), demo=False)
    identity.forget()
    identity.declare(Identity("sen", forced=True))
    scan = open_current(home).scan
    assert supervision.supervisions(CommandSession(home, TODAY).door, scan, demo=False) is not None
    rows = supervision.supervisions(CommandSession(home, TODAY).door, scan, demo=False).rows.collect()
    assert rows.height == len(TEAMS)
