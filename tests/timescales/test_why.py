"""The reasoning, read as a person reads it."""

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from data.schema import tables
from fcl_tui.definitions.days.calendar import Calendar
from fcl_tui.timescales.engine import CLOCKS, due_items, rules_in_force
from fcl_tui.timescales.provenance import KEYS
from fcl_tui.timescales.rulebook.packaged import load_rules
from fcl_tui.timescales.why import why
from tests.timescales.ssd import Authority

ENGLAND = Calendar.england(2019, 2028)
RULES = load_rules()


@pytest.fixture
def a():
    authority = Authority()
    authority.add("person", pers_person_id="C", pers_dob=date(2014, 1, 20))
    return authority


def prepared(authority, rules=RULES):
    frames = {
        **authority.frames(),
        "due_items": due_items(authority.scan, rules, ENGLAND).collect().lazy(),
        "rules": rules_in_force(authority.scan, rules).lazy(),
    }
    return frames.__getitem__


def reasons(authority, item_id, as_at, rules=RULES):
    return why(prepared(authority, rules), ENGLAND, as_at, item_id).lines


def test_a_visit_due_over_christmas_names_the_holidays_skipped(a):
    plan = a.add("cp_plans", cppl_person_id="C", cppl_cp_plan_start_date=date(2025, 12, 5))
    visit = a.add("cp_visits", cppv_person_id="C", cppv_cp_visit_date=date(2025, 12, 19))
    assert reasons(a, f"C|cp_visit|{plan}|2", date(2026, 1, 9)) == [
        "Child protection visit: due Wed 07 Jan 2026.",
        "Overdue on Fri 09 Jan 2026 by 2 days (2 working days).",
        "The rule: 10 working days.",
        "Local standard: local procedures; "
        "Working Together 2023 asks for regular visits and gives no number.",
        "The clock started on Fri 19 Dec 2025: last visit. That is day 0.",
        f"It is based on cp_plans/{plan}, cp_visits/{visit}.",
        "Weekends are not counted.",
        "Not counted either: Thu 25 Dec 2025 (Christmas Day), Fri 26 Dec 2025 (Boxing Day), "
        "Thu 01 Jan 2026 (New Year's Day).",
        "Before it, in the same plan, placement or period: 1 done, in time.",
        "What would clear it: a visit at which the child is seen.",
    ]


def test_a_review_due_on_a_sunday_at_a_short_months_end(a):
    plan = a.add("cp_plans", cppl_person_id="C", cppl_cp_plan_start_date=date(2026, 11, 30))
    lines = reasons(a, f"C|cp_review_first|{plan}|1", date(2026, 12, 1))
    assert lines[0] == "First review conference: due Sun 28 Feb 2027."
    assert "February 2027 has no 30: its last day is taken." in lines
    assert "It falls on a weekend and is not moved; the last working day before is Fri 26 Feb 2027." in lines
    assert any(line.startswith("Assumed: the initial conference is not linked") for line in lines)


def in_care(a, person, born, entered):
    a.add("person", pers_person_id=person, pers_dob=born)
    a.add("cla_episodes", clae_person_id=person, clae_cla_id=f"K{person}",
          clae_cla_episode_id=f"E{person}", clae_cla_episode_start_date=entered)  # fmt: skip


def test_a_clock_that_starts_on_a_birthday_cites_the_person_row(a):
    in_care(a, "F", date(2021, 9, 5), date(2024, 6, 3))
    in_care(a, "S", date(2009, 11, 30), date(2020, 1, 6))
    plan = a.add("cp_plans", cppl_person_id="B", cppl_cp_plan_start_date=date(2026, 1, 5))
    a.add("person", pers_person_id="B", pers_dob=date(2026, 1, 20))
    local = replace(RULES, rules={key: replace(rule, on=True) for key, rule in RULES.rules.items()})
    told = {
        "F|sdq|KF|1": ("fourth birthday", "cla_episodes/EF, person/F"),
        "S|pathway_assessment|eligible|1": (
            "became an eligible child on the sixteenth birthday",
            "cla_episodes/ES, person/S",
        ),
        f"B|cp_prebirth_review|{plan}|1": ("birth", f"cp_plans/{plan}, person/B"),
    }
    for item, (start, rows) in told.items():
        lines = reasons(a, item, date(2026, 1, 30), local)
        assert any(f": {start}. That is day 0." in line for line in lines), lines
        assert f"It is based on {rows}." in lines


