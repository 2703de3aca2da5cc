"""Checks that take several rows of a child: each finds the guilty rows and leaves their neighbours alone."""

import subprocess
import sys
from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.checks.part import Part
from data.checks.run import checks
from data.checks.spells import overlaps
from data.checks.visits import covered
from data.schema.tables import polars_schema

DAY = date(2025, 6, 1)
CHILD = {"pers_person_id": "1", "pers_dob": date(2015, 3, 3)}
OTHER = {"pers_person_id": "2", "pers_dob": date(2014, 3, 3)}


def scan_of(tables):
    def scan(name):
        rows = [
            {"source": "s", "source_row": f"{name}/{n}"} | row for n, row in enumerate(tables.get(name, ()))
        ]
        return pl.LazyFrame(rows, schema=polars_schema(name))

    return scan


def told(rule, *, people=(CHILD, OTHER), **tables):
    """The rows of one rule's issues; those of every other rule must be named by the test that means them."""
    found = pl.concat(checks(scan_of({"person": people} | tables), DAY))
    return found.filter(rule=rule).sort("row")


def rows(rule, **tables):
    return told(rule, **tables)["row"].to_list()


def day(text):
    return date.fromisoformat(text)


def placement(start, end=None, person="1", **more):
    return {"clap_person_id": person, "clap_cla_placement_start_date": start and day(start),
            "clap_cla_placement_end_date": end and day(end)} | more  # fmt: skip


def cp_plan(start, end=None, person="1", **more):
    return {"cppl_person_id": person, "cppl_cp_plan_start_date": start and day(start),
            "cppl_cp_plan_end_date": end and day(end)} | more  # fmt: skip


def cin_plan(start, end=None, person="1"):
    return {"cinp_person_id": person, "cinp_cin_plan_start_date": start and day(start),
            "cinp_cin_plan_end_date": end and day(end)}  # fmt: skip


def referral(start, end=None, person="1", **more):
    return {"cine_person_id": person, "cine_referral_date": start and day(start),
            "cine_close_date": end and day(end)} | more  # fmt: skip


def care(start, end=None, person="1", **more):
    return {"clae_person_id": person, "clae_cla_episode_start_date": start and day(start),
            "clae_cla_episode_ceased_date": end and day(end)} | more  # fmt: skip


def cp_visit(when, person="1", **more):
    return {"cppv_person_id": person, "cppv_cp_visit_date": day(when)} | more


# Two at the same time


@pytest.mark.parametrize(
    ("first", "second", "guilty"),
    [
        (("2024-01-01", "2024-03-01"), ("2024-02-29", None), True),
        (("2024-01-01", "2024-03-01"), ("2024-03-01", None), False),  # moved on the day
        (("2024-01-01", None), ("2024-03-01", "2024-04-01"), True),  # the first was never ended
        (("2024-01-01", "2024-03-01"), (None, None), False),
        (("2024-01-01", "2023-03-01"), ("2024-02-01", None), False),  # told as end before start
        (("2024-01-01", "2024-01-01"), ("2024-01-01", "2024-02-01"), False),
    ],
)
@pytest.mark.parametrize(
    ("table", "make", "rule"),
    [
        ("cla_placement", placement, "overlapping_placements"),
        ("cp_plans", cp_plan, "overlapping_cp_plans"),
        ("cin_plans", cin_plan, "overlapping_cin_plans"),
    ],
)
def test_spells_that_overlap_by_a_day(table, make, rule, first, second, guilty):
    elsewhere = make("2024-02-01", None, person="2")
    assert rows(rule, **{table: [make(*first), make(*second), elsewhere]}) == [f"{table}/1"] * guilty


def test_a_long_placement_overlaps_one_after_a_short_one_and_is_named():
    spells = [placement("2024-01-01", "2024-12-31"), placement("2024-02-01", "2024-03-01"),
              placement("2024-06-01", "2024-07-01"), placement("2024-12-31")]  # fmt: skip
    found = told("overlapping_placements", cla_placement=spells)
    assert found["row"].to_list() == ["cla_placement/1", "cla_placement/2"]
    assert all("cla_placement/0, to 31/12/2024" in reason for reason in found["reason"])
    assert found["value"].to_list()[0] == "2024-02-01 to 2024-03-01"
    assert found["severity"].unique().to_list() == ["error"]


