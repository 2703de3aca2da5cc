"""Not one token of a child outside a reader's part on any screen, in any file or error of audits, per role.

Each child has a token of their own in everything the case system holds of them; the words of each audit have
another. So one search finds what reached somebody by whatever column, window or sentence.
"""

import io
import zipfile
from dataclasses import replace
from datetime import date, timedelta

import pytest

from data.errors import DataError
from fcl_tui.access.quality import again, briefings, concerns, drawing, moderation, registers, steps
from fcl_tui.access.quality.cases import case_of
from fcl_tui.access.quality.desk import Desk
from fcl_tui.access.quality.printed import printed
from fcl_tui.access.readers import access_list as rosters
from fcl_tui.access.readers.access_list import Person, Roster
from fcl_tui.access.readers.sign_in import at_the_door
from fcl_tui.cli.asking.measure import measured
from fcl_tui.cli.asking.session import answer
from fcl_tui.config import identity
from fcl_tui.config.identity import Identity
from fcl_tui.config.settings import read
from fcl_tui.export import content
from fcl_tui.export.briefing import written
from fcl_tui.measures import audits as measures
from fcl_tui.quality import current
from fcl_tui.quality.briefing import AUDIENCES
from fcl_tui.quality.form import Action
from fcl_tui.quality.states import REASONS_TO_REPLACE
from fcl_tui.reports import catalogue
from fcl_tui.terminal.app import FclApp
from screens.messages import AuditWanted
from screens.quality.form import FormScreen
from tests.quality.conftest import PERIOD, graded
from tests.screens.conftest import settled, text_of, until, view_of, withheld
from tests.token_authority import CHILDREN, EACH, loaded

TODAY = date.today()
TEAMS = tuple(frozenset(CHILDREN[team * EACH : (team + 1) * EACH]) for team in range(3))
SHOWN = ("todo", "case", "pair", "action", "replaced", "pod", "consistency")
"""Views that a person looks at in the test; every view is asked for as a command as well"""
PEOPLE = (
    Person("boss", "administrator"),
    Person("quinn", "senior manager", teams=("T2",), duties=("qa",)),
    Person("flo", "front-line manager", teams=("T1",)),
    Person("ann", "social worker", teams=("T2",)),
    Person("dan", "social worker", workers=("WT3",)),
    Person("hea", "senior manager", teams=("T1",)),
    Person("sen", "senior manager", all=True),
    Person("ona", "analyst", teams=("T2",)),
    Person("bess", "business support officer", teams=("T3",)),
)


def words_of(child):
    """What stands in the words of the child's audit and nowhere else."""
    return child.token.replace("zq", "wv")


class Audited:
    """The home, its audits by child, and who sees which child and the words of which audit."""

    def __init__(self, home):
        self.home = home
        (home / "settings.toml").write_text("[audits]\ncases = 9\n")
        rosters.write(home, Roster(PEOPLE))
        desk = self.desk("quinn")
        drawing.keep(desk, drawing.preview(desk, PERIOD))
        drawn = current.cases(desk.tables(*current.NEEDED), TODAY).collect()
        self.audit = {
            child: case_id
            for person, case_id in drawn.select("person_id", "case_id").rows()
            for child in CHILDREN
            if child.number == person
        }
        self.first = next(one for one in self.audit if one in TEAMS[0])
        """moderated, with words, an action, a concern and a second grading; audited by ann"""
        self.handed_in, self.replaced = sorted(
            (one for one in self.audit if one in TEAMS[2]), key=lambda one: one.number
        )
        for child in (self.first, self.handed_in):
            self._audit(child)
        desk = self.desk("flo")
        moderation.moderate(desk, case_of(desk, self.audit[self.first]), 2, f"less {words_of(self.first)}")
        desk = self.desk("quinn")
        again.check_consistency(desk, PERIOD)
        again.replace(desk, case_of(desk, self.audit[self.replaced]), REASONS_TO_REPLACE["conflict"])
        told = {"day": TODAY, "from_whom": "child", "tone": "mixed", "may_be_quoted": False}
        told |= {"words": f"said {words_of(self.first)}", "person_id": self.first.number}
        registers.enter(desk, "feedback", [told])
        for audience in ("social_work", "slt"):
            briefings.freeze(desk, PERIOD, audience)
        identity.forget()

    def _audit(self, child):
        words, case_id = words_of(child), self.audit[child]
        desk = self.desk("quinn")
        steps.assign(desk, case_of(desk, case_id), "ann", reason=f"for {words}")
        desk = self.desk("ann")
        case = steps.start(desk, case_of(desk, case_id))
        concerns.concern(desk, case, f"bruises {words}")
        draft = graded(case.tool).changed("voice", text=f"{words} said").changed("summary", text=words)
        due = (TODAY + timedelta(days=9)).isoformat()
        owner = "flo" if child is self.first else "ann"
        draft = draft.with_action(Action("voice", f"ask {words}", owner, due))
        steps.submit(desk, case_of(desk, case_id), draft)

    def desk(self, user):
        identity.forget()
        identity.declare(Identity(user, forced=True))
        door = at_the_door(self.home)
        door.snapshot(screens=True)
        return Desk(door, TODAY, False)

    def sees(self, user):
        """The children whose own token may reach a user."""
        remit = {"quinn": TEAMS[1], "flo": TEAMS[0], "ann": TEAMS[1], "dan": TEAMS[2], "sen": set(CHILDREN)}
        remit |= {"ona": TEAMS[1], "bess": TEAMS[2], "boss": set(), "hea": TEAMS[0]}
        parts = {"quinn": set(self.audit), "ann": {self.first, self.handed_in}, "flo": {self.first}}
        return set(remit[user]) | parts.get(user, set())

    def reads(self, user):
        """The children the words of whose audits may reach a user."""
        written = {self.first, self.handed_in}
        of_first = {"flo": {self.first}, "hea": {self.first}}
        return ({"quinn": written, "ann": written} | of_first).get(user, set())

    def hidden(self, user):
        told = set().union(set(), *(one.told for one in CHILDREN if one not in self.sees(user)))
        return told | {words_of(one) for one in self.audit if one not in self.reads(user)}


