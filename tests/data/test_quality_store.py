"""Quality assurance in the office database: rows are only added, which the database sees to; drafts last."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa

from data.errors import DataError
from data.office.database import connect, writing
from data.office.office import Office
from data.office.quality import drafts, store
from data.office.quality.blanking import OF_A_CASE, OF_A_ROW, Blanked, blank
from data.office.quality.shapes import LONGEST, TABLES, free_texts
from data.office.quality.tables import KEPT
from tests.data.processes import at_once


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request, tmp_path):
    url = request.getfixturevalue("postgres") if request.param == "postgresql" else None
    return Office(tmp_path, url)


EVENT = {"case_id": "c" * 32, "from_state": None, "to_state": "drawn", "part": "qa", "reason": "a first word"}


def test_nothing_is_made_by_reading(tmp_path):
    assert store.read(Office(tmp_path), "audit_cases")["audit_cases"].is_empty()
    assert store.verify(Office(tmp_path)) == (0, [])
    assert list(tmp_path.iterdir()) == []


def test_every_table_takes_rows_and_gives_them_back(office):
    values = {"day": date(2026, 5, 1), "int": 3, "bool": True}
    rows = {
        name: [
            {one: values.get(kind, f"{one} \x1b[31m=1+1") for one, kind in columns.items() if kind != "key"}
        ]
        for name, columns in TABLES.items()
    }
    for name, each in rows.items():
        for one, kind in TABLES[name].items():
            if kind == "id":
                each[0][one] = "i" * 32
    store.add(office, "Zoë [/]", rows)
    for name, frame in store.read(office, *TABLES).items():
        told = frame.row(0, named=True)
        assert told["made_by"] == "Zoë [/]"
        assert rows[name][0].items() <= told.items()
    assert store.verify(office) == (len(TABLES), [])


def test_the_database_itself_refuses_a_change_and_a_removal(office):
    others = {"int": 7, "bool": True, "day": date(2020, 1, 1)}
    store.add(office, "me", {name: [{}] for name in TABLES})
    engine = connect(office.home, office.url)
    for name in TABLES:
        table = KEPT[name]
        fixed = {one: others.get(kind, "another") for one, kind in TABLES[name].items() if kind != "text"}
        fixed |= {"made_by": "another", "made_at": datetime(2020, 1, 1), "digests": "other", "hash": "0" * 64}
        fixed |= {"previous": "1" * 64, "seq": 99}
        changes = [sa.update(table).values({column: value}) for column, value in fixed.items()]
        for statement in (*changes, sa.delete(table)):
            with pytest.raises(sa.exc.DBAPIError, match="only added to"), writing(engine) as connection:
                connection.execute(statement)
    if office.url is not None:
        with pytest.raises(sa.exc.DBAPIError, match="only added to"), writing(engine) as connection:
            connection.execute(sa.text("TRUNCATE audit_events"))
    engine.dispose()
    assert store.verify(office) == (len(TABLES), [])


def test_free_words_can_be_blanked_and_not_rewritten_and_the_chain_stays(office):
    store.add(office, "me", {"audit_events": [EVENT, EVENT]})
    engine = connect(office.home, office.url)
    table = KEPT["audit_events"]
    with pytest.raises(sa.exc.DBAPIError, match="only added to"), writing(engine) as connection:
        connection.execute(sa.update(table).values(reason="another word"))
    with writing(engine) as connection:
        connection.execute(sa.update(table).where(table.c.seq == 1).values(reason=None))
    engine.dispose()
    told = store.read(office, "audit_events")["audit_events"]
    assert told["reason"].to_list() == [None, "a first word"]
    assert store.verify(office) == (2, [])


def test_a_past_is_saved_whole_or_not_at_all(office):
    day = datetime(2026, 1, 1)
    fine, long = ({"feedback": [{"words": words}]} for words in ("short", "x" * (LONGEST + 1)))
    with pytest.raises(DataError):
        store.add_past(office, [store.Saved("ann", day, fine), store.Saved("ann", day, long)])
    assert store.read(office, "feedback")["feedback"].is_empty()
    store.add_past(office, [store.Saved("ann", day, fine), store.Saved("bo", day, fine)])
    assert store.read(office, "feedback")["feedback"]["made_by"].to_list() == ["ann", "bo"]
    assert store.verify(office) == (2, [])


def worded(case, person, state, at):
    """An audit with words in every table that may have some, its last step at a moment."""
    revision, action = f"r{case[1:]}", f"a{case[1:]}"
    keys = {"case_id": case, "revision_id": revision, "action_id": action}
    rows = {"audit_cases": [{"case_id": case, "person_id": person}]}
    for name in (*OF_A_CASE, *OF_A_ROW):
        row = {one: value for one, value in keys.items() if one in TABLES[name]}
        rows[name] = [row | dict.fromkeys(free_texts(name), f"words {person}")]
    rows["audit_events"][0]["to_state"] = state
    rows["audit_ratings"][0]["value"] = 2
    return {"rows": rows, "made_at": at}


def test_words_go_with_the_child_or_with_the_years_and_grades_and_the_chain_stay(office):
    now, long_ago = datetime(2026, 11, 1), datetime(2019, 1, 1)
    cases = {
        "there": ("closed", now),
        "gone": ("closed", now),
        "gone but written": ("in_progress", now),
        "old": ("moderated", long_ago),
    }
    for number, (person, (state, at)) in enumerate(cases.items()):
        told = worded(f"{number:032}", person, state, at)
        store.add_past(office, [store.Saved("ann", told["made_at"], told["rows"])])
        drafts.keep_there(office, drafts.Kept(f"{number:032}", "ann", "audit", {"x": person}, at))
    said = {"words": "said", "day": date(2026, 10, 1)}
    entered = [said | {"person_id": one} for one in ("there", "gone", None)]
    old = {"observations": [{"strengths": "old"}]}
    store.add_past(
        office, [store.Saved("quinn", now, {"feedback": entered}), store.Saved("quinn", long_ago, old)]
    )
    before, kept = datetime(2020, 11, 1), {"there", "old"}
    assert blank(office, before, kept, dry_run=True) == Blanked(2, 2)
    every = store.read(office, *TABLES)
    assert blank(office, before, kept) == Blanked(2, 2)
    assert blank(office, before, kept) == Blanked(0, 0)
    after = store.read(office, *TABLES)
    for name in (*OF_A_CASE, *OF_A_ROW):
        for column in free_texts(name):
            told = after[name][column].to_list()
            assert told == ["words there", None, "words gone but written", None], (name, column)
    assert after["feedback"]["words"].to_list() == ["said", None, "said"]
    assert after["observations"]["strengths"].to_list() == [None]
    assert after["audit_ratings"]["value"].to_list() == [2] * 4
    assert {name: frame.height for name, frame in after.items()} == {
        name: frame.height for name, frame in every.items()
    }
    there = [drafts.draft_of(office, f"{number:032}", "ann", "audit") for number in range(4)]
    assert [one is not None for one in there] == [True, False, True, False]
    assert store.verify(office)[1] == []
    assert blank(office, before, None) == Blanked(0, 0), "whoever is there is not known"


def test_what_was_changed_behind_its_back_is_found(tmp_path):
    office = Office(tmp_path)
    store.add(office, "me", {"audit_events": [EVENT, EVENT, EVENT]})
    engine = connect(office.home, None)
    with writing(engine) as connection:
        connection.exec_driver_sql("DROP TRIGGER audit_events_no_update")
        connection.exec_driver_sql("UPDATE audit_events SET to_state = 'closed' WHERE seq = 2")
    assert "row 2 was changed" in store.verify(office)[1][0]
    with writing(engine) as connection:
        connection.exec_driver_sql("DROP TRIGGER audit_events_no_delete")
        connection.exec_driver_sql("UPDATE audit_events SET to_state = 'drawn' WHERE seq = 2")
        connection.exec_driver_sql("DELETE FROM audit_events WHERE seq = 1")
    assert "row 2 does not follow" in store.verify(office)[1][0]


def test_all_or_none_and_only_in_the_state_it_was_seen_in(office):
    store.add(office, "me", {"audit_events": [EVENT]})
    later = EVENT | {"from_state": "drawn", "to_state": "assigned"}
    seen = [store.Expected("c" * 32, "drawn")]
    store.add(office, "me", {"audit_events": [later]}, expected=seen)
    with pytest.raises(store.ChangedError):
        store.add(office, "you", {"audit_actions": [{"text": "x"}], "audit_events": [later]}, expected=seen)
    with pytest.raises(DataError, match="can have"):
        store.add(
            office,
            "you",
            {"audit_actions": [{"text": "x"}], "audit_concerns": [{"note": "x" * (LONGEST + 1)}]},
        )
    told = store.read(office, "audit_events", "audit_actions")
    assert told["audit_events"]["to_state"].to_list() == ["drawn", "assigned"]
    assert told["audit_actions"].is_empty()


SAVES = """
import sys
from pathlib import Path