def test_temporary_placements_and_plans_of_another_authority_run_beside():
    away = placement("2024-02-01", "2024-02-09", clap_cla_placement_type="T2")
    assert rows("overlapping_placements", cla_placement=[placement("2024-01-01"), away]) == []
    theirs = cp_plan("2024-02-01", cppl_cp_plan_ola="Y")
    assert rows("overlapping_cp_plans", cp_plans=[cp_plan("2024-01-01"), theirs]) == []


@pytest.mark.parametrize(
    ("in_need", "protection", "guilty"),
    [
        (("2024-01-01", None), ("2024-02-01", None), True),
        (("2024-01-01", "2024-02-01"), ("2024-02-01", None), False),
        (("2024-05-01", None), ("2024-02-01", "2024-05-01"), False),
        (("2024-04-30", None), ("2024-02-01", "2024-05-01"), True),
    ],
)
def test_a_child_in_need_plan_ends_when_protection_begins(in_need, protection, guilty):
    plans = {"cin_plans": [cin_plan(*in_need), cin_plan("2024-01-01", person="2")]}
    assert rows("cin_plan_over_cp_plan", cp_plans=[cp_plan(*protection)], **plans) == ["cin_plans/0"] * guilty


# Cases that are closed, or open too long


@pytest.mark.parametrize(
    ("referrals", "guilty"),
    [
        ([referral("2024-01-01", "2025-06-01")], True),
        ([referral("2024-01-01", "2025-06-02")], False),  # closes tomorrow
        ([referral("2024-01-01", "2024-05-01"), referral("2025-01-01")], False),  # referred again
        ([referral("2024-01-01", "2024-05-01"), referral("2025-01-01", cine_referral_nfa="Y")], True),
        ([], False),  # no referral is known: nothing says it is closed
    ],
)
@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("cin_plans", cin_plan("2024-02-01")),
        ("cp_plans", cp_plan("2024-02-01")),
        ("cin_assessments", {"cina_person_id": "1", "cina_assessment_start_date": date(2024, 2, 1)}),
        ("cla_episodes", care("2024-02-01")),
    ],
)
def test_work_left_open_in_a_closed_case(table, row, referrals, guilty):
    assert rows("open_in_closed_case", cin_episodes=referrals, **{table: [row]}) == [f"{table}/0"] * guilty


def test_what_ended_in_time_is_not_left_open():
    closed = [referral("2024-01-01", "2024-05-01")]
    ended = [cin_plan("2024-02-01", "2024-05-01")]
    episodes = [care("2024-01-01", "2024-02-01"), care("2024-02-01", "2024-04-01")]
    theirs = [cp_plan("2024-02-01", cppl_cp_plan_ola="Y")]
    tables = {"cin_episodes": closed, "cin_plans": ended, "cla_episodes": episodes, "cp_plans": theirs}
    assert rows("open_in_closed_case", **tables) == []


def test_a_care_episode_is_not_ended_by_a_later_one_that_has_ended():
    closed = [referral("2024-01-01", "2024-05-01")]
    episodes = [care("2024-01-01"), care("2024-02-01", "2024-04-01")]
    assert rows("open_in_closed_case", cin_episodes=closed, cla_episodes=episodes) == ["cla_episodes/0"]
    both_open = [care("2024-01-01"), care("2024-02-01")]
    assert rows("open_in_closed_case", cin_episodes=closed, cla_episodes=both_open) == ["cla_episodes/1"]


@pytest.mark.parametrize(
    ("placements", "guilty"),
    [
        ([placement("2024-01-01")], False),
        ([placement("2024-01-01", "2025-06-02")], False),
        ([placement("2024-01-01", "2025-06-01")], True),
        ([placement("2024-01-01", person="2")], True),
        ([placement("2025-06-02")], True),
        ([], False),  # a source without placements
    ],
)
def test_a_looked_after_child_lives_somewhere(placements, guilty):
    episodes = [care("2024-01-01"), care("2024-01-01", "2024-03-01", person="2")]
    assert (
        rows("no_placement", cla_episodes=episodes, cla_placement=placements) == ["cla_episodes/0"] * guilty
    )


def involved(person="1", **more):
    return {"invo_person_id": person, "invo_professional_id": "W1", "invo_professional_team": "T1"} | more


