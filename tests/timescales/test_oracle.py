"""The engine against the day-by-day oracle, on random histories of many children at once."""

import os
from dataclasses import replace
from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fcl_tui.definitions.days.calendar import Calendar, add_months, age_on, birthday
from fcl_tui.loading.prepare import ENGINE  # as a load does
from fcl_tui.timescales.engine import due_items
from fcl_tui.timescales.rulebook.packaged import load_rules
from fcl_tui.timescales.state import at
from tests.timescales import oracle
from tests.timescales.ssd import Authority

ENGLAND = Calendar.england(2019, 2030)
HOLIDAYS = set(ENGLAND.holidays)
RULES = load_rules()
EXAMPLES = int(os.environ.get("FCL_ORACLE_EXAMPLES", "25"))
"""Each is a whole authority of up to twelve children; set it higher for a long run."""
SLOW = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))

days = st.dates(date(2021, 1, 1), date(2026, 12, 31))
gaps = st.integers(0, 400)
births = st.dates(date(2003, 1, 1), date(2022, 12, 31))


@st.composite
def histories(draw):
    """A child: birth, one or two spells that follow one another, and things that happened near them."""
    start = draw(days)
    first_end = draw(st.none() | gaps.map(lambda gap: start + timedelta(days=gap)))
    spells = [(start, first_end)]
    if first_end and draw(st.booleans()):
        again = first_end + timedelta(days=draw(st.integers(0, 60)) + 1)
        spells.append((again, draw(st.none() | gaps.map(lambda gap: again + timedelta(days=gap)))))
    events = [start + timedelta(days=offset) for offset in draw(st.lists(st.integers(-60, 900), max_size=14))]
    return draw(st.none() | births), spells, events


def belongs(spells, day):
    """The spell a thing belongs to: the latest started by its day, if it had not ended."""
    begun = [spell for spell in spells if spell[0] <= day]
    if not begun:
        return None
    spell = begun[-1]
    return spell if spell[1] is None or day <= spell[1] else None


def expected(spells, events, **how):
    return [
        item
        for spell in spells
        for item in oracle.chain(
            start=spell[0],
            end=spell[1],
            events=[day for day in events if belongs(spells, day) == spell],
            holidays=HOLIDAYS,
            **how,
        )
    ]


def only(*keys):
    """The rules with all but these switched off."""
    return replace(RULES, rules={key: replace(rule, on=key in keys) for key, rule in RULES.rules.items()})


def compare(authority, people, rules, as_at):
    """Every item of these rules, and how it stands, against the oracle's."""
    frames = authority.frames()
    found = due_items(frames.__getitem__, only(*rules), ENGLAND).collect(engine=ENGINE)
    standing = at(found.lazy(), RULES.frame().lazy(), ENGLAND, as_at).collect()
    for person, items in people.items():
        theirs = {
            (row["rule"], row["cycle"], row["started"], row["due_date"], row["done_date"], row["ended"])
            for row in found.filter(pl.col("person_id") == person).iter_rows(named=True)
        }
        assert theirs == {(i.rule, i.cycle, i.started, i.due, i.done, i.ended) for i in items}
        states = {
            (row["rule"], row["cycle"], row["started"]): (
                "due" if row["state"] == "due_soon" else row["state"],
                row["days_late"],
            )
            for row in standing.filter(pl.col("person_id") == person).iter_rows(named=True)
        }
        assert states == {(i.rule, i.cycle, i.started): i.state(as_at) for i in items if i.started <= as_at}


def child(authority, number, dob):
    person = f"P{number}"
    authority.add("person", pers_person_id=person, pers_dob=dob)
    return person, oracle.birthday(dob, 18) if dob else None


many = st.lists(histories(), min_size=1, max_size=12)