def test_a_clock_that_starts_on_another_day_does_not_cite_the_person_row(a):
    in_care(a, "F", date(2018, 9, 5), date(2024, 6, 3))
    in_care(a, "S", date(2009, 8, 1), date(2025, 10, 1))
    assert "It is based on cla_episodes/EF." in reasons(a, "F|sdq|KF|1", date(2026, 1, 30))
    lines = reasons(a, "S|pathway_assessment|eligible|1", date(2026, 1, 30))
    assert "It is based on cla_episodes/ES." in lines
    assert any("13 weeks in care since fourteen complete" in line for line in lines)


def test_an_adoption_clock_says_since_when_the_plan_is_known(a):
    in_care(a, "F", date(2023, 3, 23), date(2024, 9, 2))
    row = a.add("permanence", perm_person_id="F", perm_cla_id="KF", perm_adm_decision_date=date(2025, 1, 3))
    lines = reasons(a, f"F|adoption_entry_to_placed|{row}|1", date(2025, 1, 30))
    assert "It is known since Fri 03 Jan 2025, when adoption was decided or first recorded." in lines


def test_proceedings_count_the_day_they_start(a):
    a.add(
        "legal_status",
        lega_person_id="C",
        lega_legal_status="C1",
        lega_legal_status_start_date=date(2025, 10, 6),
    )
    lines = reasons(a, "C|care_proceedings_26w|from 2025-10-06|1", date(2026, 4, 6))
    assert lines[1] == "Overdue on Mon 06 Apr 2026 by 1 day."
    assert any(line.endswith("That is day 1.") for line in lines)


def test_an_authoritys_own_rule_is_named(a, tmp_path):
    path = tmp_path / "rules.toml"
    path.write_text('[rule.cp_visit]\nfirst = { every = 15, unit = "wd" }\n')
    plan = a.add("cp_plans", cppl_person_id="C", cppl_cp_plan_start_date=date(2026, 1, 5))
    lines = reasons(a, f"C|cp_visit|{plan}|1", date(2026, 1, 6), load_rules(path))
    assert lines[0].endswith("due Mon 26 Jan 2026.")
    assert "This authority's own file, rules.toml, line 2, changes the rule." in lines


def test_a_birthday_is_named_only_when_it_is_near(a):
    near = "It would not be required if due on or after the 18th birthday (Tue 20 Jan 2032)."
    for started, told in ((date(2026, 1, 5), False), (date(2031, 12, 1), True)):
        plan = a.add("cp_plans", cppl_person_id="C", cppl_cp_plan_start_date=started)
        lines = reasons(a, f"C|cp_visit|{plan}|1", started)
        assert (near in lines) is told


def test_what_was_tried_and_does_not_count_is_told(a):
    plan = a.add("cp_plans", cppl_person_id="C", cppl_cp_plan_start_date=date(2026, 1, 5))
    row = a.add("cp_visits", cppv_person_id="C", cppv_cp_visit_date=date(2026, 1, 9), cppv_cp_visit_seen="N")
    a.add("cp_visits", cppv_person_id="C", cppv_cp_visit_date=date(2026, 1, 13), cppv_cp_visit_seen="N")
    a.add("person", pers_person_id="D")
    a.add("cp_visits", cppv_person_id="D", cppv_cp_visit_date=date(2026, 1, 9), cppv_cp_visit_seen="N")
    lines = reasons(a, f"C|cp_visit|{plan}|1", date(2026, 1, 12))
    assert [line for line in lines if "it was tried" in line] == [
        f"On Fri 09 Jan 2026 it was tried, but that does not count: the child was not seen (cp_visits/{row})."
    ]
    assert "Nothing that counts has been done since." in lines


def test_a_cancelled_review_and_a_refused_check_are_told(a):
    a.add("cla_episodes", clae_person_id="C", clae_cla_id="K", clae_cla_episode_start_date=date(2026, 1, 5))
    review = a.add("cla_reviews", clar_cla_id="K", clar_cla_review_date=date(2026, 1, 20),
                   clar_cla_review_cancelled="Y")  # fmt: skip
    a.add("cla_health", clah_person_id="C", clah_health_check_type="HEALTH",
          clah_health_check_date=date(2026, 1, 21), clah_health_check_status="Refused")  # fmt: skip
    lines = reasons(a, "C|cla_review_first|K|1", date(2026, 1, 30))
    assert (
        f"On Tue 20 Jan 2026 it was tried, but that does not count: it was cancelled (cla_reviews/{review})."
        in lines
    )
    lines = reasons(a, "C|health_initial|K|1", date(2026, 1, 30))
    assert [line for line in lines if "does not count: its status is Refused" in line]