def test_an_involvement_that_names_nobody_is_no_worker():
    cases = [referral("2025-01-01"), referral("2025-01-01", person="2")]
    nobody = involved(invo_professional_id=None)
    assert rows("no_worker", cin_episodes=cases, involvements=[nobody, involved("2")]) == ["cin_episodes/0"]


def test_an_open_case_has_a_team():
    cases = [referral("2025-01-01"), referral("2025-01-01", person="2")]
    teamless = involved(invo_professional_team=None)
    assert rows("no_team", cin_episodes=cases, involvements=[teamless, involved("2")]) == ["cin_episodes/0"]
    assert rows("no_team", cin_episodes=cases, involvements=[teamless, involved(), involved("2")]) == []
    assert rows("no_team", cin_episodes=cases, involvements=[teamless]) == []  # the source knows no teams
    assert rows("no_worker", cin_episodes=cases[:1], involvements=[teamless]) == []


@pytest.mark.parametrize(
    ("born", "guilty"), [("2007-05-31", True), ("2007-06-01", False), ("2008-01-01", False)]
)
def test_who_is_eighteen_is_no_longer_a_child(born, guilty):
    young = {"pers_person_id": "1", "pers_dob": day(born)}
    open_work = {
        "cp_plans": [cp_plan("2024-01-01")],
        "cla_episodes": [care("2024-01-01")],
        "cin_episodes": [referral("2024-01-01")],
        "care_leavers": [{"clea_person_id": "2"}],
    }
    expected = ["cin_episodes/0", "cla_episodes/0", "cp_plans/0"] if guilty else []
    assert rows("adult_open_as_child", people=[young, OTHER], **open_work) == expected


def test_a_care_leaver_may_have_a_referral():
    young = {"pers_person_id": "1", "pers_dob": date(2005, 1, 1)}
    case = {"cin_episodes": [referral("2024-01-01")]}
    for leavers, guilty in [
        ([{"clea_person_id": "1"}], False),
        ([{"clea_person_id": "2"}], True),
        ([], False),
    ]:
        found = rows("adult_open_as_child", people=[young, OTHER], care_leavers=leavers, **case)
        assert found == ["cin_episodes/0"] * guilty, "without leaving care records nobody can tell"


# Visits


@pytest.mark.parametrize(
    ("when", "guilty"),
    [
        ("2024-01-31", True),
        ("2024-02-01", False),
        ("2024-03-01", False),
        ("2024-03-02", True),
        ("2024-12-01", False),
    ],
)
def test_a_protection_visit_belongs_to_a_day_of_a_plan(when, guilty):
    plans = [cp_plan("2024-02-01", "2024-03-01"), cp_plan("2024-10-01"), cp_plan("2020-01-01", person="2")]
    assert rows("visit_outside_plan", cp_plans=plans, cp_visits=[cp_visit(when)]) == ["cp_visits/0"] * guilty


def test_a_long_plan_reaches_over_a_short_one_that_began_later():
    plans = [cp_plan("2024-01-01", "2024-12-31"), cp_plan("2024-02-01", "2024-03-01")]
    visits = [cp_visit("2024-06-01"), cp_visit("2025-01-01")]
    assert rows("visit_outside_plan", cp_plans=plans, cp_visits=visits) == ["cp_visits/1"]


def test_a_plan_with_wrong_dates_is_told_and_not_its_visits():
    plans = [cp_plan("2024-02-01", "2024-01-25")]
    visits = [cp_visit("2024-03-01")]
    assert rows("visit_outside_plan", cp_plans=plans, cp_visits=visits) == []
    assert rows("end_before_start", cp_plans=plans, cp_visits=visits) == ["cp_plans/0"]


def test_visits_to_looked_after_children_and_children_in_need():
    def seen(table, field, when):
        return {f"{table}_person_id": "1", field: day(when)}

    cla = [seen("clav", "clav_cla_visit_date", when) for when in ("2024-01-31", "2024-02-05", "2025-07-01")]
    episodes = [care("2024-02-01")]
    assert rows("visit_outside_plan", cla_visits=cla, cla_episodes=episodes) == ["cla_visits/0"]
    cin = [seen("cinv", "cinv_cin_visit_date", when) for when in ("2023-12-01", "2024-01-09", "2024-02-05")]
    cases = [referral("2024-01-01", "2024-01-31")]
    assert rows("visit_outside_plan", cin_visits=cin, cin_episodes=cases, cla_episodes=episodes) == [
        "cin_visits/0"
    ]


