"""Staff Supervision: in time, overdue, gaps, children discussed; entering; who sees whose."""

import random
from datetime import date, timedelta

import polars as pl
import pytest

from data.errors import DataError
from fcl_tui.config.supervision import read
from fcl_tui.records.supervising.workers import SHAPE, children, sessions, workers

AS_AT = date(2026, 3, 31)
DAY = timedelta(days=1)
SPAN = (AS_AT - 364 * DAY, AS_AT)


def case(person, worker, team="T1"):
    return {
        "person_id": person, "name": f"Child {person}", "age": 9, "status": "child_in_need", "team": team,
        "worker": worker,
    }  # fmt: skip


def told(worker, ago, kind="personal", state="held", who=()):
    return {
        "worker": worker, "supervisor": "Mo", "day": AS_AT - ago * DAY, "kind": kind, "state": state,
        "children": list(who),
    }  # fmt: skip


def standing(rows, names=("Ann",), newly=(), span=SPAN):
    cases = pl.LazyFrame([case(str(at), name) for at, name in enumerate(names)])
    frame = pl.LazyFrame(rows, schema=SHAPE)
    named = pl.LazyFrame({"worker": list(newly)}, schema={"worker": pl.String})
    found = workers(
        cases, frame, AS_AT, span, weeks=4, weeks_newly_qualified=2, newly_qualified=named
    ).collect()
    return {row["worker"]: row for row in found.to_dicts()}


@pytest.mark.parametrize(
    ("ago", "newly", "state"),
    [(0, (), "due"), (20, (), "due"), (21, (), "due_soon"), (28, (), "due_soon"), (29, (), "overdue"),
     (6, ("Ann",), "due"), (14, ("Ann",), "due_soon"), (15, ("Ann",), "overdue")],
)  # fmt: skip
def test_the_due_day_itself_is_in_time(ago, newly, state):
    row = standing([told("Ann", ago)], newly=newly)["Ann"]
    assert (row["state"], row["in_time"], row["days_since"]) == (state, state != "overdue", ago)


@pytest.mark.parametrize(
    "row", [told("Ann", 3, "group"), told("Ann", 3, state="cancelled"), told("Ann", -2), told("Bob", 3)]
)
def test_what_does_not_count_leaves_a_worker_never_supervised(row):
    assert standing([row])["Ann"]["state"] == "never"


def test_what_is_booked_next():
    rows = [told("Ann", -9, state="booked"), told("Ann", -2, state="booked"), told("Ann", 1, state="booked")]
    assert standing(rows)["Ann"]["next_booked"] == AS_AT + 2 * DAY


def by_hand(rows, worker, span):
    days = sorted(
        {one["day"] for one in rows
         if one["worker"] == worker and one["state"] == "held" and one["kind"] != "group"
         and one["day"] <= AS_AT}
    )  # fmt: skip
    known = [day for day in days if day <= min(AS_AT, span[1])]
    gaps = []
    for at, day in enumerate(known):
        until = known[at + 1] if at + 1 < len(known) else min(AS_AT, span[1])
        if until >= span[0]:
            gaps.append((until - day).days)
    state = "never" if not days else "in time" if (AS_AT - days[-1]).days <= 28 else "overdue"
    return state, max(gaps, default=None)


@pytest.mark.parametrize("seed", range(12))
def test_in_time_and_the_longest_gap_by_an_independent_calculation(seed):
    dice = random.Random(seed)
    names = ("Ann", "Bob", "Cy", "Di")
    rows = [
        told(
            dice.choice(names[:3]),
            dice.randint(-20, 250),
            dice.choice(("personal", "case", "group")),
            dice.choice(("held", "held", "booked", "cancelled")),
        )
        for _ in range(dice.randint(0, 25))
    ]
    first = AS_AT - dice.randint(30, 200) * DAY
    span = (first, first + dice.randint(5, 25) * DAY)
    found = standing(rows, names, span=span)
    for name in names:
        state, gap = by_hand(rows, name, span)
        row = found[name]
        said = "in time" if row["in_time"] else row["state"]
        assert (said, row["longest_gap"]) == (state, gap)


def test_children_never_or_not_lately_discussed():
    cases = pl.LazyFrame([case(one, "Ann") for one in "1234"])
    rows = [
        told("Ann", 84, "group", who="1"), told("Ann", 85, who="2"), told("Bob", 1, who="3"),
        told("Ann", 5, state="booked", who="4"),
    ]  # fmt: skip
    found = children(cases, pl.LazyFrame(rows, schema=SHAPE), AS_AT, 12).collect()
    assert dict(found.select("person_id", "discussed").rows()) == {
        "1": "discussed", "2": "not lately", "3": "never discussed", "4": "never discussed",
    }  # fmt: skip