def test_no_holiday_in_between_is_said(a):
    plan = a.add("cp_plans", cppl_person_id="C", cppl_cp_plan_start_date=date(2026, 2, 2))
    assert "No bank holiday falls in between." in reasons(a, f"C|cp_visit|{plan}|1", date(2026, 2, 3))


def test_without_a_due_date_the_reason_comes_first(a):
    leaver = a.add("care_leavers", clea_person_id="C", clea_care_leaver_eligibility="Relevant")
    lines = reasons(a, f"C|pathway_review|{leaver}|1", date(2026, 1, 6))
    assert lines[0] == "Pathway plan review: no due date. No pathway plan date in the source."


def test_an_item_that_is_not_there_is_said_to_be_missing(a):
    assert reasons(a, "C|cp_visit|X|1", date(2026, 1, 6)) == ["There is no such item on Tue 06 Jan 2026."]


def test_every_item_of_the_worked_cases_can_be_explained(tmp_path):
    from tests.timescales.test_golden import CASES, Case

    authority = Authority()
    for case in CASES:
        Case(authority, case).build()
    scan = prepared(authority)
    found = scan("due_items").unique("rule", keep="any").collect()
    assert found.height > len(CLOCKS) - 10
    for item_id in found["item_id"].sort().to_list():
        for as_at in (date(2026, 3, 2), date(2029, 1, 1)):
            lines = why(scan, ENGLAND, as_at, item_id).lines
            assert lines
            assert not [line for line in lines if "None" in line or "null" in line]


def test_names_in_the_data_cannot_change_what_is_looked_up(a):
    a.add("person", pers_person_id="C|cp_visit")
    plan = a.add(
        "cp_plans",
        cppl_cp_plan_id="a|b",
        cppl_person_id="C|cp_visit",
        cppl_cp_plan_start_date=date(2026, 1, 5),
    )
    a.add("cp_visits", cppv_person_id="C|cp_visit", cppv_cp_visit_date=date(2026, 1, 9))
    lines = reasons(a, f"C|cp_visit|cp_visit|{plan}|2", date(2026, 1, 12))
    assert lines[0].startswith("Child protection visit: due")
    assert pl.Series(lines).str.contains("1 done, in time").any()


def test_with_several_sources_each_row_says_where_it_came_from(a):
    plan = a.add("cp_plans", cppl_person_id="C", cppl_cp_plan_start_date=date(2025, 12, 5),
                 source="SSD", source_row="ssd_cp_plans/P")  # fmt: skip
    visit = a.add("cp_visits", cppv_person_id="C", cppv_cp_visit_date=date(2025, 12, 19),
                  source="Annex A", source_row="List 7/row 12")  # fmt: skip
    frames = prepared(a)

    def scan(name):
        return a.scan(name) if name.startswith("cp_") else frames(name)

    item = f"C|cp_visit|{plan}|2"
    lines = why(scan, ENGLAND, date(2026, 1, 9), item, several_sources=True).lines
    told = [
        f"cp_plans/{plan} is from SSD, ssd_cp_plans/P.",
        f"cp_visits/{visit} is from Annex A, List 7/row 12.",
    ]
    assert [line for line in lines if " is from " in line] == told
    alone = why(scan, ENGLAND, date(2026, 1, 9), item).lines
    assert [line for line in alone if " is from " in line] == told, "P is not what the plan is called"


def test_of_one_source_only_rows_whose_name_does_not_tell_it_say_where_they_stand(a):
    plan = a.add("cp_plans", cppl_person_id="C", cppl_cp_plan_id="P", source="SSD",
                 cppl_cp_plan_start_date=date(2025, 12, 5), source_row="ssd_cp_plans/P")  # fmt: skip
    visit = a.add("cp_visits", cppv_person_id="C", cppv_cp_visit_date=date(2025, 12, 19),
                  source="Annex A.xlsx", source_row="List 7/row 12")  # fmt: skip
    lines = reasons(a, f"C|cp_visit|{plan}|2", date(2026, 1, 9))
    assert [line for line in lines if " is from " in line] == [
        f"cp_visits/{visit} is from Annex A.xlsx, List 7/row 12."
    ]


def test_the_tables_that_dates_rest_on_are_looked_up_by_their_own_numbers():
    assert {table: tables.key_of(table) for table in KEYS} == KEYS