def test_a_visit_after_the_case_was_closed_says_so_and_only_that():
    case = {
        "cin_episodes": [referral("2024-01-01", "2024-05-01")],
        "cp_plans": [cp_plan("2024-02-01", "2024-05-01")],
    }
    visits = [cp_visit("2024-05-01"), cp_visit("2024-05-02"), cp_visit("2024-01-15")]
    found = told("visit_after_closure", cp_visits=visits, **case)
    assert found["row"].to_list() == ["cp_visits/1"]
    assert "01/05/2024" in found["reason"].item()
    assert rows("visit_outside_plan", cp_visits=visits, **case) == ["cp_visits/2"]


def test_a_source_without_plans_is_not_asked_for_them():
    assert rows("visit_outside_plan", cp_visits=[cp_visit("2024-05-01")]) == []


def test_visits_of_strangers_are_told_as_strangers_only():
    visits = [cp_visit("2024-05-01", person="99")]
    plans = [cp_plan("2020-01-01")]
    assert rows("visit_outside_plan", cp_visits=visits, cp_plans=plans) == []
    assert rows("orphan", cp_visits=visits, cp_plans=plans) == ["cp_visits/0"]


def test_a_visit_names_a_plan_of_its_child():
    plans = [
        cp_plan("2024-01-01", cppl_cp_plan_id="P1"),
        cp_plan("2024-01-01", person="2", cppl_cp_plan_id="P2"),
    ]
    visits = [cp_visit("2024-05-01", cppv_cp_plan_id=plan) for plan in ("P1", "P2", None)]
    assert rows("visit_without_plan", cp_visits=visits, cp_plans=plans) == ["cp_visits/1", "cp_visits/2"]
    unlinked = [cp_visit("2024-05-01")]  # a source that never says
    assert rows("visit_without_plan", cp_visits=unlinked, cp_plans=plans) == []


# People, meetings


def someone(number, forename, surname, born=date(2015, 3, 3)):
    return {"pers_person_id": number, "pers_forename": forename, "pers_surname": surname, "pers_dob": born}


@pytest.mark.parametrize(
    ("second", "guilty"),
    [
        (("Zoe", "OBRIEN"), True),
        (("O'Brien", "Zoë"), True),  # the other way round
        (("Zoe", "Brien"), False),
        (("Zoe", None), False),
        (("Zoë", "O’Brien", date(2015, 3, 4)), False),
        (("Zoë", "O’Brien", None), False),
    ],
)
def test_one_name_and_birth_date_under_two_numbers(second, guilty):
    people = [someone("1", "Zoë", "O’Brien"), someone("2", *second), someone("3", "Ann", "Lee")]
    found = told("same_child_twice", people=people)
    assert found["row"].to_list() == ["person/0", "person/1"] * guilty
    assert found["value"].to_list() == ["2", "1"] * guilty


def test_thousands_of_one_name_are_counted_and_not_all_named():
    """Each row carried the list of all others: 4.7 GB for 12,000 rows."""
    people = [someone(f"{at:05}", "Baby", "Smith") for at in range(3_000)]
    value = valued(people)
    assert value["person/0"] == "00001, 00002, 00003, 00004, 00005 and 2994 more"
    assert value["person/3"] == "00000, 00001, 00002, 00004, 00005 and 2994 more"
    assert value["person/2999"] == "00000, 00001, 00002, 00003, 00004 and 2994 more"
    assert max(map(len, value.values())) < 60
    assert valued(people[:6])["person/0"] == "00001, 00002, 00003, 00004, 00005"
    assert valued(people[:7])["person/6"].endswith(", 00004 and 1 more")


