"""Saved views in the office database: own, shared, replaced, removed, the one to open on."""

import sqlite3

import pytest

from data.errors import DataError
from data.office import FILE
from data.office.office import Office
from data.office.views import SavedView, named, open_on, remove, save, views


def mine(name="Overdue", owner="me", **more):
    return SavedView(name, "client-overview", owner, {"view": {"team": "Pod 1"}}, **more)


def worked(office):
    save(office, mine())
    save(office, mine("Zebra"))
    save(office, mine("Shared", "you", shared_with="Pod 1"))
    save(office, mine("Private", "you"))
    found, chosen = views(office, "me")
    assert [(view.name, view.owner) for view in found] == [
        ("Overdue", "me"),
        ("Zebra", "me"),
        ("Shared", "you"),
    ]
    assert chosen is None
    assert found[0].state == {"view": {"team": "Pod 1"}}
    open_on(office, "me", found[0].view_id)
    replaced = SavedView("Overdue", "client-overview", "me", {"view": {"team": "Pod 2"}})
    save(office, replaced)
    found, chosen = views(office, "me")
    assert [view.name for view in found] == ["Overdue", "Zebra", "Shared"]
    assert chosen == replaced.view_id  # the one to open on is replaced with it
    remove(office, replaced)
    assert views(office, "me")[1] is None
    assert [view.name for view in views(office, "me")[0]] == ["Zebra", "Shared"]
    remove(office, SavedView("Shared", "client-overview", "me", {}, view_id=found[2].view_id))
    assert len(views(office, "you")[0]) == 2  # nobody takes away another's
    open_on(office, "me", None)
    assert views(office, "me")[1] is None


def test_views_on_sqlite(tmp_path):
    worked(Office(tmp_path))


def test_views_on_postgresql(tmp_path, postgres):
    worked(Office(tmp_path, postgres))


def test_what_was_typed_to_filter_is_never_kept_in_a_view_that_is_shared(tmp_path):
    office = Office(tmp_path)
    state = {"view": {}, "filter": "a child's name"}
    save(office, SavedView("Mine", "client-overview", "me", state))
    assert views(office, "me")[0][0].state["filter"] == "a child's name"
    save(office, SavedView("Mine", "client-overview", "me", state, "everyone"))  # saved again once shared
    ((theirs,), _) = views(office, "you")
    assert theirs.state == {"view": {}, "filter": ""}


def test_asking_makes_no_database(tmp_path):
    assert views(Office(tmp_path), "me") == ([], None)
    assert not (tmp_path / FILE).exists()


def test_by_name_whatever_its_case(tmp_path):
    save(Office(tmp_path), mine("My Pod"))
    found, _ = views(Office(tmp_path), "me")
    assert named(found, " my pod ").name == "My Pod"
    with pytest.raises(DataError, match="There are: My Pod"):
        named(found, "other")


@pytest.mark.parametrize("body", ["{", "[]", '{"version": 99, "state": {}}', '{"version": 1, "state": 3}'])
def test_what_cannot_be_understood_is_listed_with_its_fault(tmp_path, body):
    office = Office(tmp_path)
    save(office, mine())
    with sqlite3.connect(tmp_path / FILE) as connection:
        connection.execute("UPDATE views SET body = ?", (body,))
    connection.close()
    ((view,), chosen) = views(office, "me")
    assert (view.name, view.state, chosen) == ("Overdue", {}, None)
    assert "save it again" in view.fault


def test_a_database_that_does_not_answer_is_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr("data.office.database.BUSY", 0.0)
    office = Office(tmp_path)
    save(office, mine())
    holder = sqlite3.connect(tmp_path / FILE, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(DataError, match="does not answer"):
        save(office, mine("Other"))
    assert views(office, "me")[0][0].name == "Overdue"
    holder.close()


@pytest.mark.parametrize("name", ["", "  ", "x" * 61])
def test_a_name_is_needed_and_short(name):
    with pytest.raises(DataError, match="1 to 60"):
        mine(name)


def test_a_reader_of_some_teams_sees_what_is_shared_with_them(tmp_path):
    office = Office(tmp_path)
    for name, team in (("A", "Pod 1"), ("B", "Pod 2"), ("C", "everyone")):
        save(office, mine(name, "you", shared_with=team))
    save(office, mine("D"))

    def seen(teams):
        return [view.name for view in views(office, "me", teams)[0]]

    assert seen(None) == ["D", "A", "B", "C"]
    assert seen(frozenset({"Pod 1"})) == ["D", "A", "C"]
    assert seen(frozenset()) == ["D", "C"]