from data.office.office import Office
from data.office.quality import drafts, store

home, url, name = sys.argv[1:]
office, case = Office(Path(home), url or None), f"{int(name[1:]):032}"
for turn in range(2):
    kept = drafts.Kept(case, name, "audit", {"turn": turn}, drafts.now())
    drafts.keep_here(office, kept)
    drafts.keep_there(office, kept)
    revision = store.new_id()
    ratings = [
        {"revision_id": revision, "standard_key": f"s{one}", "value": 3, "evidence": f"{name} {turn}"}
        for one in range(12)
    ]
    head = {"revision_id": revision, "case_id": case, "overall_grade": 1 + turn % 4}
    event = {"case_id": case, "to_state": "submitted", "part": "auditor", "reason": "a first word"}
    rows = {"audit_revisions": [head], "audit_ratings": ratings, "audit_events": [event]}
    store.add(office, name, rows, drops_drafts=[(case, name, "audit")] if turn else [])
"""
"""One auditor in a session, a process, of their own"""


def test_twenty_auditors_saving_at_once_lose_nothing(office):
    connect(office.home, office.url).dispose()
    at_once(20, SAVES, str(office.home), office.url or "")
    told = store.read(office, "audit_revisions", "audit_ratings", "audit_events")
    assert {name: frame.height for name, frame in told.items()} == {
        "audit_revisions": 40, "audit_ratings": 480, "audit_events": 40,
    }  # fmt: skip
    assert told["audit_ratings"]["evidence"].n_unique() == 40
    for number in range(20):  # what was handed in last is a draft no more; those in the home are by name
        assert drafts.draft_of(office, f"{number:032}", f"P{number}", "audit").body == {"turn": 1}
        drafts.forget_here(office, f"{number:032}", f"P{number}", "audit")
        assert drafts.draft_of(office, f"{number:032}", f"P{number}", "audit") is None
    assert store.verify(office) == (560, [])


def test_of_twenty_who_take_one_step_at_once_one_takes_it(office):
    store.add(office, "me", {"audit_events": [EVENT]})
    later, given = EVENT | {"from_state": "drawn", "to_state": "assigned"}, {"case_id": "c" * 32}

    def step(number):
        mine = Office(office.home, office.url)
        try:
            store.add(
                mine, f"manager {number}",
                {"audit_allocations": [given | {"auditor": str(number)}], "audit_events": [later]},
                expected=[store.Expected("c" * 32, "drawn")],
            )  # fmt: skip
        except store.ChangedError:
            return None
        return str(number)

    with ThreadPoolExecutor(20) as pool:
        took = [one for one in pool.map(step, range(20)) if one is not None]
    told = store.read(office, "audit_events", "audit_allocations")
    assert len(took) == 1
    assert told["audit_allocations"]["auditor"].to_list() == took
    assert told["audit_events"].height == 2


def test_the_newest_draft_counts_wherever_it_is_kept(office):
    then = drafts.now()
    one = drafts.Kept("c" * 32, "me", "audit", {"text": "first ☃"}, then)
    assert drafts.draft_of(office, "c" * 32, "me", "audit") is None
    drafts.keep_here(office, one)
    assert drafts.draft_of(office, "c" * 32, "me", "audit") == one
    newer = drafts.Kept("c" * 32, "me", "audit", {"text": "second"}, then + timedelta(seconds=2))
    drafts.keep_there(office, newer)
    drafts.keep_there(office, one)  # late: it does not go over the newer one
    assert drafts.draft_of(office, "c" * 32, "me", "audit") == newer
    assert drafts.draft_of(office, "c" * 32, "you", "audit") is None
    drafts.forget_here(office, "c" * 32, "me", "audit")
    store.add(office, "me", {"audit_events": [EVENT]}, drops_drafts=[("c" * 32, "me", "audit")])
    assert drafts.draft_of(office, "c" * 32, "me", "audit") is None


def test_a_torn_draft_in_the_home_does_not_hide_the_other(tmp_path):
    office = Office(tmp_path)
    kept = drafts.Kept("c" * 32, "me", "audit", {"text": "x"}, drafts.now())
    drafts.keep_there(office, kept)
    drafts.keep_here(office, kept)
    file = next((tmp_path / drafts.FOLDER).iterdir())
    file.write_text(json.dumps({"case_id": "c"})[:-3])
    assert drafts.draft_of(office, "c" * 32, "me", "audit") == kept


def test_free_words_are_known_of_every_table_that_has_some():
    assert free_texts("audit_ratings") == ("evidence", "no_action")
    assert sum(bool(free_texts(name)) for name in TABLES) > 15
