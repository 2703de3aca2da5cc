"""What holds whatever the history: of every rule at once, on random authorities."""

import random
from datetime import date, datetime, timedelta

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fcl_tui.definitions.days.calendar import Calendar
from fcl_tui.loading.prepare import ENGINE  # as a load does
from fcl_tui.timescales.engine import due_items
from fcl_tui.timescales.state import at
from tests.timescales import histories
from tests.timescales.ssd import Authority
from tests.timescales.test_oracle import ENGLAND, EXAMPLES, RULES, only

FEW = settings(max_examples=max(EXAMPLES // 3, 5), deadline=None, suppress_health_check=list(HealthCheck))
ALL = only(*(key for key, rule in RULES.rules.items() if not rule.unavailable))

anyone = histories.front_door() | histories.unborn() | histories.in_care() | histories.leaving_care()
some = st.lists(anyone, min_size=1, max_size=8)


def worked(authority: Authority, calendar: Calendar = ENGLAND, rules=ALL) -> pl.DataFrame:
    frames = authority.frames()
    return due_items(frames.__getitem__, rules, calendar).sort("item_id").collect(engine=ENGINE)


def standing(items: pl.DataFrame, as_at: date) -> pl.DataFrame:
    return at(items.lazy(), ALL.frame().lazy(), ENGLAND, as_at).sort("item_id").collect()


@FEW
@given(some, st.randoms(use_true_random=False))
def test_two_runs_and_rows_in_any_order_give_the_same(children, rng: random.Random):
    authority = histories.authority_of(children)
    first = worked(authority)
    assert first.equals(worked(authority))
    for rows in authority.rows.values():
        rng.shuffle(rows)
    assert first.equals(worked(authority))
    assert first["item_id"].is_unique().all()
    assert first["item_id"].null_count() == 0


@FEW
@given(some, st.lists(st.dates(date(2021, 1, 1), date(2026, 12, 31)), max_size=20))
def test_nothing_is_due_before_it_started_and_holidays_only_put_off(children, closures):
    authority = histories.authority_of(children)
    usual = worked(authority)
    assert usual.filter(pl.col("due_date") < pl.col("started")).is_empty()
    closed = worked(authority, Calendar.england(2019, 2030, closures))
    both = usual.join(closed, on="item_id", suffix="_closed")
    sooner = both.filter(pl.col("due_date_closed") < pl.col("due_date"))
    assert sooner.is_empty()
    moved = both.filter(pl.col("due_date_closed") != pl.col("due_date"))
    assert set(moved["unit"]) <= {"wd"}


@FEW
@given(some, st.dates(date(2021, 6, 1), date(2027, 6, 30)), st.integers(1, 400))
def test_a_later_day_never_makes_an_item_less_late_or_moves_its_due_date(children, as_at, more):
    items = worked(histories.authority_of(children))
    then, later = standing(items, as_at), standing(items, as_at + timedelta(days=more))
    both = then.join(later, on="item_id", suffix="_later")
    assert both.height == then.height
    assert both.filter(pl.col("due_date").ne_missing(pl.col("due_date_later"))).is_empty()
    assert both.filter(pl.col("days_late_later") < pl.col("days_late")).is_empty()
    settled = both.filter(pl.col("state").is_in(["on_time", "late", "missed"]))
    not_same = settled.filter(pl.col("state") != pl.col("state_later"))
    assert set(not_same["state"]) <= {"missed"}, "only a thing done after its end can change a past state"


DATED = ("cp_visit", "cin_visit", "cla_visit", "cla_visit_care_order_home", "adoption_placement_visit")
DATED += ("adoption_placement_review", "cla_review_first", "cla_review_second", "cla_review_later")
"""Rules that rest on dated rows alone: what was known on a day can be had by leaving out what came later."""


def as_known(authority: Authority, day: date) -> Authority:
    """The authority as it was on a day: nothing that began later, no end that came later."""
    known = Authority()
    for table, rows in authority.rows.items():
        for row in rows:
            dated = {
                name: value.date() if isinstance(value, datetime) else value
                for name, value in row.items()
                if isinstance(value, date) and name != "pers_dob"
            }
            ends = {name for name in dated if "_end" in name or "ceased" in name or "_close_" in name}
            if all(value <= day for name, value in dated.items() if name not in ends):
                known.rows[table].append(
                    {
                        name: None if name in ends and dated[name] > day else value
                        for name, value in row.items()
                    }
                )
    return known


@FEW
@given(st.lists(histories.in_care(), min_size=1, max_size=6), st.dates(date(2021, 6, 1), date(2026, 6, 30)))
def test_as_at_a_day_shows_what_was_known_then(children, as_at):
    authority, rules = histories.authority_of(children), only(*DATED)
    now = standing(worked(authority, rules=rules), as_at)
    then = standing(worked(as_known(authority, as_at), rules=rules), as_at)
    columns = ["item_id", "started", "due_date", "done_date", "state", "days_late"]
    assert now.select(columns).equals(then.select(columns)), (now, then)


@FEW
@given(
    st.lists(st.integers(0, 500), max_size=6),
    histories.anchors,
    st.integers(1, 60),
    st.sampled_from(
        ["cp_visit", "cin_visit", "cla_visit", "cla_review_later", "health_review", "cp_review_later"]
    ),
)
def test_doing_the_thing_closes_what_was_due_and_moves_the_next(done, start, gap, rule):
    authority = Authority()
    authority.add("person", pers_person_id="C")
    authority.add("cp_plans", cppl_cp_plan_id="K", cppl_person_id="C", cppl_cp_plan_start_date=start)
    authority.add("cin_plans", cinp_cin_plan_id="K", cinp_person_id="C", cinp_cin_plan_start_date=start)
    authority.add("cla_episodes", clae_person_id="C", clae_cla_id="K", clae_cla_episode_start_date=start)
    authority.add("cla_placement", clap_person_id="C", clap_cla_id="K", clap_cla_placement_start_date=start)

    def happens(day):
        authority.add("cp_visits", cppv_person_id="C", cppv_cp_plan_id="K", cppv_cp_visit_date=day)
        authority.add("cp_reviews", cppr_person_id="C", cppr_cp_plan_id="K", cppr_cp_review_date=day)
        authority.add("cin_visits", cinv_person_id="C", cinv_cin_visit_date=day)
        authority.add("cla_visits", clav_person_id="C", clav_cla_visit_date=day)
        authority.add("cla_reviews", clar_cla_id="K", clar_cla_review_date=day)
        authority.add(
            "cla_health", clah_person_id="C", clah_health_check_type="HEALTH",
            clah_health_check_date=day, clah_health_check_status="Completed",
        )  # fmt: skip

    for days in done:
        happens(start + timedelta(days=days))
    stem = rule.removesuffix("_later").removesuffix("_review") if "review" in rule else rule
    family = [key for key in RULES.rules if key.startswith(stem)] if stem != rule else [rule]
    rules = only(*family)
    was = worked(authority, rules=rules).filter(pl.col("rule").str.starts_with(stem))
    before = was.filter(pl.col("done_date").is_null()).row(0, named=True)
    day = start + timedelta(days=max([0, *done]) + gap)
    happens(day)
    now = worked(authority, rules=rules).filter(pl.col("rule").str.starts_with(stem))
    after = now.filter(pl.col("done_date").is_null()).row(0, named=True)
    closed = now.filter(pl.col("cycle") == before["cycle"]).row(0, named=True)
    assert closed["done_date"] == day
    assert (closed["started"], closed["due_date"]) == (before["started"], before["due_date"])
    assert (after["started"], after["cycle"]) == (day, before["cycle"] + 1)
    assert after["due_date"] > day
    if after["interval"] == before["interval"] and after["unit"] == before["unit"]:
        assert after["due_date"] >= before["due_date"]


def test_rules_that_are_off_change_nothing_of_the_others():
    from hypothesis import find

    child = find(histories.in_care(), lambda child: len(child["cla_placement"]) > 1)
    authority = histories.authority_of([child])
    whole = worked(authority)
    for rule in whole["rule"].unique():
        alone = worked(authority, rules=only(rule))
        assert alone.equals(whole.filter(pl.col("rule") == rule)), rule
