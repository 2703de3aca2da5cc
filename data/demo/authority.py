"""The demo authority put together: children, episodes, teams, and every table made of them."""

from datetime import date, datetime

import polars as pl

from data.demo import flaws
from data.demo.days import Days
from data.demo.dice import Dice
from data.demo.districts import District, districts, told_apart
from data.demo.finish import CREATED_BY, complete, numbered, table
from data.demo.lives import (
    assessments,
    borders,
    care_events,
    care_health,
    front_door,
    leaving_care,
    looked_after,
    missing,
    protection,
)
from data.demo.lives.episodes import episodes as all_episodes
from data.demo.lives.rare import rare
from data.demo.people import circumstances
from data.demo.people import persons as people
from data.demo.people.population import children as all_children
from data.demo.staff import teams, work

VERSION = "1.4.5"


def generate(children: int = 2000, seed: int = 1, as_at: date | None = None) -> dict[str, pl.DataFrame]:
    """Make up a whole authority.

    Args:
        children: how many are open on the day; closed cases come on top.
        seed: another number is another authority.
        as_at: the day of the extract; nothing is dated after it but target and expected dates.
            None is today.

    Returns:
        All 47 SSD tables in the shape of `polars_schema`, all districts together. The same arguments give
        the same rows, on any machine.
    """
    day = as_at or date.today()
    made = [district_tables(district, seed, day) for district in districts(children)]
    return {name: pl.concat(each[name] for each in made) for name in made[0]}


def district_tables(district: District, seed: int, as_at: date) -> dict[str, pl.DataFrame]:
    """All 47 tables of one district of the authority with this seed."""
    dice, days = Dice(district.seed(seed)), Days(as_at)
    known = people.numbers(all_children(district, dice, days), dice)
    episodes = _prepared(all_episodes(known, teams.assessment_pods(district.children), dice, days), dice)
    departments = teams.departments(district)
    staff = teams.staff(departments, district, dice)
    spells = work.spells(work.phases(episodes, dice, days), staff, dice, days)
    spells = work.same_adviser(work.vacant(spells, dice, days))
    latest = episodes.filter(pl.col("back") == 0)
    died = latest.filter("died").select("child", death=days.working_before(pl.col("close")))
    humans = _people(known, latest, died, dice)

    care = looked_after.periods(episodes, dice, days)
    homes = looked_after.placements(care, dice, days)
    statuses = looked_after.legal(care, dice, days)
    mothers = people.mothers(humans, dice, days)
    persons = people.persons(humans, mothers, dice, days)
    tables = {
        "person": persons,
        "family": people.families(humans),
        "address": circumstances.addresses(humans, dice, days),
        "disability": circumstances.disabilities(humans, dice),
        "immigration_status": circumstances.immigration(care, dice, days),
        "mother": people.mother_rows(mothers),
        "linked_identifiers": circumstances.identifiers(humans, persons),
        "contacts": front_door.contacts(episodes, humans, dice, days),
        "early_help_episodes": front_door.early_help(episodes, staff, dice, days),
        "cin_episodes": front_door.referrals(episodes, spells, dice),
        **assessments.assessments(episodes, spells, dice, days),
        "s47_enquiry": assessments.enquiries(episodes, spells, dice),
        "initial_cp_conference": protection.conferences(episodes, spells, dice, days),
        "cp_plans": protection.plans(episodes, dice),
        "cp_visits": protection.plan_visits(episodes, dice, days),
        "cp_reviews": protection.plan_reviews(episodes, dice, days),
        **protection.in_need(episodes, spells, dice, days),
        "pre_proceedings": protection.pre_proceedings(episodes, dice, days),
        "voice_of_child": protection.voice(episodes, dice),
        "legal_status": looked_after.legal_rows(statuses),
        "cla_placement": looked_after.placement_rows(homes, dice),
        "cla_episodes": looked_after.episode_rows(care, homes, statuses, dice, days),
        "cla_reviews": care_events.reviews(care, homes, dice, days),
        "cla_visits": care_events.care_visits(homes, dice, days),
        "cla_care_plan": care_events.care_plans(care, homes, dice, days),
        "cla_health": care_health.health(care, dice, days),
        "sdq_scores": care_health.questionnaires(care, dice, days),
        **care_health.occasional(care, dice, days),
        "missing": missing.missing(care, episodes, dice, days),
        "care_leavers": leaving_care.care_leavers(care, spells, died, dice, days),
        "permanence": leaving_care.permanence(care, homes, staff, dice, days),
        "professionals": table("professionals", teams.professionals(staff, spells, days)),
        "department": table("department", teams.department_rows(departments)),
        "involvements": _involvements(spells, episodes),
        "version_log": _version(days),
    }
    flawed = flaws.flawed(complete(tables), dice, days)
    return told_apart(rare(borders.bordered(flawed, dice, days), dice, days), district)