TWICE = """
import resource
from datetime import date
import polars as pl
from data.checks.people import same_child_twice
people = pl.select(pl.int_range(8_000).cast(pl.String).alias("pers_person_id")).with_columns(
    source=pl.lit("s"), source_row="pers_person_id", pers_forename=pl.lit("Baby"),
    pers_surname=pl.lit("Smith"), pers_dob=pl.lit(date(2012, 1, 1)),
)
same_child_twice(lambda _: people.head(2).lazy())
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
assert same_child_twice(lambda _: people.lazy()).height == 8_000
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is told in kB there")
def test_thousands_of_one_name_need_no_memory_for_each_pair():
    done = subprocess.run([sys.executable, "-c", TWICE], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 200_000, "kB: each with the list of all others would take 1,000,000"


def valued(people):
    """The other numbers told, by row."""
    return dict(told("same_child_twice", people=people).select("row", "value").iter_rows())


def test_children_without_names_are_not_one_child():
    assert rows("same_child_twice", people=[someone("1", None, None), someone("2", None, None)]) == []
    assert rows("same_child_twice", people=[someone("1", "", "-"), someone("2", "", "-")]) == []


@pytest.mark.parametrize(
    ("when", "guilty"), [("2025-05-30", False), ("2025-05-31", True), ("2025-06-01", True)]
)
def test_nobody_meets_at_a_weekend(when, guilty):
    meetings = {
        "cp_reviews": [{"cppr_person_id": "1", "cppr_cp_review_date": day(when)}],
        "cla_reviews": [{"clar_cla_person_id": "1", "clar_cla_review_date": day(when)}],
        "initial_cp_conference": [{"icpc_person_id": "1", "icpc_icpc_date": day(when)}],
    }
    expected = ["cla_reviews/0", "cp_reviews/0", "initial_cp_conference/0"]
    assert rows("weekend_meeting", **meetings) == (expected if guilty else [])
    visit = {"cp_visits": [cp_visit(when)]}
    assert rows("weekend_meeting", **visit) == []


def test_nobody_dies_before_birth():
    people = [CHILD | {"pers_death_date": date(2015, 3, 2)}, OTHER | {"pers_death_date": date(2014, 3, 3)}]
    assert rows("before_birth", people=people) == ["person/0"]


def test_children_a_part_at_a_time_have_the_same_problems(monkeypatch):
    numbers = [str(number) for number in range(1, 8)]
    tables = {
        "person": [{"pers_person_id": one, "pers_dob": date(2015, 3, 3)} for one in numbers],
        "cla_placement": [
            placement(start, person=one) for one in numbers for start in ("2024-01-01", "2024-02-01")
        ],
        "cin_episodes": [referral("2025-01-01", person=one) for one in numbers],
        "involvements": [involved("1")],
        "cp_plans": [cp_plan("2024-01-01", person="3")],
        "cp_visits": [cp_visit("2023-01-01", person=one) for one in ("3", "7", "99")],
    }
    whole = pl.concat(checks(scan_of(tables), DAY))
    monkeypatch.setattr("data.checks.part.CHILDREN", 2)
    parts = pl.concat(checks(scan_of(tables), DAY))
    order = ["rule", "row", "column"]
    assert parts.sort(order).equals(whole.sort(order))
    assert whole.filter(rule="no_worker").height == 6
    assert whole.filter(rule="overlapping_placements").height == 7
    assert whole.filter(rule="visit_outside_plan")["person_id"].sort().to_list() == ["3", "7"]


def test_every_table_can_be_empty():
    assert pl.concat(checks(scan_of({}), DAY)).is_empty()


DAYS = st.integers(0, 12)
SPELLS = st.lists(st.tuples(st.sampled_from("12"), DAYS, st.none() | DAYS), max_size=7)


def nth(number):
    return None if number is None else date(2024, 1, 1 + number)


@settings(max_examples=60)
@given(SPELLS)
def test_a_placement_is_guilty_when_one_that_came_before_is_not_over(spells):
    """Told by hand, pair by pair: of two at once the later is guilty; nonsense is left aside."""
    placements = [
        {"clap_person_id": child, "clap_cla_placement_start_date": nth(start),
         "clap_cla_placement_end_date": nth(end)}
        for child, start, end in spells
    ]  # fmt: skip
    part = Part(scan_of({"person": (CHILD, OTHER), "cla_placement": placements}), [], 0)
    found = pl.concat(overlaps(part))["row"].to_list()
    order = {
        f"cla_placement/{number}": (child, start, 99 if end is None else end)
        for number, (child, start, end) in enumerate(spells)
        if end is None or end >= start
    }
    in_order = sorted(order, key=lambda row: (order[row], row))
    expected = [
        row
        for place, row in enumerate(in_order)
        if any(
            order[earlier][0] == order[row][0] and order[row][1] < order[earlier][2]
            for earlier in in_order[:place]
        )
    ]
    assert sorted(found) == sorted(expected)


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from("12"), st.none() | DAYS, st.none() | DAYS), max_size=6),
       st.lists(st.tuples(st.sampled_from("12"), DAYS), min_size=1, max_size=6))  # fmt: skip
def test_a_day_is_covered_when_any_period_has_it(periods, days):
    """Told by hand, period by period; one that ends before it starts has no known end."""
    frame = pl.DataFrame(
        [(child, nth(start), nth(end)) for child, start, end in periods],
        schema={"person_id": pl.String, "start": pl.Date, "end": pl.Date},
        orient="row",
    )
    visits = pl.DataFrame(
        [(child, nth(day), number) for number, (child, day) in enumerate(days)],
        schema={"person_id": pl.String, "date": pl.Date, "number": pl.Int64},
        orient="row",
    )
    found = covered(visits, "there", frame).sort("number")["there"].to_list()
    assert found == [
        any(
            child == whose
            and (start is None or start <= day)
            and (end is None or end >= day or (start is not None and end < start))
            for whose, start, end in periods
        )
        for child, day in days
    ]


def nothing_done(**more):
    return {"cine_person_id": "1", "cine_referral_id": "R1", "cine_referral_nfa": "Y",
            "cine_referral_date": day("2024-01-01"), "cine_close_date": day("2024-05-01")} | more  # fmt: skip


@pytest.mark.parametrize(
    "beside",
    [
        {"initial_cp_conference": [{"icpc_person_id": "1", "icpc_referral_id": "R1"}]},
        {"cp_plans": [{"cppl_person_id": "1", "cppl_referral_id": "R1"}]},
        {"cin_plans": [{"cinp_person_id": "1", "cinp_referral_id": "R1"}]},
        {
            "s47_enquiry": [
                {"s47e_person_id": "1", "s47e_referral_id": "R1", "s47e_s47_enquiry_id": "S"},
            ],
            "initial_cp_conference": [{"icpc_person_id": "1", "icpc_s47_enquiry_id": "S"}],
        },
    ],
)
def test_no_further_action_beside_what_is_action(beside):
    assert rows("nfa_with_action", cin_episodes=[nothing_done()], **beside) == ["cin_episodes/0"]
    action = nothing_done(cine_referral_nfa="N")
    assert rows("nfa_with_action", cin_episodes=[action], **beside) == []
    other = nothing_done(cine_referral_id="R2")
    assert rows("nfa_with_action", cin_episodes=[other], **beside) == []


@pytest.mark.parametrize(
    ("reason", "wrong"),
    [("RC1", True), ("RC5", True), ("RC9", True), ("RC7", False), ("RC8", False), (None, False)],
)
def test_no_further_action_beside_a_reason_for_closure(reason, wrong):
    referrals_ = [nothing_done(cine_close_reason=reason)]
    expected = ["cin_episodes/0"] if wrong else []
    assert rows("nfa_with_action", cin_episodes=referrals_) == expected
    assert told("nfa_with_action", cin_episodes=referrals_)["value"].to_list() == ([reason] if wrong else [])


@pytest.mark.parametrize(
    ("known", "died"),
    [
        ({"people": [CHILD | {"pers_death_date": day("2024-03-01")}]}, True),
        ({"cla_episodes": [care("2023-01-01", "2024-03-01", clae_cla_episode_ceased_reason="E2")]}, True),
        ({"cla_episodes": [care("2023-01-01", "2024-03-01", clae_cla_episode_ceased_reason="E4A")]}, False),
        ({}, False),
    ],
)
def test_a_referral_after_the_child_died(known, died):
    referrals = [referral("2024-03-01"), referral("2024-03-02")]
    assert rows("referral_after_death", cin_episodes=referrals, **known) == ["cin_episodes/1"] * died


def test_a_case_closed_because_the_child_died_tells_of_the_death():
    closed = referral("2023-01-01", "2024-03-01", cine_close_reason="RC2")
    later = [closed, referral("2024-02-01"), referral("2024-05-01")]
    (issue,) = told("referral_after_death", cin_episodes=later).to_dicts()
    assert (issue["row"], issue["severity"], issue["value"]) == ("cin_episodes/2", "error", "2024-05-01")
    assert "01/03/2024" in issue["reason"]
