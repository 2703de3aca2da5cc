"""Health of children in care: assessments, dentist, questionnaires, and what only a few have."""

import polars as pl

from data.demo.days import Days, after, days_between, months
from data.demo.dice import Dice, repeated, yes
from data.demo.finish import numbered, table

_YEAR = 365.25


def _yearly(
    care: pl.DataFrame, what: str, first: pl.Expr, gap: pl.Expr, most: int, days: Days
) -> pl.DataFrame:
    """A row an occasion: nth, on; the first after `first` days in care, the next after `gap`."""
    end = pl.col("end").fill_null(days.as_at)
    frame = repeated(
        care.with_columns(stays=days_between(pl.col("start"), end)), pl.col("stays") // most + 2, "nth"
    )
    frame = frame.with_columns(wait=pl.when(pl.col("nth") == 0).then(first).otherwise(gap).cast(pl.Int64))
    on = days.working(after(pl.col("start"), pl.col("wait").cum_sum().over("spell")))
    return frame.with_columns(on=on, check=pl.lit(what)).filter(pl.col("on") <= end)


def health(care: pl.DataFrame, dice: Dice, days: Days) -> pl.DataFrame:
    """Health assessments (half-yearly under five, then yearly) and dental checks."""
    living = care.filter(pl.col("entry") != "short_break")
    ids = ("child", "back", "nth")
    months_old = days_between(pl.col("born"), pl.col("start")) / 30.44 + pl.col("nth") * 6
    late = dice.chance(0.26, "health late", *ids)
    drift = (
        pl.when(late)
        .then(10 + dice.waiting(40, 160, "health over", *ids))
        .otherwise(-dice.between(3, 25, "health early", *ids))
    )
    half = pl.when(months_old < 60).then(181).otherwise(364) + drift
    initial = (
        pl.when(dice.chance(0.82, "initial health", "child"))
        .then(dice.between(12, 26, "initial health day", "child"))
        .otherwise(30 + dice.waiting(18, 120, "initial health late", "child"))
    )
    checks = _yearly(living, "HEALTH", initial, half, 160, days)
    dental = _yearly(
        living,
        "DENTAL",
        dice.between(30, 330, "dental first", "child"),
        pl.when(dice.chance(0.36, "dental late", *ids))
        .then(370 + dice.waiting(80, 300, "dental over", *ids))
        .otherwise(dice.between(180, 360, "dental", *ids)),
        180,
        days,
    )
    young = days_between(pl.col("born"), pl.col("on")) < 1.5 * _YEAR
    both = [_attempted(checks, "health", dice, days), _attempted(dental.filter(~young), "dental", dice, days)]
    frame = pl.concat(both, how="diagonal_relaxed")
    frame = numbered(frame, "clah_health_check_id", 710_001, "on", "person")
    return table(
        "cla_health",
        frame.with_columns(
            clah_person_id="person",
            clah_health_check_type="check",
            clah_health_check_date="on",
            clah_health_check_status="state",
        ),
    )


def _attempted(checks: pl.DataFrame, what: str, dice: Dice, days: Days) -> pl.DataFrame:
    """The checks that were held, and some weeks before a few of them one that was not."""
    ids = ("child", "back", "nth")
    held = checks.with_columns(state=pl.lit("Completed"))
    in_vain = checks.filter(dice.chance(0.07, what + " in vain", *ids)).with_columns(
        on=days.working_before(after(pl.col("on"), -dice.between(8, 40, what + " before", *ids))),
        state=dice.pick({"Refused": 62, "Cancelled": 38}, what + " why", *ids),
    )
    return pl.concat([held, in_vain.filter(pl.col("on") > pl.col("start"))])


