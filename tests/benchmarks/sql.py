"""Three rules told again in DuckDB's SQL, on the same Parquet files.

Working days go through a table of the calendar: each day with how many working days there were up to it.
Left out of both sides where the answers are compared: children ever placed for adoption (reviews), and
referrals still waiting for an assessment.
"""

from datetime import date, timedelta
from pathlib import Path

import duckdb

from fcl_tui.definitions.days.calendar import Calendar

RULES = ("cp_visit", "cla_review_first", "cla_review_second", "cla_review_later", "assessment_45wd")
READ = (
    *("cp_plans", "cp_visits", "cla_episodes", "cla_reviews", "legal_status", "cla_placement"),
    *("cin_episodes", "cin_assessments"),
)

CP_VISIT = """
with plans as (
    select cppl_person_id person, coalesce(cppl_cp_plan_id, 'from ' || cppl_cp_plan_start_date) plan,
           cppl_cp_plan_id plan_id, cppl_cp_plan_start_date began, cppl_cp_plan_end_date ended,
           coalesce(cppl_cp_plan_ola = 'Y', false) elsewhere
    from cp_plans where cppl_person_id is not null and cppl_cp_plan_start_date is not null
),
seen as (
    select cppv_person_id person, cppv_cp_plan_id plan_id, cppv_cp_visit_date as day
    from cp_visits where coalesce(cppv_cp_visit_seen, 'Y') <> 'N' and cppv_cp_visit_date is not null
),
made as (
    select p.person, p.plan, s.day, p.began, p.ended
    from seen s join plans p on p.plan_id = s.plan_id and (s.person is null or s.person = p.person)
    union all
    select p.person, p.plan, s.day, p.began, p.ended
    from (select * from seen where plan_id is null
          or plan_id not in (select plan_id from plans where plan_id is not null)) s
    asof join plans p on s.person = p.person and s.day >= p.began
),
log as (
    select person, plan, began as day, 0 nth from plans where not elsewhere
    union
    select m.person, m.plan, m.day, 1 from made m join plans p using (person, plan)
    where not p.elsewhere and m.day >= m.began and (m.ended is null or m.day <= m.ended)
)
select person, 'cp_visit' rule, day as started,
       lead(day) over (partition by person, plan order by day, nth) done
from log
"""

CLA_REVIEW = """
with short as (
    select * from legal_status
    where lega_legal_status is not null and lega_legal_status_start_date is not null
),
episodes as (
    select *, coalesce(clae_cla_episode_start_date, clae_entered_care_date) begins
    from cla_episodes where clae_person_id is not null and clae_cla_id is not null
),
periods_ as (
    select clae_person_id person, clae_cla_id period,
           coalesce(min(clae_entered_care_date), min(begins)) began,
           arg_max(struct_pack(d := clae_cla_episode_ceased_date),
                   (begins, coalesce(clae_cla_episode_ceased_date, date '9999-01-01'))).d ended
    from episodes where begins is not null group by all
),
periods as (
    select * from periods_ p where not coalesce((
        select bool_and(lega_legal_status in ('V3', 'V4')) from short l
        where l.lega_person_id = p.person
          and l.lega_legal_status_start_date <= coalesce(p.ended, date '9999-01-01')
          and (coalesce(l.lega_legal_status_end_date, date '9999-01-01') > p.began
               or l.lega_legal_status_start_date = p.began)), false)
),
log as (
    select person, period, began as day, 0 nth from periods
    union
    select p.person, p.period, r.clar_cla_review_date, 1
    from cla_reviews r join periods p on r.clar_cla_id = p.period
         and (r.clar_cla_person_id is null or r.clar_cla_person_id = p.person)
    where coalesce(r.clar_cla_review_cancelled, 'N') <> 'Y'
      and r.clar_cla_review_date >= p.began and (p.ended is null or r.clar_cla_review_date <= p.ended)
),
cycles as (
    select person, day, row_number() over held cycle, lead(day) over held done
    from log window held as (partition by person, period order by day, nth)
)
select person, 'cla_review_' || case cycle when 1 then 'first' when 2 then 'second' else 'later' end rule,
       day as started, done
from cycles
where person not in (
    select clap_person_id from cla_placement
    where clap_person_id is not null and clap_cla_placement_type in ('A3', 'A4', 'A5', 'A6'))
"""

ASSESSMENT = """
with referrals as (
    select cine_person_id person, cine_referral_id referral, cine_referral_date referred
    from cin_episodes where cine_person_id is not null
),
named as (
    select a.cina_person_id person, a.cina_assessment_id id, a.cina_referral_id referral,
           a.cina_assessment_start_date own, a.cina_assessment_auth_date done, r.referred
    from cin_assessments a left join referrals r
      on r.person = a.cina_person_id and r.referral = a.cina_referral_id
    where a.cina_referral_id is not null and a.cina_person_id is not null
    union all
    select a.cina_person_id, a.cina_assessment_id, r.referral, a.cina_assessment_start_date,
           a.cina_assessment_auth_date, r.referred
    from cin_assessments a asof left join (select * from referrals where referred is not null) r
      on r.person = a.cina_person_id and a.cina_assessment_start_date >= r.referred
    where a.cina_referral_id is null and a.cina_person_id is not null
),
numbered as (
    select *, row_number() over (partition by person, referral order by own nulls last, id) nth from named
),
clocks as (
    select person, id, done,
           case when referral is not null and nth = 1 and referred is not null
                 and (own is null or referred <= own) then referred else own end started
    from numbered
)
select person, 'assessment_45wd' rule, started, done from clocks where started is not null
"""

DUE = """
select c.person, c.rule, c.started, case
    when c.done < c.started then null
    when c.rule = 'cla_review_second' then c.started + interval 3 month
    when c.rule = 'cla_review_later' then c.started + interval 6 month
    else w.day end::date due, c.done
from clocks c
join days d on d.day = c.started
left join working w on w.n = d.n + case c.rule
    when 'cp_visit' then 10 when 'cla_review_first' then 20 when 'assessment_45wd' then 45 end
"""


def calendar_tables(con: duckdb.DuckDBPyConnection, calendar: Calendar, first: date, last: date) -> None:
    """days: every day with the working days up to it (n); working: the working days by their number."""
    holidays, rows, n = set(calendar.holidays), [], 0
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        working = day.weekday() < 5 and day not in holidays
        n += working
        rows.append((day, n, working))
    con.execute("create table all_days (day date, n integer, works boolean)")
    con.executemany("insert into all_days values (?, ?, ?)", rows)
    con.execute("create table days as select day, n from all_days")
    con.execute("create table working as select day, n from all_days where works")


def due(folder: Path, copies: list[int], calendar: Calendar, out: Path) -> None:
    """Write person, rule, started, due and done of the three rules for these copies."""
    con = duckdb.connect()
    calendar_tables(con, calendar, date(1995, 1, 1), date(2032, 12, 31))
    for table in READ:
        files = [str(folder / table / f"{copy:05}.parquet") for copy in copies]
        con.execute(f"create view {table} as select * from read_parquet({files!r})")
    clocks = " union all ".join(f"({one})" for one in (CP_VISIT, CLA_REVIEW, ASSESSMENT))
    con.execute(f"copy (with clocks as ({clocks}) {DUE}) to '{out}' (format parquet)")
    con.close()
