"""Lists 8, 9 and 10 from the SSD tables."""

import csv
from importlib.resources import files

import polars as pl

from data.demo.annex_a.facts import CHILD, SHORT_BREAKS, Facts, label, latest_in, yes_no

_UNSAID = ("No Current Eligibility", "No current eligibility")


def periods(facts: Facts) -> pl.DataFrame:
    """One row per period of care: spell, child, start, end (null while open), until, its latest episode."""
    rows = facts.table(
        "cla_episodes", "clae_person_id", "clae_cla_episode_start_date", "clae_cla_episode_ceased_date"
    )
    began = pl.coalesce("clae_entered_care_date", "clae_cla_episode_start_date")
    rows = rows.with_columns(
        spell=pl.coalesce("clae_cla_id", pl.format("{}/{}", CHILD, began)),
        start=began.min().over(pl.coalesce("clae_cla_id", pl.format("{}/{}", CHILD, began))),
        iro=pl.when(pl.col("clae_cla_last_iro_contact_date") <= facts.day).then(
            "clae_cla_last_iro_contact_date"
        ),
    ).with_columns(pl.col("iro").max().over("spell"))
    moved_on = (pl.col("clae_cla_episode_ceased_reason") == "X1").fill_null(False)
    return (
        rows.sort("clae_cla_episode_start_date", "clae_cla_episode_id", descending=True)
        .unique("spell", keep="first", maintain_order=True)
        .with_columns(end=pl.when(~moved_on).then("clae_cla_episode_ceased_date"))
        .with_columns(until=pl.coalesce("end", facts.day))
    )


def _dated(
    facts: Facts, table: str, person: str, date: str, where: pl.Expr | None = None, **more: str
) -> pl.DataFrame:
    rows = facts.table(table, person, date)
    if where is not None:
        rows = rows.filter(where.fill_null(True))
    return rows.select(CHILD, pl.col(date).alias("on"), **more)


def _with_latest(rows: pl.DataFrame, events: pl.DataFrame, name: str, *keep: str) -> pl.DataFrame:
    return latest_in(rows, events, *keep).rename({"on": name})


def _permanence_plan(facts: Facts) -> pl.DataFrame:
    """child, plan: the code of the latest care plan that has one."""
    text = files("data").joinpath("contracts/code_lists.csv").read_text(encoding="utf-8")
    plan = pl.coalesce(
        pl.when(
            pl.col("lacp_cla_care_plan_json").str.contains(rf'"(?:{keys})"\s*:\s*(?:"[Yy1]"|true|1)')
        ).then(pl.lit(row["code"]))
        for row in csv.DictReader(text.splitlines())
        if row["list"] == "permanence_plan"
        for keys in ["|".join(filter(None, [row["code"], *row["aliases"].split(";")]))]
    )
    rows = facts.table("cla_care_plan", "lacp_person_id")
    begun = pl.col("lacp_cla_care_plan_start_date")
    return (
        rows.filter(begun.is_null() | (begun <= facts.day))
        .with_columns(plan=plan)
        .filter(pl.col("plan").is_not_null())
        .sort(begun, descending=True, nulls_last=True)
        .unique(CHILD, keep="first", maintain_order=True)
        .select(CHILD, "plan")
    )


def _counted(rows: pl.DataFrame, events: pl.DataFrame, name: str) -> pl.DataFrame:
    counts = events.group_by(CHILD).agg(pl.len().cast(pl.Int64).alias(name))
    return rows.join(counts, on=CHILD, how="left", maintain_order="left").with_columns(
        pl.col(name).fill_null(0)
    )


def _missing(facts: Facts, rows: pl.DataFrame) -> pl.DataFrame:
    start = pl.col("miss_missing_episode_start_date").cast(pl.Date)
    known = facts.table("missing", "miss_person_id").filter(start <= facts.day)
    recent = known.filter(start >= facts.year)
    for code, word in (("M", "Missing"), ("A", "Absent")):
        heading = f"Number of Episodes the Child has been '{word}' from their Placement in the last 12 months"
        rows = _counted(rows, recent.filter(pl.col("miss_missing_episode_type") == code), heading)
    last = known.sort("miss_missing_episode_start_date", descending=True).unique(
        CHILD, keep="first", maintain_order=True
    )
    offered, accepted = "miss_missing_rhi_offered", "miss_missing_rhi_accepted"
    rows = rows.join(last.select(CHILD, offered, accepted), on=CHILD, how="left", maintain_order="left")
    after = "a Return Interview after their last missing episode (Y/N)?"
    return rows.with_columns(
        label(pl.col(offered), "return_interview").alias(f"Was the child offered {after}"),
        label(pl.col(accepted), "return_interview").alias(f"Did the child accept {after}"),
    )


