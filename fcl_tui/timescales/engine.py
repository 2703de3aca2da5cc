"""What is due, for every child and every rule that the source can feed."""

from collections.abc import Callable

import polars as pl

from data.frames import Scan
from data.schema.fields import schema_of
from fcl_tui.definitions.days.calendar import Calendar
from fcl_tui.timescales.due import FIELDS, items
from fcl_tui.timescales.families import (
    court,
    front_door,
    health,
    leaving,
    looked_after,
    protection,
    section_47,
)
from fcl_tui.timescales.inputs import Ground, ground
from fcl_tui.timescales.rulebook.rules import Rules
from fcl_tui.timescales.teams import with_teams

CLOCKS: dict[tuple[str, ...], Callable[[Ground], pl.LazyFrame]] = {
    ("assessment_45wd",): front_door.assessment,
    ("s47_15wd",): section_47.s47,
    ("icpc_15wd",): section_47.icpc,
    ("cp_review_first", "cp_review_later"): protection.cp_review,
    ("cp_prebirth_review",): protection.cp_prebirth_review,
    ("cp_visit",): protection.cp_visit,
    ("cin_visit",): protection.cin_visit,
    ("cin_plan_review",): protection.cin_plan_review,
    ("cla_visit",): looked_after.cla_visit,
    ("cla_visit_care_order_home",): looked_after.cla_visit_care_order_home,
    ("cla_review_first", "cla_review_second", "cla_review_later"): looked_after.cla_review,
    ("adoption_placement_visit",): looked_after.adoption_placement_visit,
    ("adoption_placement_review",): looked_after.adoption_placement_review,
    ("health_initial", "health_review"): health.health,
    ("dental_check",): health.dental,
    ("sdq",): health.sdq,
    ("immunisations",): health.immunisations,
    ("return_interview",): front_door.return_interview,
    ("pathway_assessment",): leaving.pathway_assessment,
    ("pathway_review",): leaving.pathway_review,
    ("pa_visit_first", "pa_visit_later"): leaving.pa_visit,
    ("pa_contact",): leaving.pa_contact,
    ("preproceedings_16w",): court.preproceedings,
    ("care_proceedings_26w",): court.care_proceedings,
    ("adoption_entry_to_placed", "adoption_order_to_match"): court.adoption,
}
"""What works out each rule; rules worked out together share one history."""


def due_items(scan: Scan, rules: Rules, calendar: Calendar) -> pl.LazyFrame:
    """Every due item of every child, past and open, whatever the day it is looked at.

    Args:
        scan: the source's tables and its `coverage`.
        rules: the rules in force. Those the source cannot feed give no items (`rules_in_force` says which).
        calendar: the days not worked.

    Returns:
        one row per cycle, in the columns of `due.FIELDS`. Rows of children of whom nothing else is known are
        there too.

    Source: timescales, part A.
    """
    on = ground(scan, rules, calendar)
    clocks = []
    for keys, reckon in CLOCKS.items():
        wanted = [key for key in keys if on.runs(key)]
        if wanted:
            given = reckon(on)
            clocks.append(given if len(wanted) == len(keys) else given.filter(pl.col("rule").is_in(wanted)))
    if not clocks:
        return pl.LazyFrame(schema=schema_of(FIELDS))
    return items(with_teams(pl.concat(clocks), scan, rules), on.births(), rules, calendar)


def rules_in_force(scan: Scan, rules: Rules) -> pl.DataFrame:
    """The prepared frame `rules`, with what this source cannot feed marked unavailable and why."""
    return rules.frame(ground(scan, rules, Calendar((), 0)).coverage)