def _prepared(episodes: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """Keys of referrals, enquiries, conferences and plans; primary need, and how care and life ended."""
    by_day = pl.struct("referral", "ep").rank("ordinal").cast(pl.Int64)
    cp, s47, path = pl.col("cp"), pl.col("s47"), pl.col("path")
    no_plan = dice.chance(0.13, "conferred", "fam", "back")
    closed = pl.col("open").not_() & pl.col("close").is_not_null()
    grown_up = (pl.col("care_end") == pl.col("eighteen")) | (path == "leaver")
    left = (
        pl.when(pl.col("group") == "was_adopted")
        .then(dice.pick({"E12": 72, "E11": 28}, "adopted", "fam"))
        .when(grown_up)
        .then(dice.pick({"E17": 26, "E5": 42, "E6": 18, "E4A": 5, "E8": 9}, "left", "child"))
        .otherwise(
            dice.pick(
                {
                    "E4A": 42,
                    "E4B": 12,
                    "E45": 13,
                    "E46": 5,
                    "E41": 7,
                    "E13": 5,
                    "E8": 7,
                    "E3": 4,
                    "E9": 2,
                    "E48": 3,
                },
                "left",
                "fam",
                "back",
            )
        )
    )
    frame = episodes.with_columns(
        ref=(by_day + 300_000).cast(pl.String),
        conferred=(path == "s47") & no_plan & pl.col("s47_end").is_not_null(),
        died=(closed & (pl.col("back") == 0) & dice.chance(0.0008, "died", "child")).fill_null(value=False),
        left=pl.when(pl.col("care_end").is_not_null()).then(left),
        need=front_door.need(dice),
    ).with_columns(
        waiting=(path == "enquiry") & pl.col("s47_end").is_not_null(),
    )
    frame = frame.with_columns(meets=cp.is_not_null() | pl.col("conferred") | pl.col("waiting"))
    key = {
        "s47_key": (s47.is_not_null(), 330_000, pl.struct("s47", "ep")),
        "icpc_key": (pl.col("meets"), 360_000, pl.struct("s47", "ep")),
        "cp_key": (cp.is_not_null(), 390_000, pl.struct("cp", "ep")),
    }
    return frame.with_columns(
        pl.when(has).then((order.rank("ordinal").cast(pl.Int64) + first).cast(pl.String)).alias(name)
        for name, (has, first, order) in key.items()
    )


def _people(known: pl.DataFrame, latest: pl.DataFrame, died: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """The children with what their latest episode says of them, their names and their deaths."""
    frame = known.drop("born").join(
        latest.select("child", "entry", "close", "born", "eighteen"),
        on="child",
        how="left",
        maintain_order="left",
    )
    frame = frame.join(
        known.select("child", first_born="born"), on="child", maintain_order="left"
    ).with_columns(
        born=pl.coalesce("born", "first_born"),
        eighteen=pl.coalesce("eighteen", pl.col("first_born").dt.offset_by("216mo")),
    )
    frame = frame.join(died, on="child", how="left", maintain_order="left").with_columns(
        nationality=people.nationality(dice)
    )
    return people.named(frame, dice)


def _involvements(spells: pl.DataFrame, episodes: pl.DataFrame) -> pl.DataFrame:
    frame = work.involvement_rows(spells).join(
        episodes.select("ep", invo_person_id="person", invo_referral_id="ref"),
        on="ep",
        how="left",
        maintain_order="left",
    )
    return table(
        "involvements",
        numbered(
            frame,
            "invo_involvements_id",
            950_001,
            "invo_involvement_start_date",
            "invo_person_id",
            "invo_professional_role_id",
        ),
    )


def _version(days: Days) -> pl.DataFrame:
    return table(
        "version_log",
        pl.DataFrame(
            {
                "version_number": [VERSION],
                "release_date": [min(date(2025, 4, 1), days.as_at)],
                "description": ["Made-up data of an authority that does not exist"],
                "is_current": ["Y"],
                "created_at": [datetime(days.as_at.year, days.as_at.month, days.as_at.day)],
                "created_by": [CREATED_BY],
                "impact_description": ["None: demonstration data only"],
            }
        ),
    )
