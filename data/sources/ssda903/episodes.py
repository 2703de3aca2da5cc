"""Episodes as they follow one another: periods of care, placements and legal statuses are runs of them.

A return often tells only the episodes of its year. Where the first it has does not start a period of care
(RNE is not S), the day that began is not known and is left blank; the same holds for a placement (RNE L) and
for a legal status (RNE P or T).
"""

from __future__ import annotations

import polars as pl

from data.schema.open_spells import until
from data.sources.annex_a.parts import key
from data.sources.ssda903.parts import Parts

SHORT_BREAKS = ("V3", "V4")
STARTS_CARE, KEEPS_PLACEMENT = "S", "L"
MOVES = ("S", "P", "T", "B", "U")
CHANGES_LEGAL_STATUS = ("S", "L", "B", "U")
ANOTHER_FOLLOWS = "X1"
FAR = pl.date(9999, 12, 31)
_CHILD, _START, _END = "clae_person_id", "clae_cla_episode_start_date", "clae_cla_episode_ceased_date"
_WHY, _WHY_ENDED = "clae_cla_episode_start_reason", "clae_cla_episode_ceased_reason"


def episodes(parts: Parts) -> pl.DataFrame:
    """Every episode with its period of care, placement and legal status.

    The columns of cla_episodes, legal_status (lega_legal_status) and cla_placement, by child and day, and
        period (String: its number), care_from (Date: null where not known), first (Date: the first day that
        is known), last (Date: null while open), over (Date: the end of the episode; of one without an end the
        start of the child's next without an end, null while open),
        placement (String: its number), placement_from (Date: null where not known),
        status (String: a number for the run of one legal status), status_from (Date: null where not known).
    Rows without a start are in no period.
    """
    frame = pl.concat(
        [
            parts.rows("episodes", "cla_episodes"),
            parts.rows("episodes", "legal_status").drop("source", "source_row"),
            parts.rows("episodes", "cla_placement").drop("source", "source_row"),
            parts.raw("episodes").select("year"),
        ],
        how="horizontal",
    )
    ceased = pl.col(_END).is_not_null()
    parts.say(
        frame.filter(~ceased, pl.col(_WHY_ENDED).is_not_null()), "reason_without_end", "cla_episodes",
        "The episode has a reason for its end (REC) and no end (DEC), so the reason was left out.",
        effect="value left blank", column="REC", value=pl.col(_WHY_ENDED),
    )  # fmt: skip
    parts.dated(frame, "cla_episodes", _START, "DECOM")
    frame = frame.with_columns(pl.when(ceased).then(_WHY_ENDED).alias(_WHY_ENDED))
    dated = frame.filter(pl.col(_START).is_not_null()).sort(
        _CHILD,
        _START,
        _END,
        _WHY,
        "lega_legal_status",
        "clap_cla_placement_type",
        "source_row",
        nulls_last=True,
    )
    dated = _statuses(_placements(_periods(dated)))
    _say(parts, dated)
    return pl.concat([dated, frame.filter(pl.col(_START).is_null())], how="diagonal")


def _before(column: str) -> pl.Expr:
    """The value of the child's episode before."""
    return pl.col(column).shift().over(_CHILD)


def ended(of: str = "over") -> pl.Expr:
    """When episodes together are over: the latest end; null while one of them is open."""
    return pl.when(pl.col(of).is_not_null().all()).then(pl.col(of).max())


def _periods(frame: pl.DataFrame) -> pl.DataFrame:
    frame = frame.with_columns(over=until(_START, _END, _CHILD))
    first = pl.int_range(pl.len()).over(_CHILD) == 0
    latest = pl.coalesce("over", FAR).cum_max().shift().over(_CHILD)
    gap = (latest < pl.col(_START)).fill_null(False)
    begins = (pl.col(_WHY) == STARTS_CARE) & (_before(_START) != pl.col(_START))
    really_ended = gap & (_before(_WHY_ENDED) != ANOTHER_FOLLOWS).fill_null(True)
    frame = frame.with_columns(
        run=(first | gap | begins.fill_null(False)).cum_sum(),
        known=(pl.col(_WHY) == STARTS_CARE).fill_null(False) | really_ended,
    )
    return frame.with_columns(
        first=pl.col(_START).first().over("run"),
        last=ended().over("run"),
        care_from=pl.when(pl.col("known").first().over("run")).then(pl.col(_START).first().over("run")),
        whole=pl.col("known").first().over("run"),
        opens=pl.int_range(pl.len()).over("run") == 0,
    ).with_columns(period=key("903-C", _CHILD, "first"))


