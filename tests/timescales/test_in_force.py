"""What `fcl-tui rules` says, teams with a policy of their own, and law that changes."""

import json
from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from fcl_tui.cli.asking.rules import team_notes
from fcl_tui.definitions.allocations import allocations
from fcl_tui.definitions.days.calendar import Calendar
from fcl_tui.timescales.engine import due_items, rules_in_force
from fcl_tui.timescales.rulebook.in_force import in_force
from fcl_tui.timescales.rulebook.packaged import load_rules
from fcl_tui.timescales.rulebook.rules import Interval
from fcl_tui.timescales.state import at
from fcl_tui.timescales.why import why
from tests.console_script import run
from tests.timescales.ssd import Authority

ENGLAND = Calendar.england(2019, 2030)
TODAY = date(2026, 11, 23)
DISABILITY = '[rule.cin_visit.team."Children with Disabilities 1"]\nlater = { every = 30, unit = "wd" }\n'


def own(tmp_path, text):
    path = tmp_path / "rules.toml"
    path.write_text(text, encoding="utf-8")
    return load_rules(path)


def said(rules, day=TODAY, **known):
    return {(row["rule"], row["team"]): row for row in in_force(rules, day, **known).iter_rows(named=True)}


# --- what is in force --------------------------------------------------------------------------------


def test_each_rule_says_its_intervals_in_words_and_where_they_are_set(tmp_path):
    rules = own(tmp_path, '\n[rule.cp_visit]\nlater = { every = 15, unit = "wd" }\n' + DISABILITY)
    rows = said(rules)
    visit = rows["cp_visit", None]
    assert (visit["first"], visit["later"], visit["unit"]) == ("10 working days", "15 working days", "wd")
    assert (visit["standing"], visit["set_in"]) == ("local", "rules.toml, line 3")
    team = rows["cin_visit", "Children with Disabilities 1"]
    assert (team["first"], team["later"], team["set_in"]) == (None, "30 working days", "rules.toml, line 5")
    first = rows["cla_visit", None]
    assert (first["first"], first["later"], first["set_in"]) == ("1 week", "6 weeks", "packaged")
    assert "long term: 3 months" in first["otherwise"]
    assert first["due_soon"] == "within 7 days"
    assert first["standing"] == "statutory"


def test_what_a_source_can_feed_is_known_only_when_there_is_one():
    rows = said(load_rules())
    assert (rows["cp_visit", None]["available"], rows["cp_visit", None]["unavailable_reason"]) == (
        None,
        "nothing is loaded yet",
    )
    assert rows["cp_core_group_first", None]["available"] is False
    authority = Authority()
    authority.none = {"cp_visits"}
    rows = said(load_rules(), coverage=authority.coverage())
    assert rows["cp_visit", None]["unavailable_reason"] == "not in this source: cp visits"
    assert rows["cin_visit", None]["available"] is True


def test_a_change_after_the_load_is_said(tmp_path):
    authority = Authority()
    loaded = rules_in_force(authority.scan, load_rules())
    rules = own(tmp_path, DISABILITY)
    rows = said(
        rules, coverage=authority.coverage(), loaded=loaded, unknown_teams=["children with disabilities 1"]
    )
    assert (
        rows["cin_visit", None]["note"] == "Changed since the snapshot was made: load again for it to count."
    )
    assert rows["cp_visit", None]["note"] is None
    assert rows["cin_visit", "Children with Disabilities 1"]["note"].startswith("No allocation")


def test_the_command_works_before_anything_is_loaded(tmp_path, capfdbinary):
    (tmp_path / "rules.toml").write_text("[settings]\n\ncount_from_day = 1\n")
    code, out, _ = run(capfdbinary, "rules", "--home", tmp_path, "--format", "json", "--as-at", "2026-01-05")
    told = json.loads(out)
    assert code == 0
    assert told["as_at"] == "2026-01-05"
    assert {row["rule"] for row in told["rows"]} == set(load_rules().rules)
    assert {"setting": "count_from_day", "value": "1", "set_in": "rules.toml, line 3"} in told["settings"]
    code, out, _ = run(capfdbinary, "rules", "--home", tmp_path)
    assert code == 0
    assert "nothing is loaded yet" in out.splitlines()[0]


