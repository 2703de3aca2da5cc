"""Three questions to a big snapshot: by the report functions of the running application, and in DuckDB's SQL.

python -m tests.benchmarks.questions HOME prints the answer as JSON; both read the same Parquet files.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from data.frames import collect
from fcl_tui.definitions.caseload import NO_TEAM, held_by
from fcl_tui.records import assessments
from fcl_tui.records.child import summary as client_summary
from fcl_tui.records.client_overview import client_overview
from tests.asking import lazily
from tests.benchmarks.programs import Home

TIMES = 5

CHRONOLOGY = """
select *, date - lag(date) over (order by date nulls first) as days_since
from events where person_id = $person and (date is null or date <= $day) order by date nulls first
"""
CASELOAD = """
with spells as (
    select person_id,
        case when status = 'looked_after' and short_break then 'short_break' else status end as status
    from statuses where (start is null or start <= $day) and ("end" is null or "end" > $day)
),
clients as (
    select person_id, min_by(status, list_position(
        ['looked_after', 'child_protection', 'care_leaver', 'child_in_need', 'short_break'], status)) status
    from spells group by person_id
),
held as (
    select distinct on (person_id, role) person_id, role, worker, team
    from allocations where (start is null or start <= $day) and ("end" is null or "end" > $day)
    order by person_id, role, rank, start desc nulls last, source_row desc nulls last,
             worker_id desc nulls last
),
worker as (select * from held where role = 'allocated_worker'),
adviser as (select * from held where role = 'personal_adviser'),
caseload as (
    select c.person_id, p.name, p.date_of_birth, c.status, a.worker personal_adviser,
        case when c.status = 'care_leaver' and w.worker is null then a.worker else w.worker end worker,
        coalesce(case when c.status = 'care_leaver' and w.worker is null then a.team else w.team end,
                 'No team') team
    from clients c left join people p using (person_id)
    left join worker w using (person_id) left join adviser a using (person_id)
)
select c.*, i.item_id, i.rule, r.name as item, i.kind, i.started, i.due_date, i.unit, r.statutory,
       i.due_date - $day as days,
       case when i.due_date < $day and not coalesce(i.soft, false) then 'overdue' else 'due' end as state
from caseload c join due_items i using (person_id) left join rules r using (rule)
where c.team = $team
  and (i.done_date is null or i.done_date > $day) and (i.ended is null or i.ended > $day)
  and (greatest(i.started, i.known_from) is null or greatest(i.started, i.known_from) <= $day)
order by i.due_date nulls last, c.name nulls last, c.person_id, i.item_id
"""
COMPARISON = """
with held as (
    select distinct on (person_id) person_id, team from allocations
    where role = 'allocated_worker' and (start is null or start <= $day) and ("end" is null or "end" > $day)
    order by person_id, rank, start desc nulls last, source_row desc nulls last, worker_id desc nulls last
),
known as (
    select a.*, a.authorised_date is not null and a.authorised_date <= $day as done, h.team now_team
    from assessments a left join held h using (person_id)
    where coalesce(a.start_date, a.clock_start, a.authorised_date, $day) <= $day
)
select coalesce(case when not done and belongs_by = 'allocation' then now_team else team end, 'No team') who,
    count(*) filter (done) completed, count(*) filter (done and in_time) in_time,
    100.0 * count(*) filter (done and in_time)
        / nullif(count(*) filter (done and in_time is not null), 0) as per_cent,
    median(working_days) filter (done) median_days, quantile_disc(working_days, 0.9) filter (done) p90_days,
    count(*) filter (not done) as open
from known where not done or authorised_date between $since and $day
group by who order by who
"""


@dataclass(frozen=True)
class Told:
    """One question: ms by the report and by the SQL (medians), rows, and whether they say the same."""

    question: str
    ours: float
    sql: float
    rows: int
    agree: bool


Same = Callable[[pl.DataFrame, duckdb.DuckDBPyConnection], bool]


def _answer(con: duckdb.DuckDBPyConnection, columns: str) -> list[tuple[Any, ...]]:
    return sorted(con.execute(f"select {columns} from answer").fetchall())


def _median(ask: Callable[[], Any]) -> float:
    took = []
    for _ in range(TIMES + 1):
        begun = time.perf_counter()
        ask()
        took.append((time.perf_counter() - begun) * 1e3)
    return statistics.median(took[1:])


def asked(home: Home) -> list[Told]:
    """Ask all three, after a first time each."""
    snapshot, calendar, day = home.snapshot, home.calendar, home.day
    scan = snapshot.scan

    def opened(name: str) -> pl.LazyFrame:
        return snapshot.scan_open(name, day)

    con = duckdb.connect()
    for name in ("events", "statuses", "allocations", "people", "due_items", "rules", "assessments"):
        file = home.snapshot.path / "prepared" / f"{name}.parquet"
        con.execute(f"create view {name} as select * from read_parquet('{file}')")
    since, _ = assessments.default_period(day)
    some = collect(scan("people").select("person_id").slice(home.children // 2, 1)).item()
    items = client_overview(scan, calendar, day)
    teams = items.filter(pl.col("team") != NO_TEAM).group_by("team").len()
    team = collect(teams.sort("len", "team", descending=True).head(1))["team"][0]
    given = {"person": some, "day": day, "team": team, "since": since}
    questions: dict[str, tuple[Callable[[], pl.LazyFrame], str, Same]]
    questions = {
        "a client's chronology": (
            lambda: client_summary.chronology(scan, day, some),
            CHRONOLOGY,
            lambda mine, con: sorted(mine.select("source_row").rows()) == _answer(con, "source_row"),
        ),
        "a team's caseload": (
            lambda: client_overview(held_by(opened, day, team), calendar, day, team=team),
            CASELOAD,
            lambda mine, con: sorted(mine.select("item_id").rows()) == _answer(con, "item_id"),
        ),
        "assessments by team": (
            lambda: lazily("assessments", opened, day, {"calendar": calendar}),
            COMPARISON,
            lambda mine, con: (
                sorted(mine.select("team", "completed", "in_time", "open").rows())
                == _answer(con, "who, completed, in_time, open")
            ),
        ),
    }
    told = []
    for question, (report, sql, same) in questions.items():
        used = {name: value for name, value in given.items() if f"${name}" in sql}

        def by_sql(sql: str = sql, used: dict[str, Any] = used) -> None:
            con.execute(f"create or replace temp table answer as {sql}", used)

        def by_report(report: Callable[[], pl.LazyFrame] = report) -> pl.DataFrame:
            return collect(report())

        ours, theirs = _median(by_report), _median(by_sql)
        mine = by_report()
        told.append(Told(question, ours, theirs, mine.height, same(mine, con)))
    return told


if __name__ == "__main__":
    print(json.dumps([asdict(one) for one in asked(Home.at(Path(sys.argv[1])))]))
