"""Merge several sources into one table: which wins, what later ones may add, and the issues raised.

Children are the same by the authority's number. A child that only one source has comes from that source.
Where an earlier source already speaks of the child in a table, three things can happen to a later one's row:

- *Something that happened on a day* (a visit, a review, a check: `HAPPENED`). The same child and day (and
  kind, where a table has kinds) is the same thing: it is counted once, and the later row is held. A day
  that the earlier source does not have is a thing it does not know: the row is kept, since a visit that was
  made and is left out makes a child look unseen. Each such row is told, and told louder when the earlier
  source has one within `NEAR` days: that may be one visit, dated differently, counted twice.
  A child in need visit on a day on which an earlier source has a visit of another kind is that visit
  (see `data.merging.visits`).
- *A stretch of time* (a plan, an episode, a placement: `BEGAN`). Sources divide the same history
  differently, so stretches of two sources side by side would overlap and be counted twice: the earlier
  source's stand alone, and the later rows are held. One that begins on a day on which none of the earlier
  source's does is told as a warning: it may be missing there.
- *Anything else* (an address, a disability, a worker): the earlier source's stand alone.

Of rows that are the same, fields that differ are told; what the earlier source says is used. Texts differ
when they do so in more than case, accents and punctuation. Beside people only what has one way of being
written is compared (dates, codes, figures), and care episodes not at all: where one source ends an episode
at each change, another may end it with the period of care.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from data.issues.rows import Hold, issues_of
from data.merging.duplicates import repeated
from data.merging.visits import UNSPECIFIC, not_elsewhere
from data.partition import ranges
from data.schema.tables import PROVENANCE, fields, key_of, person_of, polars_schema
from data.text import fold

HAPPENED: dict[str, tuple[str, ...]] = {
    "contacts": ("cont_contact_date",),
    "cin_visits": ("cinv_cin_visit_date",),
    "initial_cp_conference": ("icpc_icpc_date",),
    "cp_visits": ("cppv_cp_visit_date",),
    "cp_reviews": ("cppr_cp_review_date",),
    "cla_convictions": ("clac_cla_conviction_date",),
    "cla_health": ("clah_health_check_date", "clah_health_check_type"),
    "cla_substance_misuse": ("clas_substance_misuse_date",),
    "cla_reviews": ("clar_cla_review_date",),
    "cla_visits": ("clav_cla_visit_date",),
    "sdq_scores": ("csdq_sdq_completed_date",),
}
"""The day, and the kind where there are kinds, of what happened on one day."""

BEGAN: dict[str, tuple[str, ...]] = {
    "early_help_episodes": ("earl_episode_start_date",),
    "cin_episodes": ("cine_referral_date",),
    "cin_assessments": ("cina_assessment_start_date",),
    "cin_plans": ("cinp_cin_plan_start_date",),
    "s47_enquiry": ("s47e_s47_start_date",),
    "cp_plans": ("cppl_cp_plan_start_date",),
    "cla_episodes": ("clae_cla_episode_start_date",),
    "cla_placement": ("clap_cla_placement_start_date",),
    "legal_status": ("lega_legal_status_start_date",),
    "missing": ("miss_missing_episode_start_date",),
}
"""The day on which a stretch of time began."""

SHARED_KEYS = ("s47_enquiry",)
"""Siblings in one enquiry may share its number."""

NEAR = 3
"""Calendar days within which two sources may mean one visit."""

_DAY = "%d/%m/%Y"


def merged(table: str, frames: Sequence[pl.LazyFrame], told: list[pl.DataFrame]) -> pl.LazyFrame:
    """One row per key: each field from the first row that has it; where later rows differ, an issue.

    The issue is of the row that differs and its value; it names the row that is believed and what it says.
    """
    key = key_of(table)
    frame = pl.concat(frames)
    twice = pl.col(key).is_in(repeated(frame, key).implode())
    several = frame.filter(twice).collect()
    if several.is_empty():
        return frame
    content = [name for name in polars_schema(table, provenance=False) if name != key]
    first = several.group_by(key, maintain_order=True).agg(
        *(pl.col(name).drop_nulls().first() for name in content),
        *(pl.col(name).first() for name in PROVENANCE),
    )
    for name in content:
        believed = several.filter(pl.col(name).is_not_null()).unique(key, keep="first", maintain_order=True)
        _tell_differences(table, several, believed, [key], [name], told)
    return pl.concat([frame.filter(~twice), first.select(several.columns).lazy()])


def _tell_differences(
    table: str,
    rows: pl.DataFrame,
    believed: pl.DataFrame,
    same_by: Sequence[str],
    content: Sequence[str],
    told: list[pl.DataFrame],
) -> None:
    """Say where rows differ from those that are believed: one issue a field."""
    both = rows.join(believed, on=same_by, how="inner", suffix="_kept", maintain_order="left")
    for name in content:
        one, other = pl.col(name), pl.col(f"{name}_kept")
        text = both.schema[name] == pl.String
        if isinstance(both.schema[name], pl.Datetime):  # some sources know the day only
            one, other = one.dt.date(), other.dt.date()
        differ = both.filter(fold(one) != fold(other) if text else one != other)
        if differ.is_empty():
            continue
        dated = differ.schema[name].is_temporal()
        said = other.dt.strftime(_DAY) if dated else other.cast(pl.String)
        reason = pl.concat_str(
            pl.lit("Another value is used, as its source or row comes first: "),
            said,
            pl.lit(", from "),
            pl.col("source_kept"),
            pl.lit(" ("),
            pl.col("source_row_kept"),
            pl.lit("). Find out which is right and correct the other."),
        )
        told.append(
            issues_of(
                differ, table, "sources_disagree", "warning", effect="another value used", reason=reason,
                column=name, value=pl.col(name),
            )
        )  # fmt: skip


def beside(
    table: str,
    frames: Sequence[pl.LazyFrame],
    hold: Hold,
    told: list[pl.DataFrame],
    elsewhere: Sequence[pl.LazyFrame] = (),
) -> pl.LazyFrame:
    """The rows of the first source, and of each later one what it may add.

    Args:
        elsewhere: for child in need visits, each source's `days_elsewhere`.
    """
    person, key = person_of(table), key_of(table)
    kept = list(frames[:1])
    for number, frame in enumerate(frames[1:], start=1):
        if table == UNSPECIFIC and elsewhere:
            frame = not_elsewhere(frame, pl.concat(elsewhere[:number]), hold)  # noqa: PLW2901
        before, rest = pl.concat(kept), frame
        if person is not None:
            children = before.select(person).drop_nulls().unique()
            added = []
            for part in ranges(frame, person):  # memory holds some children's rows at a time
                theirs = frame.filter(part).join(children, on=person, how="semi").collect()
                if len(theirs):
                    earlier = before.filter(part).join(theirs.lazy().select(person), on=person, how="semi")
                    added.append(_added(table, person, theirs, earlier.collect(), hold, told).lazy())
            rest = pl.concat([frame.join(children, on=person, how="anti"), *added])
        same = [key, person] if person is not None and table in SHARED_KEYS else [key]
        numbers = before.select(same).drop_nulls().unique()
        over = rest.join(numbers, on=same, how="semi").collect()
        if len(over):
            hold(
                over,
                "superseded",
                "warning",
                "An earlier source has another row with the same number in this table; that is used. If they "
                "are two, give one another number.",
            )
            rest = rest.join(numbers, on=same, how="anti")
        kept.append(rest)
    return pl.concat(kept)


def _added(
    table: str, person: str, theirs: pl.DataFrame, earlier: pl.DataFrame, hold: Hold, told: list[pl.DataFrame]
) -> pl.DataFrame:
    """Of a later source's rows of children the earlier ones have in this table, those that are used."""
    marks = HAPPENED.get(table, BEGAN.get(table, ()))
    if not marks:
        reason = "An earlier source has rows of this table for the same child; those are used."
        hold(theirs, "superseded", "note", reason)
        return theirs.clear()
    same_by = [person, *(f"_{name}" for name in marks)]
    theirs, earlier = (_marked(frame, marks) for frame in (theirs, earlier))
    once = earlier.unique(same_by, keep="first", maintain_order=True)
    again = theirs.join(once, on=same_by, how="semi", maintain_order="left")
    hold(
        again,
        "superseded",
        "note",
        "An earlier source has the same for this child on this day; that is counted, and this row is not.",
    )
    alone = earlier.filter(earlier.select(same_by).is_unique())  # of several, which is meant cannot be told
    _tell_differences(table, again, alone, same_by, _facts(table, marks), told)
    others = theirs.join(once, on=same_by, how="anti", maintain_order="left")
    day = pl.col(f"_{marks[0]}")
    dated = others.filter(day.is_not_null())
    if table in BEGAN:
        reason = (
            "An earlier source has this child in this table, but nothing that begins on this day; its rows "
            "are used and this one is not. If this one is right, add it to the earlier source."
        )
        hold(dated, "superseded", "warning", reason)
    reason = (
        "It has no date, and an earlier source has rows of this table for the same child; those are used."
    )
    hold(others.filter(day.is_null()), "superseded", "note", reason)
    if table in BEGAN:
        return theirs.clear().select(_plain(theirs))
    _tell_added(table, person, dated, earlier, day, told)
    return dated.select(_plain(dated))


