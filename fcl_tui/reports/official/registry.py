"""Where the official keys are declared; a module is imported when one of its keys is asked for."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from fcl_tui.definitions.days.window import Window, window_of

if TYPE_CHECKING:
    from fcl_tui.definitions.figures.measure import Measure
    from fcl_tui.reports.official.family import Family

MODULES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("looked_after", ("cla_", "adopt_")),
    ("care_leavers", ("cl_",)),
    ("front_door", ("contact", "eh_", "referral", "rereferral", "front_door_funnel")),
    ("assessed", ("assess_", "s47_", "icpc", "cp_transfer_in")),
    ("in_need", ("cin_",)),
    ("protection", ("cp_", "cin_step_down", "preproc_", "proceedings_", "care_applications_rate")),
    ("visits", ("visit_",)),
    ("reviews", ("review_",)),
    ("caseload", ("caseload_",)),
    ("supervision", ("sup_",)),
    ("missing", ("missing_", "rhi_", "away_")),
)
"""A module of this room with FAMILIES, and how the keys of its measures begin"""

NOT_IN_DATA: tuple[tuple[str, str], ...] = (
    ("rhi_72h_pct", "the source holds no day of an interview; rhi_overdue counts those outstanding"),
    (
        "cla_out_area",
        "the source does not say which placements are outside the area; cla_20miles has the far ones",
    ),
    ("cla_development", "the source holds no developmental checks"),
    ("cla_pep", "the source holds no personal education plans"),
    (
        "cla_school_move",
        "schools and absence are the virtual school's data; benchmarks show what is published",
    ),
    ("cla_absence", "schools and absence are the virtual school's data; benchmarks show what is published"),
    ("adopters_approved", "adopters (list 11 of Annex A) have no table in the standard dataset"),
    ("workforce_", "staff who leave, vacancies and absence are in no data of children"),
    ("kpi_", "it is entered for the Board"),
)
"""Official keys, or how they begin, that no source can feed, and why"""


def absent(key: str) -> str | None:
    """Why no source can feed an official key; None for any other."""
    return next((why for begins, why in NOT_IN_DATA if key.startswith(begins)), None)


@cache
def families_of(module: str) -> tuple[Family, ...]:
    """The families that a module of this room declares."""
    declared: tuple[Family, ...] = import_module(f"fcl_tui.reports.official.{module}").FAMILIES
    return declared


def families(keys: Iterable[str] = ()) -> tuple[Family, ...]:
    """The families that may have these keys, and no other is imported; all of them when none is given."""
    wanted = tuple(key.strip().lower() for key in keys)
    return tuple(
        family
        for module, begins in MODULES
        if not wanted or any(key.startswith(begins) for key in wanted)
        for family in families_of(module)
    )


def family_of(key: str) -> Family:
    """The family that has this measure. LookupError: there is none."""
    for family in families([key]):
        if any(one.key == key for one in family.measures):
            return family
    raise LookupError(key)


def by_family(keys: Iterable[str]) -> list[tuple[Family, Window, list[Measure]]]:
    """The measures of these keys, those together that are counted of the same rows."""
    alike: dict[tuple[str, Window], tuple[Family, Window, list[Measure]]] = {}
    for key in keys:
        family = family_of(key)
        measure = family.measure(key)
        window = window_of(measure)
        alike.setdefault((family.key, window), (family, window, []))[2].append(measure)
    return list(alike.values())
