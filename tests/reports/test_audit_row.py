"""The line under a list of audits: what a narrow list cuts, whole."""

from fcl_tui.reports.management.audit_row import IN_FULL


def told(**row):
    assert IN_FULL.lines is not None
    return IN_FULL.lines(row, {})


def test_an_action_is_said_whole_and_then_whose_it_is():
    text = "Ask the school and the health visitor for what they know, and write it down"
    assert told(text=text, owner="Ivy Winterbourne", pod="Pod 7", auditor=None, person_id="434705") == [
        text,
        "Owner Ivy Winterbourne, pod Pod 7, child 434705",
    ]


def test_of_a_case_grades_and_names_are_whole_and_nothing_unknown_is_said():
    assert told(reason=None, grade_shown="Requires improvement to be good", auditor="Evelyn Thompson") == [
        "Validated grade Requires improvement to be good, auditor Evelyn Thompson"
    ]
    assert told() == []
    assert told(reason="moved\x1b[2J away") == ["moved?[2J away"]
