"""The service as an organisation: services, teams and pods, and the people who work or worked in them."""

from collections.abc import Mapping
from typing import NamedTuple

import polars as pl

from data.demo.days import Days
from data.demo.dice import Dice, repeated
from data.demo.districts import TEAMS, WORKERS, District
from data.demo.people.names import BOYS, FAMILIES, GIRLS, POOLS


class TeamKind(NamedTuple):
    """Teams that do the same work."""

    key: str
    name: str
    """numbered when there are several of them"""
    service: str
    share: float
    """open cases, as a share of the open children"""
    team_size: int
    """cases of one team"""
    caseload: float
    """cases of one full-time worker"""
    titles: Mapping[str, float]


_SOCIAL_WORKERS = {"Social Worker": 62, "Senior Social Worker": 24, "Social Worker (newly qualified)": 14}

KINDS = (
    TeamKind(
        "front_door", "Front Door for Families", "Front Door and Assessment", 0.025, 400, 7, _SOCIAL_WORKERS
    ),
    TeamKind("assessment", "Assessment Pod", "Front Door and Assessment", 0.165, 80, 15, _SOCIAL_WORKERS),
    TeamKind("pod", "Pod", "Safeguarding and Support", 0.46, 132, 16.5, _SOCIAL_WORKERS),
    TeamKind(
        "disability", "Children with Disabilities", "Inclusion and Disability", 0.079, 85, 17, _SOCIAL_WORKERS
    ),
    TeamKind(
        "looked_after",
        "Children in Care",
        "Children in Care and Leaving Care",
        0.155,
        110,
        15,
        _SOCIAL_WORKERS,
    ),
    TeamKind(
        "unaccompanied",
        "Unaccompanied Young People",
        "Children in Care and Leaving Care",
        0.022,
        60,
        15,
        _SOCIAL_WORKERS,
    ),
    TeamKind(
        "leaving",
        "Leaving Care",
        "Children in Care and Leaving Care",
        0.16,
        170,
        19,
        {"Personal Adviser": 80, "Senior Personal Adviser": 20},
    ),
    TeamKind(
        "permanence",
        "Adoption and Permanence",
        "Children in Care and Leaving Care",
        0.02,
        400,
        10,
        _SOCIAL_WORKERS,
    ),
    TeamKind(
        "reviewing",
        "Safeguarding and Reviewing",
        "Quality and Practice",
        0.36,
        1500,
        62,
        {"Independent Reviewing Officer": 100},
    ),
    TeamKind(
        "early_help",
        "Early Help Hub",
        "Early Help",
        0.04,
        600,
        12,
        {"Family Support Worker": 70, "Early Help Coordinator": 30},
    ),
)
DIRECTORATE = "Families, Children & Learning"


def assessment_pods(children: int) -> int:
    """How many assessment pods an authority of that size has."""
    return _teams_of(next(kind for kind in KINDS if kind.key == "assessment"), children)


def _teams_of(kind: TeamKind, children: int) -> int:
    return max(1, round(children * kind.share / kind.team_size))


def departments(district: District) -> pl.DataFrame:
    """One row per team or service: team (its id), name, parent, parent_name, kind (null: service), place."""
    first = district.before(TEAMS) + 3000
    top, directorate = str(first), district.named(DIRECTORATE)
    rows: list[tuple[str, str, str | None, str | None, str | None, int]] = [
        (top, directorate, None, None, None, 0)
    ]
    services = {
        name: str(first + 1 + index)
        for index, name in enumerate(dict.fromkeys(kind.service for kind in KINDS))
    }
    rows += [(team, district.named(name), top, directorate, None, 0) for name, team in services.items()]
    number, pod = first + 20, 0
    for kind in KINDS:
        teams = _teams_of(kind, district.children)
        for place in range(teams):
            if kind.key in ("assessment", "pod"):
                pod += 1
            name = f"{kind.name} {pod if kind.key in ('assessment', 'pod') else place + 1}"
            rows.append(
                (
                    str(number),
                    district.named(name if teams > 1 else kind.name),
                    services[kind.service],
                    district.named(kind.service),
                    kind.key,
                    place,
                )
            )
            number += 1
    return pl.DataFrame(rows, schema=["team", "name", "parent", "parent_name", "kind", "place"], orient="row")