def test_a_bad_override_is_one_sentence_and_exit_1(tmp_path, capfdbinary):
    (tmp_path / "rules.toml").write_text('[rule.cla_visit]\nlater = { every = 8, unit = "w" }\n')
    code, out, err = run(capfdbinary, "rules", "--home", tmp_path)
    assert (code, out) == (1, "")
    assert err.startswith("rules.toml, line 2: cla_visit is statutory (")
    assert err.count("\n") == 1


# --- teams -------------------------------------------------------------------------------------------


@pytest.fixture
def a():
    """One child in need: with team T1 until 1 March 2026, then with T2."""
    authority = Authority()
    authority.add("person", pers_person_id="C", pers_dob=date(2014, 6, 1))
    for number, name in (("T1", " children with DISABILITIES 1"), ("T2", "Assessment"), ("T3", "CwD 2")):
        authority.add("department", dept_team_id=number, dept_team_name=name)
    held(authority, "T1", date(2025, 1, 6), date(2026, 3, 1))
    held(authority, "T2", date(2026, 3, 1))
    authority.add(
        "cin_plans", cinp_cin_plan_id="K", cinp_person_id="C", cinp_cin_plan_start_date=date(2026, 1, 5)
    )
    for visited in (date(2026, 1, 12), date(2026, 2, 23), date(2026, 3, 2)):
        authority.add("cin_visits", cinv_person_id="C", cinv_cin_visit_date=visited)
    return authority


def held(authority, team, start, end=None, role="Allocated Worker"):
    authority.add(
        "involvements",
        invo_person_id="C",
        invo_professional_id="W" + team,
        invo_professional_role_id=role,
        invo_professional_team=team,
        invo_involvement_start_date=start,
        invo_involvement_end_date=end,
    )


def visits(authority, rules):
    only = replace(
        rules, rules={key: replace(rule, on=key == "cin_visit") for key, rule in rules.rules.items()}
    )
    found = due_items(authority.scan, only, ENGLAND).sort("cycle").collect()
    return [tuple(row) for row in found.select("cycle", "interval", "local_team").iter_rows()]


def test_a_teams_interval_holds_for_clocks_started_while_it_held_the_case(a, tmp_path):
    name = "Children with Disabilities 1"
    assert visits(a, own(tmp_path, DISABILITY)) == [
        (1, 20, None),  # the team has no first interval of its own
        (2, 30, name),
        (3, 30, name),  # the case moved on while this clock ran
        (4, 20, None),
    ]


def test_only_the_allocated_workers_team_counts(a, tmp_path):
    held(a, "T3", date(2026, 1, 1), role="Supervising Social Worker")
    rules = own(tmp_path, DISABILITY.replace("Children with Disabilities 1", "CwD 2"))
    assert {team for _, _, team in visits(a, rules)} == {None}


def test_a_child_with_no_allocation_has_everyones_interval(a, tmp_path):
    a.rows["involvements"].clear()
    assert {interval for _, interval, _ in visits(a, own(tmp_path, DISABILITY))} == {20}


def test_a_team_may_change_its_own_interval_from_a_day(a, tmp_path):
    rules = own(
        tmp_path,
        '[rule.cin_visit.team."Children with Disabilities 1"]\n'
        'later = [ { every = 30, unit = "wd", until = 2026-02-01 }, '
        '{ every = 6, unit = "w", from = 2026-02-01 } ]\n',
    )
    assert [interval for _, interval, _ in visits(a, rules)] == [20, 30, 6, 20]