def questionnaires(care: pl.DataFrame, dice: Dice, days: Days) -> pl.DataFrame:
    """Strengths and difficulties questionnaires, yearly from four to sixteen."""
    frame = _yearly(
        care.filter(pl.col("entry") != "short_break"),
        "SDQ",
        dice.between(40, 300, "sdq first", "child"),
        dice.between(300, 400, "sdq", "child", "nth"),
        320,
        days,
    )
    age = days_between(pl.col("born"), pl.col("on")) / _YEAR
    frame = numbered(frame.filter((age >= 4) & (age < 17)), "csdq_table_id", 740_001, "on", "person")
    scored = dice.chance(0.96, "sdq scored", "child", "nth")
    total = (
        3 + 25 * (0.6 * dice.share("sdq score", "child") + 0.4 * dice.share("sdq score", "child", "nth"))
    ).floor()
    return table(
        "sdq_scores",
        frame.with_columns(
            csdq_person_id="person",
            csdq_sdq_completed_date="on",
            csdq_sdq_score=pl.when(scored).then(total.cast(pl.Int64)),
            csdq_sdq_reason=pl.when(~scored).then(
                dice.pick({"SDQ2": 35, "SDQ3": 8, "SDQ4": 25, "SDQ5": 32}, "sdq why", "child", "nth")
            ),
        ),
    )


def occasional(care: pl.DataFrame, dice: Dice, days: Days) -> dict[str, pl.DataFrame]:
    """Immunisations, substance misuse, convictions and earlier permanence: one row for those who have any."""
    living = care.filter(pl.col("entry") != "short_break")
    latest = living.sort("start").unique("child", keep="last", maintain_order=True)
    finish = pl.col("end").fill_null(days.as_at)
    stay = days_between(pl.col("start"), finish)
    some_day = days.working_before(
        after(finish, -(dice.share("some day", "child") * stay.clip(0, 260)).cast(pl.Int64))
    )
    frame = latest.with_columns(day=pl.max_horizontal(some_day, days.working(pl.col("start")))).filter(
        pl.col("day") <= days.as_at
    )
    old = days_between(pl.col("born"), pl.col("day")) > 12 * _YEAR
    misuse = numbered(
        frame.filter(old & dice.chance(0.06, "misuse", "child")), "clas_substance_misuse_id", 770_001, "day"
    )
    convicted = numbered(
        frame.filter(old & dice.chance(0.05, "convicted", "child")), "clac_cla_conviction_id", 780_001, "day"
    )
    before = numbered(frame.filter(dice.chance(0.05, "before", "child")), "lapp_table_id", 790_001, "start")
    return {
        "cla_immunisations": table(
            "cla_immunisations",
            frame.with_columns(
                clai_person_id="person",
                clai_immunisations_status=yes(dice.chance(0.87, "immunised", "child")),
                clai_immunisations_status_date="day",
            ).sort("person"),
        ),
        "cla_substance_misuse": table(
            "cla_substance_misuse",
            misuse.with_columns(
                clas_person_id="person",
                clas_substance_misuse_date="day",
                clas_substance_misused=dice.pick(
                    ["Cannabis", "Alcohol", "Ketamine", "Nitrous oxide"], "substance", "child"
                ),
                clas_intervention_received=yes(dice.chance(0.6, "helped", "child")),
            ),
        ),
        "cla_convictions": table(
            "cla_convictions",
            convicted.with_columns(
                clac_person_id="person",
                clac_cla_conviction_date="day",
                clac_cla_conviction_offence=dice.pick(
                    ["Theft", "Criminal damage", "Common assault", "Possession of an offensive weapon"],
                    "offence",
                    "child",
                ),
            ),
        ),
        "cla_previous_permanence": table(
            "cla_previous_permanence",
            before.with_columns(
                lapp_person_id="person",
                lapp_previous_permanence_option=dice.pick(
                    {"P2": 45, "P1": 25, "P3": 25, "P4": 5}, "before what", "child"
                ),
                lapp_previous_permanence_la=dice.pick(
                    ["Seaborough", "Eastmarsh", "North Downshire"], "before where", "child"
                ),
                lapp_previous_permanence_order_date=pl.when(dice.chance(0.3, "before day", "child"))
                .then(pl.format("zz/zz/{}", pl.col("start").dt.year() - 3))
                .otherwise(months(pl.col("born"), 10).dt.strftime("%d/%m/%Y")),
            ),
        ),
    }
