"""Care leavers and eligible young people, and the ways to permanence."""

import polars as pl

from data.demo.days import Days, after, days_between, months
from data.demo.dice import Dice, choose, yes
from data.demo.finish import numbered, table

_IN_TOUCH = {"YES": 89.0, "NO": 4.5, "REFU": 2.5, "NREQ": 2, "RHOM": 1.7, "DIED": 0.3}
_HOMES = {
    "U": 38.0,
    "D": 22,
    "Z": 11,
    "B": 9,
    "E": 4,
    "K": 3,
    "C": 2,
    "T": 4,
    "S": 1.6,
    "W": 1,
    "V": 0.8,
    "X": 2,
    "Y": 1.2,
    "R": 0.8,
    "G": 0.3,
}
_ACTIVITIES = {
    "F1": 6.0,
    "P1": 1,
    "F2": 24,
    "P2": 6,
    "F4": 5,
    "P4": 1,
    "F5": 16,
    "P5": 7,
    "G4": 9,
    "G5": 19,
    "G6": 5,
}


def care_leavers(
    care: pl.DataFrame, spells: pl.DataFrame, died: pl.DataFrame, dice: Dice, days: Days
) -> pl.DataFrame:
    """One row per young person: the latest that is known.

    Eligible: 16 or 17 and in care for 13 weeks; relevant: left after that; former relevant: 18 and
    over; qualifying: not 13 weeks in care. Those who left the service long ago keep a row without
    eligibility, as systems do.
    """
    latest = (
        care.filter(pl.col("entry") != "short_break")
        .sort("start")
        .unique("child", keep="last", maintain_order=True)
    )
    stay = days_between(
        pl.max_horizontal("start", months(pl.col("born"), 168)), pl.col("end").fill_null(days.as_at)
    )
    age = days_between(pl.col("born"), pl.lit(days.as_at)) / 365.25
    frame = latest.with_columns(stay=stay, age=age).filter(
        (pl.col("age") >= 16)
        & (
            (pl.col("path") == "leaver")
            | (
                (pl.col("stay") >= 91)
                & (pl.col("end").is_null() | (pl.col("end") > months(pl.col("born"), 192)))
            )
        )
    )
    adult = days.today >= pl.col("eighteen")
    ended = (pl.col("path") == "cla") & pl.col("end").is_not_null()
    gone = (pl.col("group") == "was_leaver") | ended
    standing = (
        pl.when(gone)
        .then(pl.lit("No Current Eligibility"))
        .when(pl.col("end").is_null() & ~adult)
        .then(pl.lit("Eligible"))
        .when(pl.col("stay") < 91)
        .then(pl.lit("Qualifying"))
        .when(adult)
        .then(
            pl.when(dice.chance(0.04, "qualifying", "child"))
            .then(pl.lit("Qualifying"))
            .otherwise(pl.lit("Former Relevant"))
        )
        .otherwise(pl.lit("Relevant"))
    )
    current = spells.filter(pl.col("end").is_null())
    adviser = (
        current.filter(pl.col("role") == "PA")
        .sort("start")
        .group_by("child", maintain_order=True)
        .agg(pa=pl.col("worker").last())
    )
    worker = (
        current.filter(pl.col("role") == "CW")
        .sort("start")
        .group_by("child", maintain_order=True)
        .agg(worker=pl.col("worker").last(), team=pl.col("team").last())
    )
    frame = frame.with_columns(standing=standing).join(adviser, on="child", how="left", maintain_order="left")
    frame = frame.join(worker, on="child", how="left", maintain_order="left")
    frame = frame.join(died.select("child", "death"), on="child", how="left", maintain_order="left")
    touch = (
        pl.when(pl.col("death").is_not_null())
        .then(pl.lit("DIED"))
        .when(gone)
        .then(pl.lit("NREQ"))
        .when(pl.col("standing") == "Eligible")
        .then(pl.lit("YES"))
        .otherwise(
            dice.pick({key: share for key, share in _IN_TOUCH.items() if key != "DIED"}, "in touch", "child")
        )
    )
    frame = numbered(frame.with_columns(touch=touch), "clea_table_id", 910_001, "person")
    known = pl.col("touch").is_in(["YES", "NO", "REFU"])
    since = (
        pl.when(pl.col("touch").is_in(["NO", "REFU", "NREQ"]))
        .then(60 + dice.waiting(110, 500, "silence", "child"))
        .otherwise(
            choose(
                dice.share("contact", "child"),
                {"7": 20, "18": 22, "30": 22, "44": 18, "54": 12, "63": 3, "80": 2, "110": 1},
            ).cast(pl.Int64)
            - dice.between(0, 6, "contact", "child")
        )
    )
    review = (
        pl.when(dice.chance(0.81, "pathway in time", "child"))
        .then(dice.between(3, 178, "pathway", "child"))
        .otherwise(184 + dice.waiting(50, 300, "pathway late", "child"))
    )
    reviewed = days.working_before(after(days.today, -review))
    earliest = days.working(
        after(months(pl.col("born"), 192), dice.between(50, 105, "first pathway", "child"))
    )
    reviewed = pl.max_horizontal(reviewed, earliest)
    planned = (reviewed <= days.as_at) & ((pl.col("age") > 16.7) | dice.chance(0.9, "pathway had", "child"))
    home = (
        pl.when(pl.col("standing") == "Eligible")
        .then(None)
        .when(pl.col("touch").is_in(["NREQ", "RHOM", "DIED"]))
        .then(pl.when(pl.col("touch") == "RHOM").then(pl.lit("B")).otherwise(pl.lit("0")))
        .when(pl.col("touch") != "YES")
        .then(dice.pick({"R": 50, "S": 8, "B": 20, "X": 8, "Y": 14}, "home unknown", "child"))
        .otherwise(dice.pick(_HOMES, "home", "child"))
    )
    frame = frame.with_columns(home=home)
    unsuitable = pl.col("home").is_in(["S", "W", "X", "V"]) | dice.chance(0.03, "unsuitable", "child")
    return table(
        "care_leavers",
        frame.with_columns(
            clea_person_id="person",
            clea_care_leaver_eligibility="standing",
            clea_care_leaver_in_touch="touch",
            clea_care_leaver_latest_contact=pl.max_horizontal(
                days.working_before(after(pl.coalesce("death", days.today), -since)),
                after(pl.col("start"), 7),
            ),
            clea_care_leaver_accommodation="home",
            clea_care_leaver_accom_suitable=pl.when(
                pl.col("home").is_null() | pl.col("home").is_in(["0", "R"])
            )
            .then(None)
            .when(unsuitable)
            .then(pl.lit("2"))
            .otherwise(pl.lit("1")),
            clea_care_leaver_activity=pl.when(known)
            .then(dice.pick(_ACTIVITIES, "activity", "child"))
            .otherwise(pl.lit("0")),
            clea_pathway_plan_review_date=pl.when(planned & ~gone).then(reviewed),
            clea_care_leaver_personal_advisor="pa",
            clea_care_leaver_allocated_team="team",
            clea_care_leaver_worker_id="worker",
        ),
    )


