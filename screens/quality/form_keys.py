"""The keys of the form of an audit. In the grade column, and only there, 1 to 4 are grades."""

from textual.binding import Binding, BindingType

_KEYS = (
    ("minus", "not_applicable", "N/a", "not_applicable", "This does not apply"),
    ("tab", "next_missing(1)", "Missing", "next", "The next line that lacks something"),
    ("shift+tab", "next_missing(-1)", "Missing before", "previous", "The line before that lacks something"),
    ("a", "add_action", "Action", "action", "Add an action to this standard"),
    ("n", "no_action", "No action", "no_action", "Say why none is needed"),
    ("u", "undo", "Undo", "undo", "Take back the last change"),
    ("c", "child", "Child", "child", "The child's record; esc comes back to this line"),
    ("exclamation_mark", "concern", "Concern", "concern", "A child may not be safe: told at once"),
    ("S", "submit", "Hand in", "submit", "Hand the audit in"),
    ("A", "agree", "Agree", "agree", "Validate grade and plan as they are"),
    ("g", "other_grade", "Other grade", "other", "Validate another grade, with a reason"),
    ("R", "give_back", "Return", "return", "Return it to the auditor, with a sentence"),
    ("right_square_bracket", "waiting(1)", "Next", "next_waiting", "The next that waits"),
    ("left_square_bracket", "waiting(-1)", "Previous", "previous_waiting", "The one before that waits"),
    ("H", "history", "History", "history", "What happened to this audit"),
)
FORM_KEYS: list[BindingType] = [
    *(Binding(key, f"grade({key})", "Grade", show=False, id=f"form.grade{key}") for key in "0123456789"),
    Binding("t", "grade(10)", "10", show=False, id="form.grade10"),
    *(
        Binding(key, action, label, id=f"form.{name}", tooltip=tooltip)
        for key, action, label, name, tooltip in _KEYS
    ),
]
WRITES = frozenset({"grade", "not_applicable", "next_missing", "add_action", "no_action", "undo", "submit"})
"""What only its auditor does, while it is written"""
MODERATES = frozenset({"agree", "other_grade", "give_back"})
CONFIRMS = frozenset({"agree", "give_back"})
"""What the head of service does with an Inadequate that is to be confirmed"""
FIRST = (
    "form.agree", "form.other", "form.return", "form.next_waiting", "table.open", "form.not_applicable",
    "form.submit", "form.next", "form.action", "form.undo", "form.child", "form.concern", "form.history",
)  # fmt: skip
