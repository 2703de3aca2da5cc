"""Cases that few authorities have more than one of, put in where the demo is large enough to have them.

They are: care that began as short breaks and went on as ordinary care in the same episode; an open episode of
care beside one that began later and has ended; a referral with "no further action" on which a protection plan
began; a referral after the death of the child; a contact dated long before the birth. In an SSDA903 return:
help with substance misuse that is not recorded, and a review typed twenty years ahead.
"""

import polars as pl

from data.demo.days import Days, after
from data.demo.dice import Dice
from data.demo.finish import table
from data.demo.lives.borders import few

FEWEST = 5000
"""People in an authority, below which there are none of these cases"""
ORDINARY, SHORT_BREAK = "V2", "V4"
ONE = 0.0


def rare(tables: dict[str, pl.DataFrame], dice: Dice, days: Days) -> dict[str, pl.DataFrame]:
    """The tables with one of each case in them; nothing is dated after the day."""
    if tables["person"].height < FEWEST:
        return tables
    return tables | {
        "legal_status": _short_breaks_first(tables, dice, days),
        "cla_episodes": _ended_beside_open(tables, dice, days),
        "cin_episodes": _referred_after_death(_no_further_action(tables, dice), tables, dice, days),
        "contacts": _before_birth(tables, dice),
    }


def _next_key(frame: pl.DataFrame, key: str) -> pl.Expr:
    """The number after the last, as text digits."""
    return pl.lit(str(max(frame[key].cast(pl.Int64).drop_nulls().to_list(), default=0) + 1))


def _short_breaks_first(tables: dict[str, pl.DataFrame], dice: Dice, days: Days) -> pl.DataFrame:
    """The first ninety days of an open spell of section 20 are a series of short breaks."""
    legal = tables["legal_status"]
    start, end = pl.col("lega_legal_status_start_date"), pl.col("lega_legal_status_end_date")
    open_care = tables["cla_episodes"].filter(pl.col("clae_cla_episode_ceased_date").is_null())
    begun = open_care.select(
        lega_person_id="clae_person_id", lega_legal_status_start_date="clae_cla_episode_start_date"
    )
    long = legal.filter(
        pl.col("lega_legal_status") == ORDINARY, end.is_null(), start < after(days.today, -200)
    ).join(begun, on=["lega_person_id", "lega_legal_status_start_date"], how="semi")
    if long.is_empty():
        return legal
    chosen = few(long.sort("lega_legal_status_id"), ONE, "short breaks first", dice)
    hit = pl.col("lega_legal_status_id").is_in(chosen["lega_legal_status_id"].implode())
    went_on = start.dt.offset_by("90d")
    new = chosen.with_columns(
        lega_legal_status_id=_next_key(legal, "lega_legal_status_id"),
        lega_legal_status=pl.lit(SHORT_BREAK),
        lega_legal_status_end_date=went_on,
    )
    later = legal.with_columns(
        lega_legal_status_start_date=pl.when(hit).then(went_on).otherwise("lega_legal_status_start_date")
    )
    return pl.concat([later, table("legal_status", new)])


def _ended_beside_open(tables: dict[str, pl.DataFrame], dice: Dice, days: Days) -> pl.DataFrame:
    """A second episode beside an open one: begun a hundred days later, ended after thirty."""
    episodes = tables["cla_episodes"]
    start = pl.col("clae_cla_episode_start_date")
    long = episodes.filter(pl.col("clae_cla_episode_ceased_date").is_null(), start < after(days.today, -300))
    if long.is_empty():
        return episodes
    new = few(long.sort("clae_cla_episode_id"), ONE, "ended beside open", dice).with_columns(
        clae_cla_episode_id=_next_key(episodes, "clae_cla_episode_id"),
        clae_cla_episode_start_date=start.dt.offset_by("100d"),
        clae_cla_episode_ceased_date=start.dt.offset_by("130d"),
        clae_cla_episode_ceased_reason=pl.lit("X1"),
        clae_cla_episode_start_reason=pl.lit("P"),
    )
    return pl.concat([episodes, table("cla_episodes", new)])


def _no_further_action(tables: dict[str, pl.DataFrame], dice: Dice) -> pl.DataFrame:
    """A closed referral says "no further action" although a protection plan began on it."""
    episodes = tables["cin_episodes"]
    planned = episodes.filter(
        pl.col("cine_close_date").is_not_null(),
        pl.col("cine_referral_id").is_in(tables["cp_plans"]["cppl_referral_id"].drop_nulls().implode()),
    )
    if planned.is_empty():
        return episodes
    chosen = few(planned.sort("cine_referral_id"), ONE, "no further action beside a plan", dice)
    hit = pl.col("cine_referral_id").is_in(chosen["cine_referral_id"].implode())
    return episodes.with_columns(
        cine_referral_nfa=pl.when(hit).then(pl.lit("Y")).otherwise("cine_referral_nfa")
    )


def _referred_after_death(
    episodes: pl.DataFrame, tables: dict[str, pl.DataFrame], dice: Dice, days: Days
) -> pl.DataFrame:
    """Another referral, a month after a child has died, that led to nothing."""
    died = tables["person"].filter(pl.col("pers_death_date") < after(days.today, -60))
    theirs = episodes.join(
        died.select(cine_person_id="pers_person_id", died="pers_death_date"), on="cine_person_id"
    )
    if theirs.is_empty():
        return episodes
    that_day = days.working(pl.col("died").dt.offset_by("30d"))
    new = few(theirs.sort("cine_referral_id"), ONE, "referred after death", dice).with_columns(
        cine_referral_id=_next_key(episodes, "cine_referral_id"),
        cine_referral_date=that_day,
        cine_close_date=that_day,
        cine_close_reason=pl.lit("RC7"),
        cine_referral_nfa=pl.lit("Y"),
    )
    return pl.concat([episodes, table("cin_episodes", new)]).sort("cine_referral_date", "cine_referral_id")


def _before_birth(tables: dict[str, pl.DataFrame], dice: Dice) -> pl.DataFrame:
    """A contact is dated four hundred days before the child was born."""
    contacts = tables["contacts"]
    born = tables["person"].select(cont_person_id="pers_person_id", born="pers_dob").drop_nulls()
    known = contacts.join(born, on="cont_person_id")
    if known.is_empty():
        return contacts
    chosen = few(known.sort("cont_contact_id"), ONE, "before birth", dice).select("cont_contact_id", "born")
    return (
        contacts.join(chosen, on="cont_contact_id", how="left", maintain_order="left")
        .with_columns(
            cont_contact_date=pl.coalesce(pl.col("born").dt.offset_by("-400d"), "cont_contact_date")
        )
        .drop("born")
    )


def helped_without_misuse(year: pl.DataFrame) -> pl.DataFrame:
    """Of a return's yearly outcomes: one child has help with substance misuse and none recorded."""
    person = year.columns[0]
    first = year.filter(pl.col("SUBSTANCE_MISUSE") == "0").select(pl.col(person).min()).item()
    help_with = pl.when(pl.col(person) == first).then(pl.lit("1")).otherwise("INTERVENTION_RECEIVED")
    return year.with_columns(INTERVENTION_RECEIVED=help_with)


def typed_ahead(reviews: pl.DataFrame) -> pl.DataFrame:
    """Of a return's reviews: the year of one is typed twenty years ahead."""
    first = pl.struct(reviews.columns[0], "REVIEW")
    hit = first == first.sort().first()
    wrong = pl.when(hit).then(pl.col("REVIEW").dt.offset_by("20y")).otherwise("REVIEW")
    return reviews.with_columns(REVIEW=wrong)