def children_in_care(facts: Facts) -> pl.DataFrame:
    """List 8: periods of care open at some time in the last six months, short breaks left out."""
    every = periods(facts)
    ended = pl.col("end")
    earlier = every.select(CHILD, pl.col("start").alias("on")).filter(pl.col("on") >= facts.year)
    rows = every.filter(ended.is_null() | (ended >= facts.six_months))
    status = facts.table("legal_status", "lega_person_id", "lega_legal_status_start_date").select(
        CHILD, pl.col("lega_legal_status_start_date").alias("on"), "lega_legal_status"
    )
    rows = _with_latest(rows, status, "legal_from", "lega_legal_status")
    rows = rows.filter(~pl.col("lega_legal_status").is_in(SHORT_BREAKS).fill_null(False))
    placement = ["type", "provider", "postcode", "urn"]
    placements = facts.table("cla_placement", "clap_person_id", "clap_cla_placement_start_date")
    rows = _with_latest(
        rows,
        placements.select(
            CHILD,
            pl.col("clap_cla_placement_start_date").alias("on"),
            *(pl.col(f"clap_cla_placement_{name}").alias(name) for name in placement),
        ),
        "placed",
        *placement,
    )
    seen = ~(pl.col("clav_cla_visit_seen") == "N")
    held = ~(pl.col("clar_cla_review_cancelled") == "Y")
    rows = _with_latest(
        rows, _dated(facts, "cla_visits", "clav_person_id", "clav_cla_visit_date", seen), "visited"
    )
    rows = _with_latest(
        rows, _dated(facts, "cla_reviews", "clar_cla_person_id", "clar_cla_review_date", held), "reviewed"
    )
    for kind in ("HEALTH", "DENTAL"):
        done = (pl.col("clah_health_check_type") == kind) & (
            pl.col("clah_health_check_status") == "Completed"
        )
        rows = _with_latest(
            rows, _dated(facts, "cla_health", "clah_person_id", "clah_health_check_date", done), kind
        )
    left = pl.col("clap_cla_placement_end_date")
    rows = _counted(
        rows,
        placements.filter(left.is_null() | (left >= facts.year)),
        "Number of Placements in the Last 12 months",
    )
    rows = facts.count_before(rows, earlier, "start", "periods")
    rows = rows.join(_permanence_plan(facts), on=CHILD, how="left", maintain_order="left")
    rows = facts.with_allocation(_missing(facts, rows), ended.is_not_null())
    nothing = pl.lit(None, pl.String)
    return facts.headed(
        rows.with_columns(
            facts.asylum().alias("Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N)"),
            pl.col("start").alias("Date Started to be Looked After"),
            label(pl.col("clae_cla_primary_need_code"), "primary_need").alias("Child's Category of Need"),
            yes_no(pl.col("periods") > 0).alias(
                "Is this a second or subsequent period of being a Looked After Child "
                "within the last 12 months (Y/N)"
            ),
            pl.col("legal_from").alias("Start date of current legal status"),
            label(pl.col("lega_legal_status"), "legal_status").alias("Child's Legal Status"),
            pl.col("reviewed").alias("Date of Latest Statutory Review"),
            pl.col("visited").alias("Date of Last Social Work Visit"),
            label(pl.col("plan"), "permanence_plan").alias("What is the permanence plan for this child?"),
            pl.col("iro").alias("Date of Last IRO Visit / Contact to the Child"),
            pl.col("HEALTH").alias("Date of Last Health Assessment"),
            pl.col("DENTAL").alias("Date of Last Dental Check"),
            ended.alias("Date Ceased to be Looked After"),
            label(
                pl.when(ended.is_not_null()).then("clae_cla_episode_ceased_reason"), "reason_episode_ceased"
            ).alias("Reason Ceased to be Looked After"),
            pl.col("placed").alias("Start Date of Most Recent Placement"),
            label(pl.col("type"), "placement_type").alias("Placement Type"),
            label(pl.col("provider"), "placement_provider").alias("Placement Provider"),
            pl.col("postcode").alias("Placement postcode"),
            pl.col("urn").alias("URN of Placement"),
            nothing.alias("Placement Location"),
            nothing.alias("LA of Placement"),
        )
    )