def permanence(
    care: pl.DataFrame, homes: pl.DataFrame, staff: pl.DataFrame, dice: Dice, days: Days
) -> pl.DataFrame:
    """Adoption from decision to order (or reversed), special guardianship and child arrangements orders."""
    ids = ("fam", "back")
    placed = homes.filter(pl.col("kind").is_in(["A5", "A6"])).group_by("spell").agg(placed=pl.col("on").min())
    frame = care.join(placed, on="spell", how="left", maintain_order="left")
    adopting = pl.col("route") == "adoption"
    other = pl.col("left").is_in(["E45", "E46", "E41"])
    frame = frame.filter(adopting | other)
    finish = pl.col("end").fill_null(days.as_at)

    def when(day: pl.Expr) -> pl.Expr:
        return pl.when(adopting & (day <= finish)).then(day)

    decided = days.working(after(pl.col("start"), dice.between(120, 200, "decided", *ids)))
    ordered = days.working(after(decided, dice.between(40, 130, "placement order", *ids)))
    matched = days.working(after(ordered, dice.between(30, 220, "matched", *ids)))
    frame = frame.with_columns(adm=when(decided), order=when(ordered), match=when(matched)).with_columns(
        adm=pl.when(pl.col("placed").is_null())
        .then("adm")
        .otherwise(pl.min_horizontal("adm", days.working_before(after(pl.col("placed"), -90)))),
        order=pl.when(pl.col("placed").is_null())
        .then("order")
        .otherwise(pl.min_horizontal("order", days.working_before(after(pl.col("placed"), -50)))),
        match=pl.when(pl.col("placed").is_null())
        .then("match")
        .otherwise(days.working_before(after(pl.col("placed"), -14))),
    )
    adopted = adopting & pl.col("left").is_in(["E11", "E12"])
    reversed_ = (
        adopting
        & pl.col("placed").is_null()
        & pl.col("order").is_not_null()
        & dice.chance(0.12, "reversed", *ids)
    )
    reversal = days.working(after(pl.col("order"), dice.between(100, 300, "reversal", *ids)))
    frame = frame.with_columns(reversal=pl.when(reversed_ & (reversal <= finish)).then(reversal))
    group = pl.len().over("fam").cast(pl.Int64)
    people = staff.filter((pl.col("kind") == "permanence") & (pl.col("role") == "worker"))["worker"].to_list()
    couple = dice.chance(0.85, "couple", *ids)
    known = pl.col("match").is_not_null()
    carer = adopting & dice.chance(0.14, "by carer", *ids)
    frame = numbered(frame, "perm_table_id", 930_001, "start", "person")
    return table(
        "permanence",
        frame.with_columns(
            perm_person_id="person",
            perm_cla_id="cla",
            perm_adm_decision_date="adm",
            perm_part_of_sibling_group=yes(group > 1),
            perm_siblings_placed_together=pl.when(known).then(group.clip(1, 3)),
            perm_siblings_placed_apart=pl.when(known).then((group - 3).clip(0)),
            perm_placement_order_date="order",
            perm_matched_date=pl.when(pl.col("reversal").is_null()).then("match"),
            perm_adopter_sex=pl.when(known).then(
                pl.when(couple)
                .then(dice.pick({"MF": 80, "MM": 10, "FF": 10}, "adopters", *ids))
                .otherwise(pl.lit("F1"))
            ),
            perm_adopter_legal_status=pl.when(known).then(
                pl.when(couple)
                .then(dice.pick({"L11": 70, "L12": 10, "L3": 15, "L2": 5}, "adopters", *ids))
                .otherwise(pl.lit("L0"))
            ),
            perm_number_of_adopters=pl.when(known).then(pl.when(couple).then(2).otherwise(1)),
            perm_placed_for_adoption_date="placed",
            perm_adopted_by_carer_flag=pl.when(adopted).then(yes(carer)),
            perm_placed_foster_carer_date=pl.when(adopted & carer).then(after(pl.col("start"), 10)),
            perm_placement_provider_urn=pl.when(known).then(pl.lit("SC1049901")),
            perm_decision_reversed_date="reversal",
            perm_decision_reversed_reason=pl.when(pl.col("reversal").is_not_null()).then(
                dice.pick(["RD1", "RD2", "RD3", "RD4"], "reversed why", *ids)
            ),
            perm_permanence_order_date=pl.when(adopted | other).then("end"),
            perm_permanence_order_type=pl.when(adopted)
            .then(pl.lit("Adoption"))
            .when(pl.col("left") == "E41")
            .then(pl.lit("CAO/RO"))
            .when(other)
            .then(pl.lit("Special Guardianship")),
            perm_adoption_worker_id=pl.when(adopting).then(dice.pick(people, "adoption worker", *ids)),
        ),
    )
