"""What happens to children in care: reviews, visits, plans, health, questionnaires, missing episodes."""

import json

import polars as pl

from data.demo.days import Days, after, days_between
from data.demo.dice import Dice, choose, coded, repeated, yes
from data.demo.finish import numbered, table
from data.demo.lives import visits

_YEAR = 365.25
_OPTIONS = (
    "REMAINSUP",
    "RETURN1M",
    "RETURN6M",
    "RETURNEV",
    "LTRELFR",
    "LTFOST18",
    "RESPLMT",
    "SUPPLIV",
    "ADOPTION",
    "OTHERPLN",
)
_PLANS = {
    name: json.dumps({option: "Y" if option == name else "N" for option in _OPTIONS}) for name in _OPTIONS
}


def reviews(care: pl.DataFrame, homes: pl.DataFrame, dice: Dice, days: Days) -> pl.DataFrame:
    """Reviews of care; a few are cancelled and held on another day, two follow placing for adoption."""
    spells = care.filter(pl.col("entry") != "short_break").with_columns(
        first_due=days.working(pl.col("start"), 20),
    )
    spells = spells.with_columns(first=days_between(pl.col("start"), pl.col("first_due")))
    held = visits.review_chain(spells, 3, 0.06, "care review", dice, days).with_columns(
        off=pl.lit(value=False)
    )
    planned = days.working_before(pl.col("on"), dice.between(2, 9, "planned for", "child", "nth"))
    called_off = (
        held.filter(dice.chance(0.035, "cancelled", "child", "nth"))
        .with_columns(on=planned, off=pl.lit(value=True))
        .filter(pl.col("on") > pl.col("start"))
    )
    adoptive = homes.filter(pl.col("kind").is_in(["A5", "A6"])).select("spell", placed="on", leaves="until")
    after_placing = [
        held.join(adoptive, on="spell", how="inner")
        .unique("spell", maintain_order=True)
        .with_columns(
            on=days.working_before(after(pl.col("placed"), day)),
            due=after(pl.col("placed"), limit),
            nth=pl.lit(nth, dtype=pl.Int64),
        )
        .filter(pl.col("on") <= pl.col("leaves").fill_null(days.as_at))
        .drop("placed", "leaves")
        for nth, day, limit in ((90, 26, 28), (91, 112, 117))
    ]
    every = pl.concat([held, called_off, *after_placing])
    frame = numbered(every, "clar_cla_review_id", 480_001, "on", "person")
    return table(
        "cla_reviews",
        frame.with_columns(
            clar_cla_id="cla",
            clar_cla_person_id="person",
            clar_cla_review_due_date="due",
            clar_cla_review_date="on",
            clar_cla_review_cancelled=yes(pl.col("off")),
            clar_cla_review_participation=pl.when("off")
            .then(None)
            .otherwise(visits.participation("on", dice, "care part")),
        ),
    )


def care_visits(homes: pl.DataFrame, dice: Dice, days: Days) -> pl.DataFrame:
    """Visits in each placement: in the first week, then six-weekly, three-monthly where it is for good."""
    end = pl.col("until").fill_null(days.as_at)
    stays = homes.with_columns(length=days_between(pl.col("on"), end), begun=pl.col("on"), stay="nth").drop(
        "on", "nth"
    )
    frame = repeated(stays, pl.col("length") // 24 + 6, "nth")
    ids = ("child", "back", "stay", "nth")
    for_good = pl.col("kind").is_in(["U1", "U4"]) & (pl.col("nth") > 10)
    usual = visits.waits(visits.CARE_VISITS, dice, "care visit", *ids)
    rare = visits.waits(visits.LONG_CARE_VISITS, dice, "rare care visit", *ids)
    wait = (
        pl.when(pl.col("nth") == 0)
        .then(
            choose(
                dice.share("first visit", *ids),
                {"1": 10, "2": 12, "3": 15, "4": 13, "5": 15, "6": 15, "7": 12, "9": 5, "12": 3},
            ).cast(pl.Int64)
        )
        .when(pl.col("route") == "short_break")
        .then(dice.between(60, 175, "short break visit", *ids))
        .when(pl.col("kind").is_in(["A5", "A6"]))
        .then(
            pl.when(pl.col("nth") < 5)
            .then(dice.between(5, 7, "adoption visit", *ids))
            .otherwise(dice.between(20, 29, "adoption visit", *ids))
        )
        .when(for_good)
        .then(rare)
        .otherwise(usual)
    )
    frame = frame.with_columns(wait=wait)
    day = days.working_before(after(pl.col("begun"), pl.col("wait").cum_sum().over("placement")))
    frame = frame.with_columns(on=pl.max_horizontal(day, days.working(pl.col("begun"))))
    frame = frame.filter(pl.col("on") <= pl.col("until").fill_null(days.as_at))
    frame = visits.written(frame, "care visit", dice, days).with_columns(
        spell=pl.col("spell") * 8 + pl.col("stay")
    )
    met = visits.seen("care visit", 0.97, dice)
    frame = numbered(frame, "clav_cla_visit_id", 4_700_001, "on", "person")
    return table(
        "cla_visits",
        frame.with_columns(
            clav_cla_id="cla",
            clav_person_id="person",
            clav_cla_visit_date="on",
            clav_cla_visit_seen=met["seen"],
            clav_cla_visit_seen_alone=met["alone"],
        ),
    )


def care_plans(care: pl.DataFrame, homes: pl.DataFrame, dice: Dice, days: Days) -> pl.DataFrame:
    """Care plans: a first one, and from the second review the plan for permanence."""
    latest = homes.filter(pl.col("nth") == pl.col("of") - 1).select("spell", "kind")
    frame = care.filter(pl.col("entry") != "short_break").join(
        latest, on="spell", how="left", maintain_order="left"
    )
    turned = days.working(after(pl.col("start"), dice.between(110, 150, "plan turned", "fam", "back")))
    finish = pl.col("end").fill_null(days.as_at)
    first = frame.with_columns(
        on=days.working(pl.col("start"), dice.between(0, 8, "plan made", "fam", "back")),
        until=pl.when(turned < finish).then(turned).otherwise("end"),
        option=pl.when(pl.col("entry") == "uasc")
        .then(pl.lit("SUPPLIV"))
        .otherwise(
            dice.pick({"RETURN1M": 12, "RETURN6M": 48, "RETURNEV": 15, "OTHERPLN": 25}, "plan first", "fam")
        ),
    )
    lasting = coded(
        pl.col("kind"),
        {
            "U1": "LTRELFR",
            "U3": "LTRELFR",
            "U4": "LTFOST18",
            "K2": "RESPLMT",
            "K3": "SUPPLIV",
            "H5": "SUPPLIV",
            "P1": "REMAINSUP",
            "A5": "ADOPTION",
            "A6": "ADOPTION",
        },
        "RETURNEV",
    )
    second = frame.filter(turned < finish).with_columns(
        on=turned,
        until="end",
        option=pl.when(pl.col("route") == "adoption").then(pl.lit("ADOPTION")).otherwise(lasting),
    )
    both = pl.concat([first, second]).filter(pl.col("on") <= finish)
    both = numbered(both, "lacp_table_id", 490_001, "on", "person")
    return table(
        "cla_care_plan",
        both.with_columns(
            lacp_person_id="person",
            lacp_cla_care_plan_start_date="on",
            lacp_cla_care_plan_end_date="until",
            lacp_cla_care_plan_json=coded(pl.col("option"), _PLANS),
        ),
    )