def _marked(frame: pl.DataFrame, marks: Sequence[str]) -> pl.DataFrame:
    """The frame with what rows are the same by, times of day left off."""
    return frame.with_columns(
        pl.col(name).cast(pl.Date).alias(f"_{name}")
        if frame.schema[name].is_temporal()
        else pl.col(name).fill_null("").alias(f"_{name}")
        for name in marks
    )


def _plain(frame: pl.DataFrame) -> list[str]:
    return [name for name in frame.columns if not name.startswith("_")]


def _facts(table: str, marks: Sequence[str]) -> list[str]:
    """Dates, codes and figures; not numbers and links, which each source makes itself."""
    if table == "cla_episodes":
        return []
    return [
        field.name
        for field in fields(table)
        if (field.kind != "string" or field.code_list)
        and not field.primary_key
        and not field.foreign_key
        and field.name not in marks
    ]


def _tell_added(
    table: str, person: str, rows: pl.DataFrame, earlier: pl.DataFrame, day: pl.Expr, told: list[pl.DataFrame]
) -> None:
    """Say which rows are added, and which of them stand near one of an earlier source."""
    column = day.meta.output_name().removeprefix("_")
    own = ["source", "source_row", person]
    close = (
        rows.join(
            earlier.select(person, _other=day, _from="source", _at="source_row"), on=person, how="inner"
        )
        .with_columns(_apart=(day - pl.col("_other")).dt.total_days().abs())
        .filter(pl.col("_apart") <= NEAR)
        .sort(*own, "_apart", "_other", "_at")
        .unique(own, keep="first", maintain_order=True)
    )
    reason = pl.concat_str(
        pl.lit("It is kept, and an earlier source has one on "),
        pl.col("_other").dt.strftime(_DAY),
        pl.lit(" ("),
        pl.col("_from"),
        pl.lit(", "),
        pl.col("_at"),
        pl.lit("). If both are the same, correct the date in one of them: it is counted twice."),
    )
    told.append(
        issues_of(
            close, table, "near_another_source", "warning", effect="kept", reason=reason, column=column,
            value=day,
        )
    )  # fmt: skip
    reason_ = (
        "An earlier source has this child in this table and nothing on this day, so this row is added to it."
    )
    told.append(
        issues_of(
            rows.join(close.select(own), on=own, how="anti"), table, "added_by_later_source", "note",
            effect="kept", reason=reason_, column=column, value=day,
        )
    )  # fmt: skip
