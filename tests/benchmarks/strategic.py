"""A strategic report on a snapshot: opened cold and warm, a team, another measure, beside DuckDB's SQL.

python -m tests.benchmarks.strategic [--children N ...] makes a demo authority of each size and prints
milliseconds of the processor and of the clock (medians). Cold is the first question of a process that has
Polars, with what it imports then.
The figures by month are told again in SQL of the tables as they were loaded, and must be the same numbers.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

TIMES = 5
SIZES = (2_000, 20_000)
REPORT = "looked-after"
LOOKED_AFTER = """
select d.day, count(distinct e.clae_person_id)::double as value
from days d join cla_episodes e
  on e.clae_cla_episode_start_date <= d.day
 and (e.clae_cla_episode_ceased_date is null or e.clae_cla_episode_ceased_date > d.day)
left join person p on p.pers_person_id = e.clae_person_id
where (p.pers_dob is null or p.pers_dob + interval 18 year > d.day)
  and not exists (
    select 1 from legal_status l where l.lega_person_id = e.clae_person_id
      and l.lega_legal_status in ('V3', 'V4') and l.lega_legal_status_start_date <= d.day
      and (l.lega_legal_status_end_date is null or l.lega_legal_status_end_date > d.day))
group by d.day
"""
ON_A_PLAN = """
select d.day, count(distinct c.cppl_person_id)::double as value
from days d join cp_plans c
  on c.cppl_cp_plan_start_date <= d.day
 and (c.cppl_cp_plan_end_date is null or c.cppl_cp_plan_end_date > d.day)
where coalesce(c.cppl_cp_plan_ola, 'N') <> 'Y'
group by d.day
"""
PLANS_BEGUN = """
select d.day, count(*)::double as value
from days d join cp_plans c on c.cppl_cp_plan_start_date between d.first and d.day
where coalesce(c.cppl_cp_plan_ola, 'N') <> 'Y' and c.cppl_person_id is not null
group by d.day
"""
ASKED: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("headline, warm", REPORT, {}),
    ("headline of a team", REPORT, {"team": ""}),
    ("36 months of cla_open", REPORT, {"by": "months", "measure": "cla_open"}),
    ("another measure: cla_health_year", REPORT, {"by": "months", "measure": "cla_health_year"}),
    ("36 months of cp_open", "child-protection", {"by": "months", "measure": "cp_open"}),
    ("36 months of cp_started, 12 each", "child-protection", {"by": "months", "measure": "cp_started"}),
    ("flow, 24 months", REPORT, {"by": "flow"}),
    ("made up of placements", REPORT, {"by": "placement"}),
    ("teams", REPORT, {"by": "teams"}),
    ("front door, headline", "front-door", {}),
    ("child protection, headline", "child-protection", {}),
    ("children in need, headline", "children-in-need", {}),
    ("care leavers, headline", "care-leavers", {}),
    ("Monthly Highlight", "monthly-highlight", {}),
    ("ChAT, headline", "chat", {}),
)
SQL = {
    "36 months of cla_open": LOOKED_AFTER,
    "36 months of cp_open": ON_A_PLAN,
    "36 months of cp_started, 12 each": PLANS_BEGUN,
}


def measured(home: Path) -> list[dict[str, Any]]:
    """Each question: ms, and where there is SQL its ms and whether it says the same."""
    import duckdb

    from data.frames import collect
    from fcl_tui.cli.asking.session import CommandSession

    session = CommandSession(home, None)
    begun = _now()
    _run(session, REPORT, {})
    told: list[dict[str, Any]] = [{"question": "headline, cold", "ours": _since(begun)}]
    held = collect(session.snapshot.scan("allocations").group_by("team").len().drop_nulls())
    team = held.sort("len", "team", descending=True)["team"][0]
    con = duckdb.connect()
    for name in ("cla_episodes", "cp_plans", "legal_status", "person"):
        con.execute(f"create view {name} as select * from '{session.snapshot.path}/tables/{name}.parquet'")
    for question, report, typed in ASKED:
        given = {name: value or team for name, value in typed.items()}
        ours, rows = _median(lambda r=report, g=given: _run(session, r, g))  # type: ignore[misc]
        line: dict[str, Any] = {"question": question, "ours": ours}
        if question in SQL:
            con.execute("create or replace table days (day date, first date)")
            con.executemany("insert into days values (?, ?)", rows.select("day", "first").rows())
            line["sql"], found = _median(lambda q=question: con.execute(SQL[q]).fetchall())  # type: ignore[misc]
            theirs: dict[date, float] = dict(found)
            line["agree"] = all(
                theirs.get(day, 0.0) == value for day, value in rows.select("day", "value").iter_rows()
            )
        told.append(line)
    return told


def _run(session: Any, key: str, typed: dict[str, str]) -> Any:
    from fcl_tui.reports import catalogue
    from fcl_tui.reports.question.resolve import resolve
    from fcl_tui.reports.run import run

    report, context = catalogue.load(key), session.context()
    return run(report, context, resolve(report, typed, context)).rows


def _median(ask: Callable[[], Any]) -> tuple[list[float], Any]:
    took, found = [], ask()
    for _ in range(TIMES):
        begun = _now()
        found = ask()
        took.append(_since(begun))
    return [statistics.median(one) for one in zip(*took, strict=True)], found


def _now() -> tuple[float, float]:
    return time.process_time(), time.perf_counter()


def _since(begun: tuple[float, float]) -> list[float]:
    """Milliseconds of the processor and of the clock."""
    return [(now - then) * 1e3 for now, then in zip(_now(), begun, strict=True)]


def _table(children: int, told: list[dict[str, Any]]) -> str:
    lines = [f"{children:,} open children{'':<24}{'CPU ms':>8}{'clock':>8}{'DuckDB':>10}{'clock':>8}"]
    for line in told:
        sql = "{:>10.1f}{:>8.1f}".format(*line["sql"]) if "sql" in line else f"{'-':>10}{'-':>8}"
        same = "" if line.get("agree", True) else "   THE SQL SAYS SOMETHING ELSE"
        lines.append(f"  {line['question']:<42}{line['ours'][0]:>8.1f}{line['ours'][1]:>8.1f}{sql}{same}")
    return "\n".join(lines)


def main() -> None:
    """Make a home of each size, ask in a process of its own, print a table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--children", type=int, nargs="*", default=SIZES)
    parser.add_argument("--home", type=Path, help="a home that is there, instead")
    given = parser.parse_args()
    if given.home is not None:
        print(json.dumps(measured(given.home)))
        return
    for children in given.children:
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder) / "home"
            words = ["demo", "--home", str(home), "--children", str(children), "--no-open"]
            made = [sys.executable, "-m", "fcl_tui.start", *words]
            subprocess.run(made, check=True, capture_output=True)
            asked = [sys.executable, "-m", "tests.benchmarks.strategic", "--home", str(home)]
            found = subprocess.run(asked, check=True, capture_output=True, text=True)
            print(_table(children, json.loads(found.stdout)), flush=True)


if __name__ == "__main__":
    main()