@SLOW
@given(many, days)
def test_protection_visits_and_reviews(children, as_at):
    authority, visits, reviews = Authority(), {}, {}
    for number, (dob, spells, events) in enumerate(children):
        person, limit = child(authority, number, dob)
        for start, end in spells:
            authority.add(
                "cp_plans", cppl_person_id=person, cppl_cp_plan_start_date=start, cppl_cp_plan_end_date=end
            )
        for nth, day in enumerate(events):
            seen = ("Y", "N", None)[nth % 3]
            authority.add("cp_visits", cppv_person_id=person, cppv_cp_visit_date=day, cppv_cp_visit_seen=seen)
            authority.add("cp_reviews", cppr_person_id=person, cppr_cp_review_date=day)
        visits[person] = expected(
            spells,
            [day for nth, day in enumerate(events) if nth % 3 != 1],
            rule_of=lambda _: "cp_visit",
            interval_of=lambda *_: (10, "wd"),
            limit=limit,
        )
        starts = {start for start, _ in spells}
        reviews[person] = expected(
            spells,
            [day for day in events if day not in starts],
            rule_of=lambda cycle: "cp_review_first" if cycle == 1 else "cp_review_later",
            interval_of=lambda cycle, _: (3 if cycle == 1 else 6, "m"),
            limit=limit,
        )
    compare(authority, visits, ["cp_visit"], as_at)
    compare(authority, reviews, ["cp_review_first", "cp_review_later"], as_at)


@SLOW
@given(many, days)
def test_child_in_need_visits(children, as_at):
    authority, people, plans = Authority(), {}, {}
    for number, (dob, spells, events) in enumerate(children):
        person, limit = child(authority, number, dob)
        plans[person] = [
            oracle.Item(
                "cin_plan_review", 1, start, oracle.add_months(start, 3), None, end, limit, True, soft=True
            )
            for start, end in spells
        ]
        for start, end in spells:
            authority.add(
                "cin_plans",
                cinp_person_id=person,
                cinp_cin_plan_start_date=start,
                cinp_cin_plan_end_date=end,
            )
        for day in events:
            authority.add("cin_visits", cinv_person_id=person, cinv_cin_visit_date=day)
        people[person] = expected(
            spells, events, rule_of=lambda _: "cin_visit", interval_of=lambda *_: (20, "wd"), limit=limit
        )
    compare(authority, people, ["cin_visit"], as_at)
    compare(authority, plans, ["cin_plan_review"], as_at)


def in_care(authority, person, spells):
    for nth, (start, end) in enumerate(spells):
        authority.add(
            "cla_episodes",
            clae_person_id=person,
            clae_cla_id=f"{person}-{nth}",
            clae_cla_episode_start_date=start,
            clae_cla_episode_ceased_date=end,
        )


@SLOW
@given(many, days, st.sampled_from(["U4", "U6", "K2"]))
def test_looked_after_visits(children, as_at, kind):
    authority, people = Authority(), {}
    for number, (dob, spells, events) in enumerate(children):
        person, limit = child(authority, number, dob)
        in_care(authority, person, spells)
        for nth, (start, end) in enumerate(spells):
            authority.add(
                "cla_placement",
                clap_person_id=person,
                clap_cla_id=f"{person}-{nth}",
                clap_cla_placement_start_date=start,
                clap_cla_placement_end_date=end,
                clap_cla_placement_type=kind,
            )
        for day in events:
            authority.add("cla_visits", clav_person_id=person, clav_cla_visit_date=day)
        people[person] = []
        for spell in spells:

            def interval(cycle, begun, start=spell[0]):
                if cycle == 1:
                    return 1, "w"
                settled = begun >= oracle.add_months(start, 12)
                return (3, "m") if settled and kind == "U4" else (6, "w")

            people[person] += oracle.chain(
                lambda _: "cla_visit",
                interval,
                spell[0],
                spell[1],
                [day for day in events if belongs(spells, day) == spell],
                limit,
                HOLIDAYS,
            )
    compare(authority, people, ["cla_visit"], as_at)