def test_two_teams_of_one_name_and_teams_of_statutory_rules_are_refused(tmp_path):
    with pytest.raises(ValueError, match="line 3: the team .* is there twice"):
        own(tmp_path, DISABILITY + DISABILITY.replace("Children with D", "CHILDREN WITH D"))
    with pytest.raises(ValueError, match="line 1: cla_visit is statutory"):
        own(tmp_path, DISABILITY.replace("cin_visit", "cla_visit"))
    with pytest.raises(ValueError, match='line 2: cin_visit does not take "sometimes" for a team'):
        own(tmp_path, DISABILITY.replace("later", "sometimes"))
    with pytest.raises(ValueError, match="line 2: .*whole number"):
        own(tmp_path, DISABILITY.replace("30", "0"))
    with pytest.raises(ValueError, match=r"line 2: write \[rule.cin_visit.team"):
        own(tmp_path, "[rule.cin_visit]\nteam = 3\n")
    with pytest.raises(ValueError, match="intervals of the team"):
        own(tmp_path, "[rule.cin_visit.team.X]\n")


def test_a_team_that_no_allocation_names_is_noted_not_refused(a, tmp_path):
    own(tmp_path, DISABILITY + DISABILITY.replace("Children with Disabilities 1", "Closed Team"))
    notes = team_notes(tmp_path, allocations(a.scan))
    assert notes.select("severity", "place", "row", "value").rows() == [
        ("note", "rule.cin_visit", "line 4", "Closed Team")
    ]
    assert team_notes(tmp_path / "elsewhere", allocations(a.scan)).is_empty()


def test_why_says_the_interval_is_the_teams(a, tmp_path):
    rules = own(tmp_path, DISABILITY)
    frames = {
        **a.frames(),
        "due_items": due_items(a.scan, rules, ENGLAND).collect().lazy(),
        "rules": rules_in_force(a.scan, rules).lazy(),
    }
    lines = why(frames.__getitem__, ENGLAND, date(2026, 1, 20), "C|cin_visit|K|2").lines
    assert "The rule: 30 working days." in lines
    assert (
        "This interval is Children with Disabilities 1's own: that team held the case on the day the clock "
        "started."
    ) in lines
    assert "This authority's own file, rules.toml, line 2, changes the rule." in lines


# --- law that changes --------------------------------------------------------------------------------


def changed(key, **values):
    rules = load_rules()
    return replace(rules, rules={**rules.rules, key: replace(rules[key], **values)})


def test_a_change_of_interval_leaves_what_started_before_it_alone(a):
    new = date(2026, 2, 1)
    later = (Interval(20, "wd", until=new), Interval(10, "wd", valid_from=new))
    rules = changed("cin_visit", steps={**load_rules()["cin_visit"].steps, "later": later})
    before = {row[0]: row for row in visits(a, load_rules())}
    after = {row[0]: row for row in visits(a, rules)}
    assert [after[cycle][1] for cycle in (1, 2, 3, 4)] == [20, 20, 10, 10]
    assert {before[cycle] for cycle in (1, 2)} == {after[cycle] for cycle in (1, 2)}
    assert said(rules, date(2026, 1, 31))["cin_visit", None]["later"].startswith("20 working days")
    assert said(rules, new)["cin_visit", None]["later"] == "10 working days"


def test_an_old_overdue_stays_overdue_after_the_law_relaxed(a):
    new = date(2026, 4, 1)
    a.rows["cin_visits"].clear()
    first = (Interval(20, "wd", until=new), Interval(90, "wd", valid_from=new))
    rules = changed("cin_visit", steps={**load_rules()["cin_visit"].steps, "first": first})
    standing = [
        at(due_items(a.scan, given, ENGLAND), given.frame().lazy(), ENGLAND, date(2026, 5, 1))
        .filter(pl.col("rule") == "cin_visit")
        .select("due_date", "state", "days_late")
        .collect()
        .row(0)
        for given in (load_rules(), rules)
    ]
    assert standing[0] == standing[1]
    assert standing[0][1] == "overdue"


def test_a_rule_that_comes_with_the_law_gives_nothing_before_and_one_that_went_nothing_after(a):
    new = date(2026, 2, 1)
    assert [row[0] for row in visits(a, changed("cin_visit", valid_from=new))] == [3, 4]
    assert [row[0] for row in visits(a, changed("cin_visit", until=new))] == [1, 2]
    assert ("cin_visit", None) not in said(changed("cin_visit", valid_from=new), date(2026, 1, 31))
    assert ("cin_visit", None) in said(changed("cin_visit", valid_from=new), new)
