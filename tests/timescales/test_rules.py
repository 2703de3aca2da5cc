"""The rules file, and what an authority may lay over it."""

from datetime import date

import polars as pl
import pytest

from data.schema import tables
from fcl_tui.definitions.days.calendar import Calendar
from fcl_tui.reports.catalogue import guidance
from fcl_tui.timescales.due import with_due_dates
from fcl_tui.timescales.engine import CLOCKS, rules_in_force
from fcl_tui.timescales.inputs import CLOCK
from fcl_tui.timescales.rulebook.packaged import load_rules
from fcl_tui.timescales.rulebook.rules import RulesError
from tests.timescales.ssd import Authority


def overrides(tmp_path, text):
    path = tmp_path / "rules.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_rule_is_either_reckoned_or_says_why_not():
    reckoned = {key for keys in CLOCKS for key in keys}
    rules = load_rules().rules
    assert reckoned == {key for key, rule in rules.items() if not rule.unavailable}
    assert all(rule.source and rule.name and rule.applies_to for rule in rules.values())
    assert all(rules[key].clears for key in reckoned)
    assert not [key for key, rule in rules.items() if rule.unavailable and rule.clears]


@pytest.mark.parametrize(
    "said",
    [
        "on the day a clock ends, for the one that ends; each event once",
        "a visit or review of that day counts for the clock that starts",
        "stays owed until an assessment is recorded or the referral is closed",
        "a referral on an open case",
        "are never *missed*",
        "The end of an episode with reason X1 is not the end of care",
        "A placement order made after it (E1) changes nothing",
        "weekly until the first adoption review",
        "before that day the source cannot show that the assessment was overdue or missed",
        "is listed from the day adoption was decided",
    ],
)
def test_the_guidance_says_what_the_engine_does(said):
    assert said in guidance("timescales")


def test_every_needed_table_is_in_the_standard():
    needed = {table for rule in load_rules().rules.values() for table in rule.needs}
    assert needed <= set(tables.names())
    held = {field.name for field in tables.fields()}
    assert {one for rule in load_rules().rules.values() for one in rule.fields} <= held


def test_a_rule_whose_end_date_the_source_does_not_have_is_not_run():
    authority = Authority()
    authority.missing_columns = {"s47_enquiry": "s47e_referral_id,s47e_s47_end_date"}
    rules = rules_in_force(authority.scan, load_rules()).filter(pl.col("unavailable_reason").is_not_null())
    reasons = dict(rules.select("rule", "unavailable_reason").iter_rows())
    assert reasons["s47_15wd"] == "not in this source: s47 end date"
    assert "icpc_15wd" not in reasons


def test_a_missing_overrides_file_changes_nothing(tmp_path):
    assert load_rules(tmp_path / "none.toml") == load_rules()


