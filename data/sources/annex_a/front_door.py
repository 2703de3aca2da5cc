"""Lists 1 to 4 and 6: contacts, early help, referrals, assessments, children in need."""

from collections.abc import Iterator

import polars as pl

from data.schema.codes import code_expr, label_expr
from data.schema.convert import NOTHING
from data.schema.tables import polars_schema
from data.sources.annex_a.parts import Parts, keyed, stated


def front_door(parts: Parts) -> Iterator[tuple[str, pl.DataFrame]]:
    """Yield contacts, early help episodes, referrals, assessments and child in need visits."""
    yield "contacts", _contacts(parts)
    yield "early_help_episodes", _early_help(parts)
    episodes = _episodes(parts)
    yield "cin_episodes", episodes
    yield "cin_assessments", _assessments(parts, episodes)
    yield "cin_visits", _visits(parts)


def _contacts(parts: Parts) -> pl.DataFrame:
    rows = stated(parts.rows(1, "contacts"), 1, "contacts")
    parts.dated(rows, 1, "contacts", "cont_contact_date")
    rows = rows.with_columns(
        cont_contact_source_desc=label_expr(pl.col("cont_contact_source_code"), "contact_source")
    )
    return keyed(rows, "AA-1", "cont_person_id", "cont_contact_date", "cont_contact_id")


def _early_help(parts: Parts) -> pl.DataFrame:
    rows = stated(parts.rows(2, "early_help_episodes"), 2, "early_help_episodes")
    parts.dated(rows, 2, "early_help_episodes", "earl_episode_start_date")
    return keyed(rows, "AA-2", "earl_person_id", "earl_episode_start_date", "earl_episode_id")


def _episodes(parts: Parts) -> pl.DataFrame:
    """Merge lists 3 and 6: a referral and a child in need episode that began that day are one."""
    table, day = "cin_episodes", "cine_referral_date"
    referrals = stated(parts.rows(3, table), 3, table)
    needs = parts.rows(6, table).with_columns(parts.raw(6, "Case Status")["Case Status"].alias("status"))
    needs = stated(needs, 6, table)
    parts.dated(referrals, 3, table, day)
    parts.dated(needs, 6, table, day)
    _closed_without_date(parts, needs)
    _missing_elsewhere(parts, needs)
    went_on = (pl.col("cine_referral_nfa") == "Y").fill_null(False)
    referrals = keyed(referrals, "AA-3", "cine_person_id", day, "cine_referral_id", first=[went_on])
    needs = keyed(needs.drop("status"), "AA-3", "cine_person_id", day, "cine_referral_id")
    both = referrals.join(needs, on="cine_referral_id", how="full", coalesce=True, suffix="_6")
    facts = [name for name in polars_schema(table) if name not in ("cine_referral_id", "source_row")]
    merged = both.select(
        "cine_referral_id",
        *(pl.coalesce(name, f"{name}_6") for name in facts),
        pl.concat_str("source_row", "source_row_6", separator="; ", ignore_nulls=True),
    ).select(*polars_schema(table))
    return _superseded(parts, merged, needs)


def _closed_without_date(parts: Parts, needs: pl.DataFrame) -> None:
    closed = code_expr(pl.col("status"), "case_status") == "closed"
    parts.say(
        needs.filter(closed, pl.col("cine_close_date").is_null()), "closed_without_date", 6, "cin_episodes",
        "The case status is closed but there is no closure date, so the episode counts as open.",
        severity="error", column="CIN Closure Date", person="cine_person_id",
    )  # fmt: skip


_OWN_LISTS = (
    ("cp_plan", 7, "child protection plan", "Child Protection Plan End Date"),
    ("looked_after", 8, "period of care", "Date Ceased to be Looked After"),
)
"""Case statuses that have a list of their own, what a row there is, and the column that ends it."""


def _missing_elsewhere(parts: Parts, needs: pl.DataFrame) -> None:
    """Say which open cases of list 6 are on a plan or in care by their status, and not in that list."""
    status = code_expr(pl.col("status"), "case_status")
    for name, list_no, what, end in _OWN_LISTS:
        if list_no not in parts.lists.rows:
            continue
        rows = parts.raw(list_no, end)
        current = rows.filter(pl.col(end).is_in(NOTHING).fill_null(value=True)).select("child")
        lost = needs.filter((status == name).fill_null(value=False), pl.col("cine_close_date").is_null())
        parts.say(
            lost.join(current, left_on="cine_person_id", right_on="child", how="anti"),
            f"not_in_list_{list_no}", 6, "cin_episodes",
            f"By the case status there is a {what}, and list {list_no} has no open one of this child, so "
            f"none is known. Add the child to list {list_no}, or correct the case status.",
            column="Case Status", value="status", person="cine_person_id",
        )  # fmt: skip