@SLOW
@given(many, days)
def test_looked_after_reviews_and_health(children, as_at):
    authority, reviews, health, dental, sdq = Authority(), {}, {}, {}, {}
    for number, (dob, spells, events) in enumerate(children):
        person, limit = child(authority, number, dob)
        in_care(authority, person, spells)
        for nth, day in enumerate(events):
            spell = belongs(spells, day)
            if spell:
                authority.add(
                    "cla_reviews",
                    clar_cla_id=f"{person}-{spells.index(spell)}",
                    clar_cla_review_date=day,
                    clar_cla_review_cancelled=("N", "Y", None)[nth % 3],
                )
            for check in ("HEALTH", "DENTAL"):
                authority.add(
                    "cla_health",
                    clah_person_id=person,
                    clah_health_check_type=check,
                    clah_health_check_date=day,
                    clah_health_check_status=("Completed", "Refused")[nth % 2],
                )
            authority.add(
                "sdq_scores", csdq_person_id=person, csdq_sdq_completed_date=day, csdq_sdq_score=nth
            )
        reviews[person] = expected(
            spells,
            [day for nth, day in enumerate(events) if nth % 3 != 1],
            rule_of=lambda cycle: ("cla_review_first", "cla_review_second", "cla_review_later")[
                min(cycle, 3) - 1
            ],
            interval_of=lambda cycle, _: ((20, "wd"), (3, "m"), (6, "m"))[min(cycle, 3) - 1],
            limit=limit,
        )
        done = [day for nth, day in enumerate(events) if nth % 2 == 0]

        def months(cycle, begun, dob=dob):
            if cycle == 1:
                return 20, "wd"
            return (12 if dob and begun >= dob and oracle.age(dob, begun) >= 5 else 6), "m"

        health[person] = expected(
            spells,
            done,
            rule_of=lambda cycle: "health_initial" if cycle == 1 else "health_review",
            interval_of=months,
            limit=limit,
        )
        dental[person] = expected(
            spells, done, rule_of=lambda _: "dental_check", interval_of=lambda *_: (12, "m"), limit=limit
        )
        four, seventeen = (oracle.birthday(dob, 4), oracle.birthday(dob, 17)) if dob else (date.min, date.max)
        asked = [(max(start, four), end) for start, end in spells]
        asked = [(start, end) for start, end in asked if start < seventeen and (end is None or end > start)]
        sdq[person] = expected(
            asked,
            events,
            rule_of=lambda _: "sdq",
            interval_of=lambda *_: (12, "m"),
            limit=seventeen if dob else None,
        )
    compare(authority, reviews, ["cla_review_first", "cla_review_second", "cla_review_later"], as_at)
    compare(authority, health, ["health_initial", "health_review"], as_at)
    compare(authority, dental, ["dental_check"], as_at)
    compare(authority, sdq, ["sdq"], as_at)


@SLOW
@given(st.lists(st.tuples(days, st.integers(0, 60), days), min_size=1, max_size=30))
def test_working_days_are_counted_one_by_one(cases):
    frame = pl.DataFrame(cases, schema={"start": pl.Date, "n": pl.Int32, "end": pl.Date}, orient="row")
    found = frame.select(
        added=ENGLAND.add_working_days(pl.col("start"), pl.col("n")),
        between=ENGLAND.working_days_between(pl.col("start"), pl.col("end")),
    )
    for (start, count, end), (added, between) in zip(cases, found.iter_rows(), strict=True):
        if count:
            assert added == oracle.add_working_days(start, count, HOLIDAYS)
        low, high = min(start, end), max(start, end)
        steps = sum(
            oracle.working(low + timedelta(days=n), HOLIDAYS) for n in range(1, (high - low).days + 1)
        )
        assert between == (steps if end >= start else -steps)


@SLOW
@given(st.lists(st.tuples(births, st.integers(0, 30), days), min_size=1, max_size=30))
def test_months_birthdays_and_ages(cases):
    frame = pl.DataFrame(cases, schema={"dob": pl.Date, "n": pl.Int32, "day": pl.Date}, orient="row")
    found = frame.select(
        later=add_months(pl.col("dob"), pl.col("n")),
        eighteen=birthday(pl.col("dob"), 18),
        age=age_on(pl.col("dob"), pl.col("day")),
    )
    for (dob, months, day), (later, eighteen, age) in zip(cases, found.iter_rows(), strict=True):
        assert later == oracle.add_months(dob, months)
        assert eighteen == oracle.birthday(dob, 18)
        assert age == (oracle.age(dob, day) if day >= dob else None)


@pytest.mark.parametrize("start", [date(2023, 11, 30), date(2024, 2, 29), date(2025, 8, 31)])
def test_month_ends_are_not_sticky(start):
    once = pl.select(add_months(pl.lit(start), 12)).item()
    twice = pl.select(add_months(add_months(pl.lit(start), 6), 6)).item()
    assert once >= twice