def staff(teams: pl.DataFrame, district: District, dice: Dice) -> pl.DataFrame:
    """One row per worker, present or former.

    Columns: worker (String id), number (Int64), team, kind, place, role (manager, worker or former),
    name, title, agency, fte, slot (Int64: place among the team's workers of that role).
    """
    children, before, wanted = district.children, district.before(WORKERS), []
    for kind in KINDS:
        each = max(2, round(children * kind.share / _teams_of(kind, children) / (kind.caseload * 0.93)))
        wanted.append((kind.key, "manager", 1))
        wanted.append((kind.key, "worker", each))
        wanted.append((kind.key, "former", max(1, round(each * 0.5))))
    plan = pl.DataFrame(wanted, schema=["kind", "role", "people"], orient="row")
    frame = repeated(
        teams.filter(pl.col("kind").is_not_null()).join(plan, on="kind", maintain_order="left_right"),
        pl.col("people"),
        "slot",
    ).with_columns(number=pl.int_range(before, before + pl.len()))
    title = pl.coalesce(
        *(
            pl.when(pl.col("kind") == kind.key).then(dice.pick(kind.titles, "title", "number"))
            for kind in KINDS
        )
    )
    return frame.select(
        (pl.col("number") + 70011).cast(pl.String).alias("worker"),
        "number",
        "team",
        "kind",
        "place",
        "role",
        "slot",
        name=_staff_name(dice),
        title=pl.when(pl.col("role") == "manager").then(_manager_title()).otherwise(title),
        agency=(pl.col("role") != "manager") & dice.chance(0.14, "agency", "number"),
        fte=dice.pick({"1.0": 76, "0.8": 12, "0.6": 9, "0.5": 3}, "hours", "number").cast(pl.Float64),
        service=pl.col("parent_name"),
    )


def _manager_title() -> pl.Expr:
    pods = pl.col("kind").is_in(["assessment", "pod"])
    return pl.when(pods).then(pl.lit("Pod Manager")).otherwise(pl.lit("Team Manager"))


def _staff_name(dice: Dice) -> pl.Expr:
    """Invented, from all backgrounds; "Surname, Forename" is what case systems show, so is this order."""
    pools = [POOLS["british"]] * 6 + list(POOLS.values())
    forenames = [name for pool in pools for sex in (GIRLS, GIRLS, BOYS) for name in pool[sex]]
    surnames = [name for pool in pools for name in pool[FAMILIES]]
    return pl.concat_str(
        dice.pick(forenames, "staff forename", "number"),
        dice.pick(surnames, "staff surname", "number"),
        separator=" ",
    )


def professionals(workers: pl.DataFrame, involvements: pl.DataFrame, days: Days) -> pl.DataFrame:
    """The professionals table: caseload is counted on the last 30 September, as the workforce census does."""
    last = days.as_at.replace(month=9, day=30)
    if last > days.as_at:
        last = last.replace(year=last.year - 1)
    held = (
        involvements.filter(
            (pl.col("start") <= last)
            & (pl.col("end").is_null() | (pl.col("end") > last))
            & (pl.col("role") != "IRO")
        )
        .group_by("worker")
        .agg(held=pl.col("child").n_unique().cast(pl.Int64))
    )
    registered = pl.col("title").str.contains("Social Worker|Pod Manager|Team Manager|Reviewing")
    return workers.join(held, on="worker", how="left", maintain_order="left").select(
        prof_professional_id="worker",
        prof_staff_id=pl.format("FCL{}", pl.col("number") + 1204),
        prof_professional_name="name",
        prof_social_worker_registration_no=pl.when(registered).then(
            pl.format("SW{}", pl.col("number") * 37 + 99001)
        ),
        prof_agency_worker_flag=pl.when("agency").then(pl.lit("Y")).otherwise(pl.lit("N")),
        prof_professional_job_title="title",
        prof_professional_caseload=pl.col("held").fill_null(0),
        prof_professional_department="service",
        prof_full_time_equivalency="fte",
    )


def department_rows(teams: pl.DataFrame) -> pl.DataFrame:
    """The department table."""
    return teams.select(
        dept_team_id="team",
        dept_team_name="name",
        dept_team_parent_id="parent",
        dept_team_parent_name="parent_name",
    )
