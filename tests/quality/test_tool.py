"""The tool as data, the suggested grade at its limits, and what is missing."""

import pytest

from data.errors import DataError
from fcl_tui.quality.form import OVERALL, Action, Draft, missing
from fcl_tui.quality.grades import GRADES
from fcl_tui.quality.suggestion import suggested
from fcl_tui.quality.tool import packaged, read
from tests.quality.conftest import graded

TOOL = packaged()
KEYS = [one.key for one in TOOL.standards]


def values(**changed):
    return dict.fromkeys(KEYS, 3) | changed


def test_the_packaged_tool_has_twelve_standards_with_a_descriptor_for_each_grade():
    assert len(KEYS) == 12
    assert all(set(one.descriptors) == set(GRADES) for one in TOOL.standards)
    assert [one.key for one in TOOL.outcomes if one.required] == ["overall"]
    assert read(TOOL.body, "again").sha256 == TOOL.sha256


@pytest.mark.parametrize(
    ("changed", "grade"),
    [
        ({}, 3),
        ({"assessment": 1}, 1),
        ({"decision": 1}, 1),
        ({"oversight": 1}, 1),
        ({"voice": 1}, 2),
        (dict.fromkeys(KEYS[:3], 2), 3),
        (dict.fromkeys(KEYS[:4], 2), 2),
        (dict.fromkeys(KEYS[:8], 4), 4),
        (dict.fromkeys(KEYS[:7], 4), 3),
        (dict.fromkeys(KEYS[:8], 4) | {KEYS[11]: 2}, 3),
        (dict.fromkeys(KEYS, None), None),
    ],
)
def test_the_suggestion_at_its_limits(changed, grade):
    told, why = suggested(TOOL, values(**changed))
    assert told == grade
    assert why.endswith(".")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('kind = "social_work"', 'kind = "party"', "kind is one of"),
        ('scale = "grades"', 'scale = "stars"', "scale is one of"),
        ('key = "voice"', 'key = "recording"', "there twice"),
        ('facts = ["visits"]', 'facts = ["luck"]', "names the fact"),
        ('decisive = ["assessment"', 'decisive = ["luck"', "which is no standard"),
        ("valid_from = 2026-04-01", 'valid_from = "April"', "valid_from takes a day"),
        ('name = "Plan"', "name = 3", "takes words"),
        ("[[standard]]", "[[standard", "not valid TOML"),
    ],
)
def test_a_fault_in_a_tool_is_said_in_a_sentence(old, new, said):
    with pytest.raises(DataError, match=said):
        read(TOOL.body.replace(old, new, 1), "mine.toml")


def test_a_scale_of_ten_suggests_nothing_and_takes_ten():
    tool = read(TOOL.body.replace('scale = "grades"', 'scale = "0-10"'), "mine.toml")
    assert tool.values == tuple(range(11))
    assert suggested(tool, values())[0] is None


def test_what_is_missing_is_said_line_by_line():
    assert len(missing(TOOL, Draft())) == 14, "twelve standards, outcomes overall, the overall grade"
    assert missing(TOOL, graded(TOOL)) == []
    draft = graded(TOOL).changed("voice", value=2, text="", no_action="")
    assert [key for key, _ in missing(TOOL, draft)] == ["voice", "voice"]
    draft = graded(TOOL).changed("voice", value=None, not_applicable="a")
    assert missing(TOOL, draft) == []
    assert [key for key, _ in missing(TOOL, draft.changed(OVERALL, value=1, text=" "))] == [OVERALL]


def test_a_draft_comes_back_as_it_was():
    draft = graded(TOOL).changed("voice", text="☃ [/] \x1b[31m")
    assert Draft.heard(draft.told()) == draft


def test_an_action_is_read_with_its_day_as_people_write_days():
    assert (
        Action("c5", "Ask the school", "Jo Reed", "2026-11-27").words
        == "Ask the school (Jo Reed, 27/11/2026)"
    )
    assert Action("c5", "Ask the school").words == "Ask the school (no owner, no day)"