@pytest.fixture(scope="module")
def audited(tmp_path_factory):
    yield Audited(loaded(tmp_path_factory.mktemp("audited"), TODAY))
    identity.forget()


def in_file(body):
    if not body.startswith(b"PK"):
        return body.decode()
    with zipfile.ZipFile(io.BytesIO(body)) as parts:
        return "\n".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())


def said(ask):
    """What an answer says, or the sentence in its place."""
    try:
        told = ask()
    except DataError as error:
        return str(error)
    return "\n".join(told) if isinstance(told, list) else in_file(told)


def commands(audited, user):
    """Reports, measures, briefings, registers and single audits, in the formats they have."""
    home = audited.home
    audited.desk(user)
    views = [view.key for view in catalogue.load("audits").views if not view.behind]
    asks = [lambda v=v: content(answer(home, "audits", {"by": v}), "json") for v in views]
    asks += [
        lambda k=k: content(answer(home, "audits", {"by": "case"}, format_=k), k) for k in ("xlsx", "docx")
    ]
    keys = [one.key for one in measures.ALL]
    asks += [lambda by=by: content(measured(home, keys, by=by), "json") for by in (None, "pod")]
    asks += [lambda: content(answer(home, "my-day", {}), "json")]
    for audience in AUDIENCES:
        asks += [
            lambda a=audience, k=kind: written(briefings.given(audited.desk(user), PERIOD, a), k)
            for kind in (("docx", "xlsx") if audience == "slt" else ("json",))
        ]
    asks += [lambda: content(_register(audited, user), "json")]
    asks += [lambda c=c: printed(audited.desk(user), c) for c in (*audited.audit.values(), "0" * 32)]
    return [said(ask) for ask in asks]


def _register(audited, user):
    from fcl_tui.cli.asking.session import CommandSession

    rows = registers.listed(audited.desk(user), "feedback")
    return CommandSession(audited.home, TODAY).answer("audits", "Register", rows.lazy())


async def screens(audited, user):
    """What a person sees who goes through the views and opens every audit, its history and its child."""
    door = audited.desk(user).door
    first = "audits" if door.reader.sees_children else "access-log"
    app = FclApp(door.snapshot(screens=True), read(audited.home), as_at=TODAY, first=first, door=door)
    seen = []
    async with app.run_test(size=(180, 50)) as pilot:
        await settled(pilot)
        if first == "audits":  # the log is an administrator's to read, with numbers in it
            seen.append(text_of(app))
        if first == "audits" and not withheld(app):
            for view in SHOWN:
                app.screen.questions.ask_for(replace(app.screen.query_now, view=view, drill=None))
                await until(pilot, lambda view=view: view_of(app) == view)
                await settled(pilot)
                seen.append(text_of(app))
        for case_id in audited.audit.values():
            seen += await one_audit(app, pilot, case_id)
    return seen


async def one_audit(app, pilot, case_id):
    """The form, each line's words, what happened and the child; the sentence where it is refused."""
    app.post_message(AuditWanted(case_id))
    await until(pilot, lambda: isinstance(app.screen, FormScreen))
    await settled(pilot)
    form, seen = app.screen, [text_of(app)]
    if form.loaded is not None:
        for row in range(form.table.row_count):
            form.table.select_key(form.table.shown_frame()["key"][row])
            await pilot.pause()
            seen.append(text_of(app))
        await pilot.press("H")
        await until(pilot, lambda: app.screen is not form)
        seen.append(text_of(app))
        await pilot.press("escape", "c")
        await settled(pilot)
        seen.append(text_of(app))
    while app.screen is not form:
        app.pop_screen()
    app.pop_screen()
    return seen


@pytest.mark.parametrize("user", [one.user for one in PEOPLE])
async def test_no_reader_gets_a_token_outside_their_part(audited, user):
    told, shown = commands(audited, user), await screens(audited, user)
    hidden = audited.hidden(user)
    assert [(one, text) for text in told + shown for one in hidden if one in text.lower()] == []
    for child in audited.reads(user):  # theirs is found by the same search, so that it can fail
        for word in (child.token, words_of(child)):
            assert any(word in text.lower() for text in told), word
            assert any(word in text.lower() for text in shown), word