def _placements(frame: pl.DataFrame) -> pl.DataFrame:
    """A placement goes on over an episode that begins for its legal status alone."""
    place = ("clap_cla_placement_type", "clap_cla_placement_urn", "clap_cla_placement_postcode")
    same = pl.all_horizontal(pl.col(name).eq_missing(_before(name)) for name in place)
    stays = (pl.col(_WHY) == KEEPS_PLACEMENT) | (pl.col(_WHY).is_null() & same)
    frame = frame.with_columns(stay=(pl.col("opens") | ~stays.fill_null(False)).cum_sum())
    begun = pl.col(_WHY).is_in(MOVES).fill_null(False) | ~pl.col("opens") | pl.col("whole")
    return frame.with_columns(
        placement_first=pl.col(_START).first().over("stay"),
        placement_from=pl.when(begun.first().over("stay")).then(pl.col(_START).first().over("stay")),
    ).with_columns(placement=_told_apart("903-P", "placement_first", "stay"))


def _statuses(frame: pl.DataFrame) -> pl.DataFrame:
    """A legal status goes on while episode after episode of the period has it.

    Of short breaks it matters only that they are, so they stand from the first day that is known.
    """
    legal = pl.col("lega_legal_status")
    frame = frame.with_columns(
        status_run=(pl.col("opens") | legal.ne_missing(_before("lega_legal_status"))).cum_sum()
    )
    begun = pl.col(_WHY).is_in(CHANGES_LEGAL_STATUS).fill_null(False) | ~pl.col("opens") | pl.col("whole")
    begun = begun | legal.is_in(SHORT_BREAKS).fill_null(False)
    return frame.with_columns(
        status_first=pl.col(_START).first().over("status_run"),
        status_from=pl.when(begun.first().over("status_run")).then(pl.col(_START).first().over("status_run")),
    ).with_columns(status=_told_apart("903-L", "status_first", "status_run"))


def _told_apart(prefix: str, day: str, run: str) -> pl.Expr:
    """A number made of child and day; of several runs that begin on one day the later get "-2", "-3"."""
    count = pl.col(run).rank("dense").over(_CHILD, day)
    made = key(prefix, _CHILD, day)
    return pl.when(count == 1).then(made).otherwise(pl.format("{}-{}", made, count))


def _say(parts: Parts, frame: pl.DataFrame) -> None:
    """What cannot be right, or is not known, about how episodes follow one another."""
    table, day = "cla_episodes", pl.col(_START)
    following = pl.col(_START).shift(-1).over("run")
    left_open = pl.col(_END).is_null() & following.is_not_null()
    broken_off = (pl.col(_WHY_ENDED) == ANOTHER_FOLLOWS) & following.is_null()
    overlaps = (pl.col(_END) > following).fill_null(False)
    twice = pl.struct(_CHILD, _START).is_duplicated()
    left_behind = pl.col(_END).is_null() & following.is_null() & (pl.col("year") < pl.col("year").max())
    unknown_start = pl.col("opens") & pl.col("care_from").is_null()
    unknown_stay = pl.col("placement_from").is_null() & pl.col("opens")
    unknown_status = (
        pl.col("status_from").is_null() & pl.col("opens") & pl.col("lega_legal_status").is_not_null()
    )
    for condition, rule, column, reason in (
        (left_open, "episode_left_open", "DEC",
         "A later episode of this child is there, and this one has no end (DEC); correct it in the source."),
        (broken_off, "no_next_episode", "REC",
         "The episode ended because another starts the same day (X1), and no such episode is there, so the "
         "child seems not to be looked after from then on; look for the missing episode."),
        (left_behind, "open_in_earlier_year", "DEC",
         "The episode was open in an earlier year's return and is not in the latest one, so the child seems "
         "to be looked after still; check whether it ended or was returned with another start."),
        (overlaps, "episodes_overlap", "DEC", "It ends after the child's next one has begun; correct one."),
        (twice, "same_start", "DECOM",
         "Two different episodes of the child start on this day; both are used, correct one."),
        (unknown_start, "care_began_earlier", "DECOM",
         "The first episode that is there does not start a period of care (RNE is not S), so the day care "
         "began is not known; load earlier years' returns with this one."),
        (unknown_stay, "placement_began_earlier", "DECOM",
         "The first episode that is there changed the legal status alone (RNE L), so the day the placement "
         "began is not known, and nothing that counts from it can be given."),
        (unknown_status, "status_began_earlier", "DECOM",
         "The first episode that is there changed the placement alone (RNE P or T), so the day the legal "
         "status began is not known, and nothing that counts from it can be given."),
    ):  # fmt: skip
        parts.say(frame.with_columns(at=day).filter(condition), rule, table, reason, column=column, value=day)