def care_leavers(facts: Facts) -> pl.DataFrame:
    """List 9: everybody entitled to leaving care services, with the SSD script's columns at the end."""
    eligible = pl.col("clea_care_leaver_eligibility")
    rows = facts.table("care_leavers", "clea_person_id").filter(
        eligible.is_not_null(), ~eligible.is_in(_UNSAID)
    )
    rows = rows.join(facts.allocations().filter("open"), on=CHILD, how="left", maintain_order="left")
    advisers = facts.allocations(adviser=True).filter("open")
    rows = rows.join(
        advisers.select(CHILD, adviser_id="worker_id"), on=CHILD, how="left", maintain_order="left"
    ).with_columns(
        team=pl.coalesce("clea_care_leaver_allocated_team", "team_id"),
        worker=pl.coalesce("clea_care_leaver_worker_id", "worker_id"),
        adviser=pl.coalesce("clea_care_leaver_personal_advisor", "adviser_id"),
    )

    def so_far(name: str) -> pl.Expr:
        return pl.when(pl.col(name) <= facts.day).then(name)

    return facts.headed(
        rows.with_columns(
            facts.team("team").alias("Allocated Team"),
            facts.worker("worker").alias("Allocated Worker"),
            label(eligible, "care_leaver_eligibility").alias("Eligibility Category"),
            label(pl.col("clea_care_leaver_in_touch"), "in_touch").alias("LA in Touch"),
            label(pl.col("clea_care_leaver_accommodation"), "accommodation").alias("Type of Accommodation"),
            label(pl.col("clea_care_leaver_accom_suitable"), "accommodation_suitability").alias(
                "Suitability of Accommodation"
            ),
            label(pl.col("clea_care_leaver_activity"), "activity").alias("Activity Status"),
            facts.asylum().alias("Unaccompanied Asylum Seeking Child (UASC)"),
            facts.worker("adviser").alias("Allocated Personal Advisor"),
            so_far("clea_pathway_plan_review_date").alias("Latest Pathway Plan"),
            so_far("clea_care_leaver_latest_contact").alias("Latest Contact"),
        )
    )


def adoption(facts: Facts) -> pl.DataFrame:
    """List 10: children adopted, waiting for adoption, or whose plan was dropped, in twelve months."""
    dates = {
        "perm_adm_decision_date": "Date of Decision that Child Should be Placed for Adoption",
        "perm_placement_order_date": "Date of Placement Order",
        "perm_matched_date": "Date of Matching Child and Prospective Adopters",
        "perm_placed_for_adoption_date": "Date Placed for Adoption",
        "perm_permanence_order_date": "Date of Adoption Order",
        "perm_decision_reversed_date": "Date of Decision that Child Should No Longer be Placed for Adoption",
        "perm_placed_ffa_cp_date": (
            "Date the child was placed for fostering in FFA or concurrent planning placement"
        ),
    }
    rows = facts.table("permanence", "perm_person_id", None, *dates)
    order, reversed_on = pl.col("perm_permanence_order_date"), pl.col("perm_decision_reversed_date")
    adopted = order.is_not_null() & (pl.col("perm_permanence_order_type") == "Adoption").fill_null(True)
    rows = rows.filter(
        (adopted & (order >= facts.year))
        | (reversed_on >= facts.year)
        | (order.is_null() & reversed_on.is_null() & pl.col("perm_adm_decision_date").is_not_null())
    ).with_columns(perm_permanence_order_date=pl.when(adopted).then(order))
    known = periods(facts).select(CHILD, "start", perm_cla_id="clae_cla_id").unique(["child", "perm_cla_id"])
    latest = known.group_by(CHILD).agg(pl.col("start").max().alias("last_start"))
    rows = rows.join(known, on=[CHILD, "perm_cla_id"], how="left").join(latest, on=CHILD, how="left")
    return facts.headed(
        rows.with_columns(
            pl.lit(None, pl.String).alias("Family identifier"),
            pl.coalesce("start", "last_start").alias("Date the Child Entered Care"),
            label(pl.col("perm_decision_reversed_reason"), "decision_reversed_reason").alias(
                "Reason Why Child No Longer Placed for Adoption"
            ),
            *(pl.col(name).alias(heading) for name, heading in dates.items()),
        )
    )
