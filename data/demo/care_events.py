"""What happens to children in care: reviews, visits, plans, health, questionnaires, missing episodes."""

import json

import polars as pl

from data.demo import visits
from data.demo.days import Days, after, days_between, months
from data.demo.dice import Dice, choose, coded, repeated, yes
from data.demo.finish import numbered, table

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
    """Reviews of care, a few of them cancelled and held on another day; two soon after placing for adoption."""
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
    """Visits in each placement: within the first week, then six-weekly, three-monthly where it is for good."""
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
    late = dice.chance(0.14, "health late", *ids)
    drift = (
        pl.when(late)
        .then(10 + dice.waiting(45, 200, "health over", *ids))
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
        pl.when(dice.chance(0.2, "dental late", *ids))
        .then(370 + dice.waiting(80, 300, "dental over", *ids))
        .otherwise(dice.between(180, 360, "dental", *ids)),
        180,
        days,
    )
    frame = pl.concat([checks, dental], how="diagonal_relaxed")
    state = dice.pick({"Completed": 93.5, "Refused": 4, "Cancelled": 2.5}, "health status", *ids)
    started = (pl.col("nth") == 0) & dice.chance(0.97, "first check held", "child")
    state = pl.when(started).then(pl.lit("Completed")).otherwise(state)
    young = (pl.col("check") == "DENTAL") & (days_between(pl.col("born"), pl.col("on")) < 1.5 * _YEAR)
    frame = numbered(frame.filter(~young), "clah_health_check_id", 710_001, "on", "person")
    return table(
        "cla_health",
        frame.with_columns(
            clah_person_id="person",
            clah_health_check_type="check",
            clah_health_check_date="on",
            clah_health_check_status=state,
        ),
    )


def questionnaires(care: pl.DataFrame, dice: Dice, days: Days) -> pl.DataFrame:
    """Strengths and difficulties questionnaires, yearly from four to sixteen."""
    frame = _yearly(
        care.filter(pl.col("entry") != "short_break"),
        "SDQ",
        dice.between(40, 300, "sdq first", "child"),
        dice.between(320, 430, "sdq", "child", "nth"),
        320,
        days,
    )
    age = days_between(pl.col("born"), pl.col("on")) / _YEAR
    frame = numbered(frame.filter((age >= 4) & (age < 17)), "csdq_table_id", 740_001, "on", "person")
    scored = dice.chance(0.86, "sdq scored", "child", "nth")
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
        after(finish, -(dice.share("some day", "child") * stay.clip(0, 500)).cast(pl.Int64))
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


def missing(care: pl.DataFrame, episodes: pl.DataFrame, dice: Dice, days: Days) -> pl.DataFrame:
    """Missing episodes: few children, some of them again and again, most found the next day."""
    at_home = episodes.filter(pl.col("care").is_null() & (pl.col("back") == 0) & pl.col("open")).select(
        "child", "back", "person", "born", spell="ep", start="referral", end="close", share=pl.lit(0.05)
    )
    in_care = care.filter(pl.col("entry") != "short_break").select(
        "child", "back", "person", "born", "spell", "start", "end", share=pl.lit(0.2)
    )
    frame = pl.concat([in_care, at_home])
    finish = pl.min_horizontal(pl.col("end").fill_null(days.as_at), days.today)
    frame = frame.with_columns(finish=finish, from_=pl.max_horizontal("start", months(pl.col("born"), 132)))
    room = days_between(pl.col("from_"), pl.col("finish"))
    runs = frame.with_columns(room=room).filter((room > 5) & dice.chance(pl.col("share"), "runs", "child"))
    often = (
        pl.when(dice.chance(0.25, "often", "child"))
        .then(5 + dice.waiting(8, 30, "how often", "child"))
        .otherwise(1 + dice.waiting(1.2, 6, "times", "child"))
    )
    runs = repeated(runs.with_columns(often=pl.min_horizontal(often, room // 4)), pl.col("often"), "nth")
    ids = ("child", "back", "nth")
    day = after(pl.col("from_"), (dice.share("missing", *ids) * pl.col("room")).cast(pl.Int64))
    start = day.cast(pl.Datetime("us")) + pl.duration(
        minutes=dice.between(15 * 4, 23 * 4 + 3, "left at", *ids) * 15
    )
    hours = 2 + dice.waiting(14, 160, "away", *ids)
    runs = runs.with_columns(on=start).sort("child", "on")
    away = pl.col("on") + pl.duration(hours=hours, minutes=dice.between(0, 3, "found at", *ids) * 15)
    next_one = pl.col("on").shift(-1).over("child") - pl.duration(hours=1)
    now = pl.lit(days.as_at).cast(pl.Datetime("us"))
    runs = runs.filter(pl.col("on") < now).with_columns(until=pl.min_horizontal(away, next_one))
    runs = runs.filter(pl.col("until") > pl.col("on")).with_columns(
        until=pl.when(pl.col("until") < now).then("until")
    )
    offered = choose(dice.share("offered", *ids), {"Y": 86, "N": 9, "NA": 5})
    runs = numbered(runs, "miss_table_id", 760_001, "on", "person").with_columns(
        offered=pl.when(pl.col("until").is_not_null()).then(offered)
    )
    accepted = pl.when(dice.chance(0.68, "accepted", *ids)).then(pl.lit("Y")).otherwise(pl.lit("N"))
    return table(
        "missing",
        runs.with_columns(
            miss_person_id="person",
            miss_missing_episode_start_date="on",
            miss_missing_episode_type=dice.pick({"M": 88, "A": 12}, "missing type", *ids),
            miss_missing_episode_end_date="until",
            miss_missing_rhi_offered="offered",
            miss_missing_rhi_accepted=pl.when(pl.col("offered") == "Y")
            .then(accepted)
            .when(pl.col("offered") == "NA")
            .then(pl.lit("NA")),
        ),
    )
