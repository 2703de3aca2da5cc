"""Every kind of problem in the data: what it is called, and how it is fixed in the case system."""

import polars as pl

KINDS: dict[str, tuple[str, str]] = {
    # what is wrong with a row
    "end_before_start": (
        "Ends before it starts",
        "Open the record and correct the start or the end date.",
    ),
    "future_date": (
        "Date in the future",
        "Correct the date. A planned visit or meeting is recorded as done only when it is done.",
    ),
    "before_birth": (
        "Date before birth",
        "Check the date of birth first, then the date of the record.",
    ),
    "before_pregnancy": (
        "Long before birth",
        "Check the date of birth first, then the date: no pregnancy explains it.",
    ),
    "referral_after_death": (
        "Referral after the child died",
        "Check whether it is the right child, then the date of the death and of the referral.",
    ),
    "weekend_meeting": (
        "Conference or review at a weekend",
        "Check the day the meeting was held; leave it if it really was a weekend.",
    ),
    "no_child": (
        "Names no child",
        "Put the child's number on the record; without it no child's report shows it.",
    ),
    "orphan": (
        "Child not in the list of people",
        "Add the child's own record, or correct the number on this one.",
    ),
    # people
    "no_birth_date": (
        "No date of birth",
        "Add the date of birth; for an unborn child the expected date.",
    ),
    "same_child_twice": (
        "Same name and birth date twice",
        "If both are one child, merge the records; twins not yet named are left as they are.",
    ),
    "duplicate_row": (
        "Same row twice",
        "One is used. Ask who makes the extract why it is there twice.",
    ),
    "duplicate_key": (
        "Two rows with one number",
        "The fuller row is used. Find out which is right, and give the other its own number.",
    ),
    # plans, placements, cases
    "overlapping_placements": (
        "Two placements at once",
        "End the earlier placement on the day the next one starts.",
    ),
    "overlapping_cp_plans": (
        "Two child protection plans at once",
        "End the earlier plan, or delete the one entered twice.",
    ),
    "overlapping_cin_plans": (
        "Two child in need plans at once",
        "End the earlier plan, or delete the one entered twice.",
    ),
    "cin_plan_over_cp_plan": (
        "CIN plan during protection",
        "End the child in need plan on the day the child protection plan starts.",
    ),
    "open_in_closed_case": (
        "Left open in a closed case",
        "End the plan, assessment or care episode, or open the referral again.",
    ),
    "no_placement": (
        "Looked after without a placement",
        "Add the placement the child is in, or end the care episode.",
    ),
    "nfa_with_action": (
        "No further action, yet some taken",
        'Correct "no further action", or remove the conference, plan or reason that is another child\'s.',
    ),
    "no_worker": (
        "Open case without a worker",
        "Allocate a worker, or close the referral.",
    ),
    "no_team": (
        "Open case without a team",
        "Add the team to the worker's involvement with the child.",
    ),
    "adult_open_as_child": (
        "18 or over and open as a child",
        "End the plan, care episode or referral, or correct the date of birth.",
    ),
    # visits
    "visit_after_closure": (
        "Visit after the case was closed",
        "Correct the date of the visit, or open the case again.",
    ),
    "visit_outside_plan": (
        "Visit outside any plan",
        "Correct the date or the kind of the visit, or the dates of the plan.",
    ),
    "visit_without_plan": (
        "Visit not linked to a plan",
        "Link the visit to the child's plan or period of care.",
    ),
    # what could not be read
    "unreadable_date": (
        "Date that cannot be read",
        "Enter the date as day, month and year.",
    ),
    "unreadable_number": (
        "Number that cannot be read",
        "Enter digits only.",
    ),
    "unknown_code": (
        "Code that is not in the list",
        "Choose one of the codes of the standard, or have the local code mapped.",
    ),
    "unknown_worker": (
        "Unknown worker",
        "Add the worker to the list of professionals.",
    ),
    "unknown_team": (
        "Unknown team",
        "Add the team to the list of departments, or spell it as the list does.",
    ),
    "no_key": (
        "Row without a number",
        "Ask who makes the extract to give each row its number.",
    ),
    # several sources
    "sources_disagree": (
        "Sources disagree about a child",
        "Find out which source is right and correct the other.",
    ),
    "superseded": (
        "Left out: an earlier source has it",
        "Nothing to do for notes. A warning may be missing in the earlier source: add it there.",
    ),
    "added_by_later_source": (
        "Added from a later source",
        "Nothing to do; if it is right, enter it in the earlier source too.",
    ),
    "near_another_source": (
        "Perhaps counted twice",
        "If the two sources mean one event, correct the date in one of them.",
    ),
}
"""By rule: title, what to do. Sources have rules of their own beside these."""

TITLES = {name: title for name, (title, _) in KINDS.items()} | {
    "no_ssd_home": "No field for it in the standard",
    "missing_column": "Column missing in the source",
    "missing_list": "List missing in the source",
    "missing_table": "Table missing in the source",
    "unused_column": "Column that is not read",
    "unused_table": "Table that is not read",
    "wrong_shape": "Table without the standard's columns",
}
"""By rule, also where what to do is what the source says."""


def kind(rule: pl.Expr) -> pl.Expr:
    """What the kind of problem is called; a rule without a title in its own words."""
    words = rule.str.replace_all("_", " ")
    own = pl.concat_str(words.str.slice(0, 1).str.to_uppercase(), words.str.slice(1))
    return rule.replace_strict(TITLES, default=own, return_dtype=pl.String)


def what_to_do(rule: pl.Expr, reason: pl.Expr) -> pl.Expr:
    """How this kind is fixed; for a rule of a source's own, what the source says."""
    return rule.replace_strict(
        {name: advice for name, (_, advice) in KINDS.items()}, default=reason, return_dtype=pl.String
    )
