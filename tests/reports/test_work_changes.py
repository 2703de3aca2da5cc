"""What changed between two snapshots, and what did not although days have passed."""

from datetime import date
from typing import Any

import pytest

from fcl_tui.records.day.work_changes import CHANGES, counts, headline, left_out, work_changes
from tests.reports.by_hand import CALENDAR, Authority, child, involved, item, referral

OLD, NEW = date(2026, 11, 16), date(2026, 11, 23)
LONG_AGO = date(2026, 1, 5)


def visit(due: date | None, **more: Any) -> dict[str, Any]:
    return item("1", more.pop("rule", "cin_visit"), date(2026, 10, 1), due, **more)


def authority(*due: dict[str, Any], worker: str = "W1", closed: date | None = None, **more: Any) -> Authority:
    given = {
        "person": [child("1")],
        "cin_episodes": [referral("1", LONG_AGO, closed)],
        "involvements": [involved("1", worker, LONG_AGO, invo_professional_team=f"Team of {worker}")],
        "professionals": [
            {"prof_professional_id": key, "prof_professional_name": name}
            for key, name in (("W1", "Mary [/] Smith"), ("W2", "Olu"))
        ],
    }
    return Authority(due=list(due), **(given | more))


def changes(before: Authority, after: Authority, days: tuple[date, date] = (OLD, NEW), **scope: str):
    rows = work_changes(before.scan, after.scan, CALENDAR, *days, **scope).collect()
    assert rows["row_key"].n_unique() == rows.height
    return rows


def told(before: Authority, after: Authority, **more: Any) -> list[tuple[str, str]]:
    return changes(before, after, **more).select("change", "detail").rows()


@pytest.mark.parametrize("due", [date(2026, 11, 10), date(2026, 11, 25), date(2027, 3, 1), None])
def test_days_passing_are_no_change(due):
    assert told(authority(visit(due)), authority(visit(due))) == []


@pytest.mark.parametrize(
    ("due", "late"), [(date(2026, 11, 15), False), (OLD, True), (date(2026, 11, 22), True), (NEW, False)]
)
def test_overdue_is_from_the_day_after_the_due_day(due, late):
    found = told(authority(visit(due)), authority(visit(due)))
    became = f"became overdue {due.day + 1}/11/2026"
    assert found == ([("overdue", became)] if late else [])


def test_loaded_again_on_the_same_day_nothing_is_changed_by_the_calendar():
    same = authority(visit(date(2026, 11, 20)))
    assert told(same, same, days=(NEW, NEW)) == []


def test_a_due_date_that_moved_back_says_so():
    found = told(authority(visit(date(2026, 12, 9))), authority(visit(date(2026, 11, 3))))
    assert found == [("overdue", "overdue since 04/11/2026, the due date was 09/12/2026")]


@pytest.mark.parametrize("done", [date(2026, 11, 20), date(2026, 11, 12)], ids=["since", "recorded late"])
def test_what_was_done_and_what_follows_it(done):
    due = date(2026, 11, 10)
    follows = visit(date(2026, 12, 10), cycle=3) | {"started": done}
    rows = changes(authority(visit(due)), authority(visit(due, done_date=done), follows))
    assert rows.select("change", "detail", "owed").rows() == [
        ("new", "the next, after the last was done", True),
        ("done", f"done {done:%d/%m/%Y}", False),
    ]


def test_what_is_new_says_what_it_counts_from():
    assert told(authority(), authority(visit(date(2026, 12, 1)))) == [("new", "counted from 01/10/2026")]


def test_new_and_overdue_at_once_is_both():
    found = told(authority(), authority(visit(date(2026, 11, 2))))
    assert found == [
        ("overdue", "overdue since 03/11/2026, new in the data"),
        ("new", "counted from 01/10/2026"),
    ]


def test_gone_says_why():
    due = date(2026, 11, 30)
    before = authority(visit(due))
    ended = authority(visit(due, ended=date(2026, 11, 18)))
    assert told(before, ended) == [("gone", "it ended by the due day (18/11/2026)")]
    limited = authority(visit(due, limit_date=due, limit_reason="the child turns 18 first"))
    assert told(before, limited) == [("gone", "not required: the child turns 18 first")]
    closed = authority(visit(due), closed=date(2026, 11, 18))
    assert told(before, closed) == [("gone", "the child has no open referral, plan or period of care")]
    nobody = authority(person=[], cin_episodes=[], involvements=[])
    assert told(before, nobody) == [("gone", "the child is not in the newer data")]
    assert told(before, authority()) == [("gone", "what it counted from has changed in the data")]


def test_a_missed_item_whose_plan_ended_is_gone_not_done():
    due = date(2026, 11, 10)
    found = told(authority(visit(due)), authority(visit(due, ended=date(2026, 11, 18))))
    assert found == [("gone", "it ended, nothing done by the due day (18/11/2026)")]


def test_moved_says_from_whom_to_whom_and_both_see_it():
    due = date(2026, 12, 30)
    before, after = authority(visit(due)), authority(visit(due), worker="W2")
    rows = changes(before, after)
    one = rows.row(0, named=True)
    assert one["change"] == "moved"
    assert one["detail"].startswith("Mary [/] Smith to Olu")
    assert (one["worker_before"], one["worker"]) == ("Mary [/] Smith", "Olu")
    for worker in ("Olu", "Mary [/] Smith"):
        assert changes(before, after, worker=worker).height == 1
    assert changes(before, after, worker="Nobody").is_empty()
    assert changes(before, after, team=one["team_before"]).height == 1


def test_the_last_day_before_and_the_first_after_are_each_read_as_they_were():
    """What the newer data tells of the past does not alter how the older stood."""
    before = authority(visit(date(2026, 11, 10), done_date=None))
    after = authority(visit(date(2026, 11, 10), done_date=date(2026, 11, 9)))
    assert told(before, after) == [("done", "done 09/11/2026")]
    assert told(after, before) == [
        ("overdue", "overdue since 11/11/2026, new in the data"),
        ("new", "counted from 01/10/2026"),
    ]


def test_in_order_counted_and_said():
    before = authority(visit(OLD), visit(date(2026, 11, 30), rule="cp_visit"))
    after = authority(visit(OLD), visit(date(2026, 12, 30), rule="pa_contact"))
    rows = changes(before, after)
    assert rows["change"].to_list() == ["overdue", "new", "gone"]
    assert counts(rows) == dict.fromkeys(CHANGES, 0) | {"overdue": 1, "new": 1, "gone": 1}
    assert headline(rows, OLD, NEW) == "16/11/2026 to 23/11/2026: 1 became overdue, 1 new, 1 gone, not done"
    assert headline(rows.clear(), OLD, NEW).endswith("nothing changed")
    assert left_out(before.scan, after.scan).collect().is_empty()
