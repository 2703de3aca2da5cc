"""Not one byte of a child whom the reader may not see, in any report, search, file, sentence or log."""

import io
import itertools
import zipfile
from contextlib import nullcontext
from datetime import date, timedelta

import pytest

from data.errors import DataError
from data.office.access_log import AccessLog
from data.snapshots.reader import open_current
from fcl_tui.access import LIST
from fcl_tui.access.readers import access_list as roster
from fcl_tui.access.readers.access_list import Cover, Deputy, Person, Roster
from fcl_tui.access.seen import columns
from fcl_tui.access.seen.restricted_records import Seal, write
from fcl_tui.cli.asking.check import problems
from fcl_tui.cli.asking.lookups import found, reasons
from fcl_tui.cli.asking.marks import marks_listed
from fcl_tui.config import identity
from fcl_tui.config.identity import Identity
from fcl_tui.export import content
from fcl_tui.export.ics import of_answer
from fcl_tui.reports import catalogue
from tests import asking
from tests.token_authority import CHILDREN, EACH, loaded

TODAY = date.today()
DAYS = (TODAY, TODAY - timedelta(days=200), TODAY + timedelta(days=30))
OTHER_DAYS = ("sen", "col")
"""Readers who ask on each of the days: one for whom records are restricted, one with a scope and cover"""
SEALED = (CHILDREN[0], CHILDREN[EACH])
"""One of the first team, one of the second"""
ONE, TWO, THREE = (frozenset(CHILDREN[team * EACH : (team + 1) * EACH]) for team in range(3))
PEOPLE = (
    Person("boss", "administrator"),
    Person("olive", "senior manager", all=True),
    Person("sen", "senior manager", all=True),
    Person("flo", "front-line manager", teams=("T1",)),
    Person("sam", "social worker", workers=("WT2",)),
    Person("bess", "business support officer", teams=("Pod T3",)),
    Person("ana", "analyst", teams=("T2",)),
    Person("dee", "social worker", teams=("T1",)),
    Person("col", "social worker", teams=("T1",)),
)
SEES = {
    "boss": frozenset(),
    "olive": frozenset(CHILDREN),
    "sen": frozenset(CHILDREN) - set(SEALED),
    "flo": ONE - set(SEALED),
    "sam": TWO - set(SEALED),
    "bess": THREE,
    "ana": TWO - set(SEALED),
    "dee": (ONE | THREE) - set(SEALED),
    "col": (ONE | TWO) - set(SEALED),
}


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    home = loaded(tmp_path_factory.mktemp("tokens"), TODAY)
    deputies = (Deputy("dee", "bess", TODAY, TODAY),)
    roster.write(home, Roster(PEOPLE, deputies, (Cover("col", "Pod T2", TODAY, TODAY),)))
    write(home, {one.number: Seal("reason-zqsealed", "olive") for one in SEALED})
    assert (home / LIST).exists()
    yield home
    identity.forget()


def test_the_authority_holds_what_it_promises(home):
    """Every child has a row in every frame, with the token in it, and nobody else's but in crossed rows."""
    snapshot = open_current(home)
    held = {name: snapshot.scan(name).collect() for name in snapshot._files if name not in columns.NO_CHILD}
    empty = {name for name, frame in held.items() if frame.is_empty()}
    assert len(held) - len(empty) > 40, empty
    for child in CHILDREN:
        for name in ("people", "statuses", "allocations", "due_items", "events", "assessments", "address"):
            assert child.token in held[name].write_csv().lower(), (name, child.token)
    people = held["people"]
    assert people["date_of_birth"].to_list() == [
        one.born for one in sorted(CHILDREN, key=lambda one: one.number)
    ]


def in_parts(body):
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        return "\n".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())


def asked(home, own, others, day, *, whole):
    """What a reader asks, on one day: what was asked, and the way to ask it; not whole: first views alone."""
    reports = [catalogue.load(entry.key) for entry in catalogue.every()]
    plain = [(report.key, {}) for report in reports]
    if whole:
        plain += [
            (report.key, {"detail": True} if view.behind else {"by": view.key})
            for report in reports
            for view in report.views
            if view is not report.first and report.switch != "sections"
        ]
        plain += [
            ("planner", {"detail": True, "format_": "ics"}),
            ("due-items", {"history": True}),
            ("client-overview", {"team": "Pod T1"}),
            ("client-overview", {"worker": "Sam T2"}),
        ]
        plain += [("client-summary", {"client": one.number, "everything": True}) for one in (*own, *others)]
        plain += [("review-summary", {"client": one.number}) for one in (*own, *others)]
        plain += [("due-items", {"client": one.number, "history": True}) for one in (*own, *others)]
    for key, more in plain:
        yield (key, *more.values()), lambda key=key, more=more: asking.asked(home, key, as_at=day, **more)
    if not whole:
        return
    for one in (*own, *others):
        yield ("why", one.number), lambda one=one: reasons(home, one.number, "cp_visit", day)
        for text in (one.number, f"fore {one.token}", f"{one.born:%d/%m/%Y}"):
            yield ("find", text), lambda text=text: found(home, text, day)
    yield ("check",), lambda: problems(home)[0]
    yield ("marks",), lambda: marks_listed(home, day, history=True)


def said(ask, forms):
    """Everything an answer may become, or the sentence that refused it; without what was typed."""
    try:
        made = ask()
    except DataError as error:
        yield str(error)
        return
    if isinstance(made, list):
        yield "\n".join(made)
        return
    for form in forms:
        body = content(made, form)
        yield in_parts(body) if form in ("xlsx", "docx") else body.decode()
    if made.report == "planner" and "item_id" in made.rows.columns and made.rows.height:
        yield of_answer(made).decode()


def typed(what):
    """What the reader typed: in an answer's own heading it is no leak."""
    return {part for part in what[1:] if isinstance(part, str)}


@pytest.mark.parametrize("user", SEES)
def test_no_reader_gets_one_byte_of_a_child_they_may_not_see(home, user):
    identity.forget()
    identity.declare(Identity(user, forced=True))
    seen = SEES[user]
    hidden = set().union(set(), *(one.told for one in CHILDREN if one not in seen)) | {"zqsealed"}
    own = sorted(seen, key=lambda one: one.number)[:1]
    others = sorted(set(CHILDREN) - seen, key=lambda one: one.number)[:2]
    leaks = []
    for number, day in enumerate(DAYS if user in OTHER_DAYS else DAYS[:1]):
        forms = (
            ("json", "csv", "table") if number or user != "col" else ("json", "csv", "table", "xlsx", "docx")
        )
        with asking.one_session() if number == 0 else nullcontext():
            for what, ask in asked(home, own, others, day, whole=number == 0):
                for text in said(ask, forms):
                    low = text.lower()
                    for word in typed(what):
                        low = low.replace(word.lower(), "")
                    leaks += [(str(what), day, one) for one in hidden if one in low]
    assert leaks == []


def test_the_log_holds_numbers_and_no_name_birth_or_reason(home):
    details = " ".join(
        text or "" for text in itertools.chain.from_iterable(AccessLog(home).rows().select("detail").rows())
    ).lower()
    for one in CHILDREN:
        for told in (f"fore {one.token}", f"surn {one.token}", f"{one.born:%d/%m/%Y}"):
            assert told not in details