def _superseded(parts: Parts, merged: pl.DataFrame, needs: pl.DataFrame) -> pl.DataFrame:
    """Close referrals that list 6 shows are not the child's present episode.

    List 6 holds each child's latest episode only. A referral of list 3 that went on (not NFA) and is not
    that episode is assumed to have ended when the next one began, or with the episode when it came after
    its start; otherwise a closed child would look open for ever. Each such date is an issue.
    """
    if not needs.height:
        return merged
    latest = needs.group_by("cine_person_id").agg(
        pl.col("cine_referral_date").max().alias("began"), pl.col("cine_close_date").max().alias("closed"),
        pl.col("cine_close_date").null_count().alias("open"),
    )  # fmt: skip
    day = pl.col("cine_referral_date")
    doubtful = (
        pl.col("cine_close_date").is_null()
        & ~(pl.col("cine_referral_nfa") == "Y").fill_null(False)
        & ~pl.col("cine_referral_id").is_in(needs["cine_referral_id"].implode())
    )
    ended = (
        pl.when(day < pl.col("began")).then(pl.col("began"))
        .when((pl.col("open") == 0) & (pl.col("closed") >= day)).then(pl.col("closed"))
    )  # fmt: skip
    judged = merged.join(latest, on="cine_person_id", how="left").with_columns(
        taken=pl.when(doubtful).then(ended), absent=doubtful & pl.col("open").is_null()
    )
    parts.say(
        judged.filter(pl.col("taken").is_not_null()), "closure_not_given", 3, "cin_episodes",
        "List 6 gives only the child's latest episode, which is another one; this referral is assumed "
        "to have ended on the day shown.",
        severity="note", column="CIN Closure Date", value="taken", person="cine_person_id",
    )  # fmt: skip
    parts.say(
        judged.filter("absent"), "referral_without_episode", 3, "cin_episodes",
        "The referral went on (not NFA) but the child is not in list 6, so when it ended is not known and it "
        "counts as open.",
        person="cine_person_id",
    )  # fmt: skip
    return judged.with_columns(cine_close_date=pl.coalesce("cine_close_date", "taken")).select(merged.columns)


def _assessments(parts: Parts, episodes: pl.DataFrame) -> pl.DataFrame:
    table, day, person = "cin_assessments", "cina_assessment_start_date", "cina_person_id"
    rows = stated(parts.rows(4, table), 4, table)
    parts.dated(rows, 4, table, day)
    asked = pl.col("cina_assessment_outcome_nfa")  # the list asks for "support needed", SSD for "no action"
    rows = rows.with_columns(
        cina_assessment_outcome_nfa=pl.when(asked == "Y").then(pl.lit("N"))
        .when(asked == "N").then(pl.lit("Y")).otherwise(asked)
    )  # fmt: skip
    rows = keyed(rows, "AA-4", person, day, "cina_assessment_id")
    referrals = episodes.select(
        pl.col("cine_person_id").alias(person),
        pl.col("cine_referral_date").alias(day),
        "cine_referral_id",
        nfa=(pl.col("cine_referral_nfa") == "Y").fill_null(False),
    ).filter(pl.col(day).is_not_null())
    linked = rows.drop("cina_referral_id")
    for name, some in (("went_on", referrals.filter(~pl.col("nfa"))), ("any", referrals)):
        linked = linked.sort(day, nulls_last=True).join_asof(
            some.sort(day, "cine_referral_id").select(person, day, pl.col("cine_referral_id").alias(name)),
            on=day,
            by=person,
            strategy="backward",
            check_sortedness=False,
        )
    return linked.with_columns(cina_referral_id=pl.coalesce("went_on", "any")).select(*polars_schema(table))


def _visits(parts: Parts) -> pl.DataFrame:
    """The day a child with a child in need plan was last seen; lists 7 and 8 carry the others' visits."""
    table, day = "cin_visits", "cinv_cin_visit_date"
    rows = parts.rows(6, table).with_columns(parts.raw(6, "Case Status")["Case Status"].alias("status"))
    rows = stated(rows, 6, table)
    planned = code_expr(pl.col("status"), "case_status") == "cin_plan"
    other = rows.filter(~planned.fill_null(False))
    told_elsewhere = _told_by_others(parts)
    parts.say(
        other.filter(~told_elsewhere.fill_null(False)).with_columns(pl.col(day).cast(pl.String)),
        "visit_of_unknown_kind", 6, table,
        "The child was seen on this day, but the case status does not say on what kind of visit; it counts "
        "as none.",
        severity="note", effect="value left blank", column="Date Child Was Last Seen", value=day,
        person="cinv_person_id",
    )  # fmt: skip
    seen = rows.filter(planned).with_columns(cinv_cin_visit_seen=pl.lit("Y")).drop("status")
    seen = seen.unique(["cinv_person_id", day], keep="first", maintain_order=True)
    return keyed(seen, "AA-6V", "cinv_person_id", day, "cinv_cin_visit_id")


def _told_by_others(parts: Parts) -> pl.Expr:
    """Whether the child is in the list in which visits of the row's status are told."""
    status = code_expr(pl.col("status"), "case_status")
    there = [
        (status == name) & pl.col("cinv_person_id").is_in(parts.raw(list_no)["child"].implode())
        for name, list_no, *_ in _OWN_LISTS
    ]
    return pl.any_horizontal(there)
