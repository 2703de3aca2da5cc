"""A PostgreSQL office database that is slow, gone or silent, and users whose clocks disagree."""

import socket
import threading
from contextlib import closing
from datetime import datetime

import sqlalchemy as sa

from data.office import JOURNAL
from data.office.journal import Journal
from data.office.marks import Mark, same
from data.office.office import Office


def marked(office, number):
    return office.save(same([f"{number}|r|s|1"], "chased", "me"))


def saved_once(tmp_path, url, items):
    seen = Office(tmp_path, url).read()
    assert seen.marks["item_id"].to_list() == items
    assert (seen.unsaved, seen.trouble) == (0, "")
    assert Journal(tmp_path / JOURNAL).pending() == ([], 0)


def test_a_statement_held_by_a_lock_is_given_up_and_saved_later(tmp_path, postgres):
    marked(Office(tmp_path, postgres), 1)
    query = {"options": "-c statement_timeout=150"}
    impatient = sa.make_url(postgres).update_query_dict(query).render_as_string(hide_password=False)
    office = Office(tmp_path, impatient)
    assert office.read().marks.height == 1
    engine = sa.create_engine(postgres, poolclass=sa.NullPool)
    with engine.begin() as holder:
        holder.exec_driver_sql("LOCK TABLE marks IN EXCLUSIVE MODE")  # reading goes on, writing waits
        seen = marked(office, 2)
        assert seen.unsaved == 1
        assert "is busy" in seen.trouble
        assert seen.marks["saved"].to_list() == [True, False]
    assert office.read().marks["saved"].to_list() == [True, True]
    saved_once(tmp_path, postgres, ["1|r|s|1", "2|r|s|1"])


def test_a_server_that_refuses_keeps_the_mark(tmp_path, postgres):
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    office = Office(tmp_path, f"postgresql://nobody@127.0.0.1:{port}/none")
    for number in (1, 2):
        seen = marked(office, number)
        assert seen.unsaved == number
        assert "cannot be reached" in seen.trouble
    saved_once(tmp_path, postgres, ["1|r|s|1", "2|r|s|1"])


def test_a_server_that_never_answers_is_left_after_a_while(tmp_path, postgres):
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        port = silent.getsockname()[1]
        office = Office(tmp_path, f"postgresql://nobody@127.0.0.1:{port}/none?connect_timeout=2")
        seen = marked(office, 1)
    assert seen.unsaved == 1
    assert seen.marks["saved"].to_list() == [False]
    assert "cannot be reached" in seen.trouble
    saved_once(tmp_path, postgres, ["1|r|s|1"])


def test_a_mark_is_kept_before_a_database_that_hangs_is_waited_for(tmp_path):
    office = Office(tmp_path)
    marked(office, 1)
    hangs, answers = threading.Event(), threading.Event()
    catch_up = office._catch_up

    def hang():
        hangs.set()
        assert answers.wait(20)
        catch_up()

    office._catch_up = hang
    reading = threading.Thread(target=office.read)
    reading.start()
    assert hangs.wait(20)
    saving = threading.Thread(target=marked, args=(office, 2))
    saving.start()
    try:
        for _ in range(2000):
            pending, _ = Journal(tmp_path / JOURNAL).pending()
            if pending:
                break
            saving.join(0.01)
        assert [mark.item_id for mark in pending] == ["2|r|s|1"]
    finally:
        answers.set()
        reading.join()
        saving.join()
    saved_once(tmp_path, None, ["1|r|s|1", "2|r|s|1"])


def test_two_clocks_hours_apart_the_last_saved_is_the_mark(tmp_path, postgres):
    import polars as pl

    from fcl_tui.definitions.marks import last_batch
    from fcl_tui.definitions.marks import marked as with_marks

    fast, slow = Office(tmp_path / "a", postgres), Office(tmp_path / "b", postgres)
    fast.save([Mark("1|r|s|1", "chased", "fast", made_at=datetime(2026, 11, 23, 15))])
    slow.save([Mark("1|r|s|1", "done", "slow", made_at=datetime(2026, 11, 23, 9))])
    fast.save([Mark("2|r|s|1", "done", "fast", made_at=datetime(2026, 11, 23, 15))])
    slow.save([Mark("2|r|s|1", "chased", "slow", made_at=datetime(2026, 11, 23, 9))])
    ours, theirs = fast.read().marks, slow.read().marks
    assert ours.equals(theirs)
    assert ours["seq"].is_sorted()
    assert ours["made_by"].to_list() == ["fast", "slow", "fast", "slow"]
    items = pl.LazyFrame({"item_id": ["1|r|s|1", "2|r|s|1"]})
    day = datetime(2026, 11, 23).date()
    rows = with_marks(items, ours.lazy(), day, day).collect()
    assert rows["mark_by"].to_list() == ["slow", "slow"]
    assert last_batch(ours, "slow")["item_id"].to_list() == ["2|r|s|1"]
