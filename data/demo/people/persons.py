"""The children as persons: names, family, address, disability, identifiers."""

import polars as pl

from data.demo.days import Days, days_between, months
from data.demo.dice import Dice, yes
from data.demo.finish import numbered, table
from data.demo.people.names import (
    AWKWARD,
    BACKGROUNDS,
    BOYS,
    ETHNICITIES,
    FAMILIES,
    GIRLS,
    POOLS,
    UNACCOMPANIED_FROM,
)

_YEAR = 365.25


def numbers(children: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """Give each child a person number, in an order that says nothing of the child."""
    shuffled = dice.share("number", "child").rank("ordinal").cast(pl.Int64)
    return children.with_columns(person=(shuffled * 3 + 410_000).cast(pl.String))


def deaths(children: pl.DataFrame, dice: Dice, days: Days) -> pl.DataFrame:
    """Who died: one closed case in a thousand, at the time the case was closed."""
    frame = children.filter(
        pl.col("open").not_() & pl.col("close").is_not_null() & dice.chance(0.0008, "died", "child")
    )
    return frame.select("child", death=days.working_before(pl.col("close")))


def named(children: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """Adds background, sex, ethnicity, forename and surname; siblings share all but the forename."""
    alone = pl.col("entry").fill_null("") == "uasc"
    frame = children.with_columns(
        background=pl.when(alone)
        .then(dice.pick({"middle_eastern": 80, "black": 10, "east_asian": 10}, "background", "child"))
        .otherwise(dice.pick(BACKGROUNDS, "background", "household")),
        girl=dice.chance(pl.when(alone).then(0.12).otherwise(0.49), "girl", "child"),
    )
    names = []
    for background, pool in POOLS.items():
        mine = frame.filter(pl.col("background") == background)
        # each background brings surnames of its own, and a few of its neighbours'
        names.append(
            mine.with_columns(
                forename=pl.when("girl")
                .then(dice.pick(pool[GIRLS], "forename", "child"))
                .otherwise(dice.pick(pool[BOYS], "forename", "child")),
                surname=dice.pick(pool[FAMILIES], "surname", "household"),
                second=dice.pick(pool[FAMILIES], "second surname", "household"),
                ethnicity=dice.pick(ETHNICITIES[background], "ethnicity", "household"),
            )
        )
    frame = pl.concat(names).sort("child")
    double = dice.chance(0.06, "double-barrelled", "household") & (pl.col("second") != pl.col("surname"))
    apart = dice.chance(0.12, "own surname", "child")
    frame = frame.with_columns(
        surname=pl.when(double)
        .then(pl.concat_str("surname", "second", separator="-"))
        .when(apart)
        .then("second")
        .otherwise("surname")
    ).drop("second")
    return _twice(_awkward(frame, dice), dice)


def _awkward(frame: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """One person in fifty has a name that breaks something somewhere."""
    odd = dice.chance(0.02, "awkward", "child") & pl.col("group").is_in(["new"]).not_()
    turn = (odd.cast(pl.Int64).cum_sum() - 1) % len(AWKWARD)
    forenames = pl.lit(pl.Series([name or None for name, _ in AWKWARD]))
    surnames = pl.lit(pl.Series([name or None for _, name in AWKWARD]))
    safe = turn.clip(0)
    return frame.with_columns(
        forename=pl.when(odd).then(forenames.gather(safe)).otherwise("forename"),
        surname=pl.when(odd).then(surnames.gather(safe)).otherwise("surname"),
    )


def _twice(frame: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """Now and then two different children have one name and one birth date."""
    same = dice.chance(0.0012, "twice", "child") & (pl.col("group") == "was_assessed")
    shifted = [
        pl.when(same).then(pl.col(name).shift(3)).otherwise(name).alias(name)
        for name in ("forename", "surname", "born", "girl")
    ]
    return frame.with_columns(shifted)


def persons(people: pl.DataFrame, mothers: pl.DataFrame, dice: Dice, days: Days) -> pl.DataFrame:
    """The person table. Children not yet born have an expected date instead of a birth date."""
    unborn = pl.col("born") > days.as_at
    age = days_between(pl.col("born"), pl.lit(days.as_at)) / _YEAR
    letter = dice.pick(list("ABCDEFGHJKLMNPQRTUVWXYZ"), "upn", "child")
    upn = pl.format("{}{}{}", letter, pl.lit("8469"), (pl.col("child") + 10_000_000).cast(pl.String))
    has_upn = (age > 4.3) & (pl.col("entry").fill_null("") != "uasc")
    disabled = pl.col("group").is_in(["disabled", "short_breaks"])
    sex = pl.when(pl.col("girl")).then(pl.lit("F")).otherwise(pl.lit("M"))
    other_gender = dice.chance(0.008, "gender", "child") & (age > 11)
    nhs = (pl.col("child") + 9_990_000_000).cast(pl.String)
    frame = people.join(
        mothers.select(child="mother", is_mother=pl.lit("Y")), on="child", how="left", maintain_order="left"
    )
    return table(
        "person",
        frame.sort("person").with_columns(
            pers_person_id="person",
            pers_legacy_id=pl.when(dice.chance(0.3, "legacy", "child")).then(
                pl.format("L{}", pl.col("child") + 2200)
            ),
            pers_upn=pl.when(has_upn).then(upn),
            pers_forename=pl.when(unborn).then(pl.lit("Unborn")).otherwise("forename"),
            pers_surname="surname",
            pers_sex=pl.when(unborn).then(pl.lit("U")).otherwise(sex),
            pers_gender=pl.when(unborn).then(pl.lit("U")).when(other_gender).then(pl.lit("I")).otherwise(sex),
            pers_ethnicity="ethnicity",
            pers_dob=pl.when(~unborn).then("born"),
            pers_single_unique_id=pl.when(dice.chance(0.8, "nhs", "child") & ~unborn).then(nhs),
            pers_common_child_id=pl.when(dice.chance(0.8, "nhs", "child") & ~unborn).then(nhs),
            pers_upn_unknown=pl.when(has_upn | unborn)
            .then(None)
            .when(age <= 4.3)
            .then(pl.lit("UN1"))
            .otherwise(pl.lit("UN3")),
            pers_send_flag=yes(
                dice.chance(
                    pl.when(disabled).then(0.7).when(age > 4).then(0.11).otherwise(0.01), "ehc", "child"
                )
            ),
            pers_expected_dob=pl.when(unborn).then("born"),
            pers_death_date="death",
            pers_is_mother=pl.col("is_mother").fill_null("N"),
            pers_nationality="nationality",
        ),
    )


def nationality(dice: Dice) -> pl.Expr:
    """Where unaccompanied children come from; British or not recorded for the others."""
    alone = pl.col("entry").fill_null("") == "uasc"
    return (
        pl.when(alone)
        .then(dice.pick(UNACCOMPANIED_FROM, "from", "child"))
        .when(dice.chance(0.5, "nationality", "household"))
        .then(pl.lit("British"))
    )


def families(people: pl.DataFrame) -> pl.DataFrame:
    """Family groups: all but the children who came alone."""
    frame = numbered(
        people.filter(pl.col("entry").fill_null("") != "uasc"), "fami_table_id", 30_001, "household", "person"
    )
    return table(
        "family",
        frame.with_columns(
            fami_family_id=(pl.col("household") + 30_000).cast(pl.String), fami_person_id="person"
        ),
    )


def mothers(people: pl.DataFrame, dice: Dice, days: Days) -> pl.DataFrame:
    """Young mothers known to the service and their children: mother, child (Int64) and both keys."""
    young = people.filter(
        pl.col("girl")
        & pl.col("group").is_in(["leaver", "was_leaver"])
        & dice.chance(0.14, "mother", "child")
    )
    babies = people.filter(
        pl.col("group").is_in(["in_need", "protection", "was_in_need", "was_assessed"])
        & (pl.col("place") == 0)
    )
    babies = babies.filter(
        (pl.col("born") <= days.as_at) & (days_between(pl.col("born"), pl.lit(days.as_at)) < 1500)
    )
    babies = babies.sort(dice.share("baby of", "child"))
    count = min(young.height, babies.height)
    pairs = pl.concat(
        [
            young.head(count).select(mother="child", mother_person="person", mother_born="born"),
            babies.head(count).select("child", "person", "born"),
        ],
        how="horizontal",
    )
    return pairs.filter(pl.col("born") > months(pl.col("mother_born"), 185))


def mother_rows(pairs: pl.DataFrame) -> pl.DataFrame:
    """The mother table."""
    frame = numbered(pairs, "moth_table_id", 2_001, "mother_person")
    return table(
        "mother",
        frame.with_columns(
            moth_person_id="mother_person", moth_childs_person_id="person", moth_childs_dob="born"
        ),
    )