def test_an_authority_sets_its_own_visits(tmp_path):
    rules = load_rules(
        overrides(
            tmp_path,
            '[settings]\ncount_from_day = 1\n[rule.cp_visit]\nlater = { every = 15, unit = "wd" }\n'
            'soon = { within = 3, unit = "wd" }\n',
        )
    )
    visit = rules["cp_visit"]
    assert (visit.steps["later"][0].every, visit.steps["first"][0].every) == (15, 10)
    assert (visit.soon, visit.changed_in) == (3, "rules.toml")
    assert rules.settings.count_from_day == 1
    changed = rules.frame().filter(pl.col("changed_in").is_not_null())["rule"].to_list()
    assert changed == ["cp_visit"]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('[rule.cla_visit]\nlater = { every = 8, unit = "w" }\n', 2, "statutory"),
        ("[rule.cla_review_first]\non = false\n", 2, "stays on"),
        ('\n[rule.cp_visits]\nlater = { every = 8, unit = "w" }\n', 2, "no rule"),
        ('[rule.cp_visit]\nlater = { every = 0, unit = "wd" }\n', 2, "whole number"),
        ('[rule.cp_visit]\nlater = { every = 2.5, unit = "w" }\n', 2, "whole number"),
        ('[rule.cp_visit]\nlater = { every = true, unit = "w" }\n', 2, "whole number"),
        ('[rule.cp_visit]\n\nlater = { every = 2, unit = "fortnight" }\n', 3, "unit"),
        ("[rule.cp_visit]\nlater = 10\n", 2, "written"),
        ('[rule.cp_visit]\nsometimes = { every = 2, unit = "w" }\n', 2, "does not take"),
        ('[rule.cp_visit]\nlater = { every = 2, unit = "w", team = "A" }\n', 2, "team"),
        ('[rule.cp_visit.later]\nevery = -1\nunit = "w"\n', 1, "whole number"),
        ("[rule.cp_visit]\nsoon = 5\n", 2, "soon"),
        ("[rule.cp_visit]\nname = 'x'\n", 2, "does not take"),
        ("[settings]\ncount_from_day = 2\n", 2, "0 or 1"),
        ("[settings]\nunseen_visits_count = 'yes'\n", 2, "true or false"),
        ("[settings]\n\nassessment_clock = 'today'\n", 3, "one of"),
        ("[settings]\nweekends = true\n", 2, "no setting"),
        ("[rules]\n", 1, "only [settings]"),
        ("rule = 3\n", 1, "table"),
        ("[rule.cp_visit\n", 1, "TOML"),
        (
            '[rule.cp_visit]\nlater = [ { every = 2, unit = "w", until = 2026-01-01 }, '
            '{ every = 3, unit = "w", from = 2026-02-01 } ]\n',
            2,
            "follow one another",
        ),
    ],
)
def test_a_bad_override_is_refused_with_the_line_and_the_reason(tmp_path, text, line, said):
    with pytest.raises(RulesError) as refused:
        load_rules(overrides(tmp_path, text))
    assert f"line {line}" in str(refused.value)
    assert said in str(refused.value)
    assert "rules.toml" in str(refused.value)


def test_an_unreadable_overrides_file_is_refused(tmp_path):
    path = tmp_path / "rules.toml"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(RulesError, match="cannot be read"):
        load_rules(path)


def due(rules, rule, step, started):
    clocks = pl.DataFrame(
        [{"person_id": "1", "rule": rule, "spell": "s", "cycle": 1, "step": step, "started": started}],
        schema=CLOCK,
    )
    return with_due_dates(clocks.lazy(), rules, Calendar.england(2024, 2028)).collect()["due_date"][0]


def test_the_day_the_clock_started_picks_the_interval_of_its_time(tmp_path):
    rules = load_rules(
        overrides(
            tmp_path,
            '[rule.pa_contact]\nlater = [ { every = 8, unit = "w", until = 2026-04-01 }, '
            '{ every = 4, unit = "w", from = 2026-04-01 } ]\n',
        )
    )
    assert due(rules, "pa_contact", "later", date(2026, 3, 31)) == date(2026, 5, 26)
    assert due(rules, "pa_contact", "later", date(2026, 4, 1)) == date(2026, 4, 29)


def test_counting_from_day_one_ends_a_working_day_earlier_and_leaves_weeks_alone(tmp_path):
    rules = load_rules(overrides(tmp_path, "[settings]\ncount_from_day = 1\n"))
    assert due(load_rules(), "icpc_15wd", "first", date(2026, 3, 2)) == date(2026, 3, 23)
    assert due(rules, "icpc_15wd", "first", date(2026, 3, 2)) == date(2026, 3, 20)
    assert due(rules, "cla_visit", "first", date(2026, 3, 2)) == date(2026, 3, 9)


def test_a_rule_the_source_cannot_feed_says_which_table_is_missing():
    authority = Authority()
    authority.none = {"cin_plans"}
    rule = rules_in_force(authority.scan, load_rules()).filter(pl.col("rule") == "cin_visit")
    assert rule["available"].to_list() == [False]
    assert rule["unavailable_reason"].to_list() == ["not in this source: cin plans"]