def test_sessions_of_the_period_and_what_is_booked():
    rows = [
        told("Ann", 365),
        told("Ann", 1, who="12"),
        told("Ann", -9, state="booked"),
        told("Ann", -9, "case"),
    ]
    cases = pl.LazyFrame([case("1", "Ann")])
    found = sessions(pl.LazyFrame(rows, schema=SHAPE), cases, SPAN, AS_AT).collect()
    assert found.select("state", "children").rows() == [("booked", 0), ("held", 2)]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Ann,Mo,31/02/2026,,,", ("row 2", "column date", "'31/02/2026'", "Write it as")),
        ("Ann,Mo,,,,", ("row 2", "column date", "is empty")),
        (",Mo,2026-03-01,,,", ("row 2", "column worker", "is empty")),
        ("Ann,Mo,2026-03-01,chat,,", ("row 2", "column kind", "'chat'", "personal, case, group")),
        ("Ann,Mo,2026-03-01,,done,", ("row 2", "column state", "'done'", "held, booked, cancelled")),
        ("Ann,Mo,2026-03-01,,", ("row 2", "5 values", "6 headings")),
    ],
)
def test_a_wrong_value_is_named(tmp_path, line, said):
    (tmp_path / "s.csv").write_text(f"worker,supervisor,date,kind,state,children\n{line}\n")
    with pytest.raises(DataError) as error:
        read(tmp_path / "s.csv")
    for words in ("s.csv", *said):
        assert words in str(error.value)


class Door:
    """A reader of one team, in a home of their own; sees the children given."""

    def __init__(self, home, teams=None, seen=("1", "2")):
        from fcl_tui.access.readers.reader import Reader
        from fcl_tui.access.readers.remit import Scope
        from fcl_tui.config.settings import Settings

        self.home, self.settings, self.seen, self.told = home, Settings(home, name="flo"), seen, []
        scope = Scope(teams=frozenset(teams or ()))
        self.reader = None if teams is None else Reader("flo", "front-line manager", frozenset(), scope)

    def require(self, report):
        assert report == "staff-supervision"

    def shown(self, person):
        return person

    def seen_of(self, people):
        return people.filter(people.is_in(self.seen))

    def record(self, *what, **more):
        self.told.append((*what, more["detail"]))


def team_authority(*people):
    from tests.reports.by_hand import Authority, child, involved, referral

    days = date(2025, 1, 6)
    held = {"1": ("Ann Ash", "T1"), "2": ("Bob Birch", "T2")}
    return Authority(
        person=[child(one) for one in people],
        cin_episodes=[referral(one, days) for one in people],
        involvements=[
            involved(one, held[one][0], days, invo_professional_team=held[one][1]) for one in people
        ],
    ).scan


def enter_lines(door, scan, tmp_path, *lines):
    from fcl_tui.access.supervision import checked, enter

    path = tmp_path / "s.csv"
    path.write_text("\n".join(["worker,supervisor,date,children", *lines]) + "\n")
    enter(door, checked(door, scan, path, read(path)), demo=False)


def test_only_the_own_teams_and_what_the_reader_held_is_shown(tmp_path):
    from fcl_tui.access.supervision import supervisions

    scan = team_authority("1", "2")
    door = Door(tmp_path)
    lines = ("Ann Ash,Mo,2026-03-01,1; 2", "Bob Birch,Mo,2026-03-02,2", "Bob Birch,FLO,2026-03-03,")
    enter_lines(door, scan, tmp_path, *lines)
    assert door.told == [("entered", "supervisions entered: 3; children discussed: 2")]
    assert supervisions(door, scan, demo=False).rows.collect().height == 3
    own = supervisions(Door(tmp_path, teams=["T1"]), team_authority("1"), demo=False)
    assert own.rows.collect().select("worker", "supervisor", "children").rows() == [
        ("Ann Ash", "Mo", ["1"]),
        ("Bob Birch", "FLO", []),
    ]
    assert (own.everyone, own.teams) == (False, {"T1"})


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Bob Birch,Mo,2026-03-02,", ("row 3", "column worker", "'Bob Birch'")),
        ("Ann Ash,Mo,2026-03-02,2", ("row 3", "column children", "'2'", "no child you can see")),
    ],
)
def test_a_wrong_row_saves_nothing(tmp_path, line, said):
    from fcl_tui.access.supervision import supervisions

    door, scan = Door(tmp_path, teams=["T1"], seen=("1",)), team_authority("1", "2")
    with pytest.raises(DataError) as error:
        enter_lines(door, scan, tmp_path, "Ann Ash,Mo,2026-03-01,1", line)
    for words in said:
        assert words in str(error.value)
    assert supervisions(door, scan, demo=False) is None
    assert door.told == []
