"""Spells of being looked after, on a protection plan, a care leaver, in need."""

import polars as pl

from data.frames import Scan
from data.schema.open_spells import until
from fcl_tui.definitions.calendar import birthday
from fcl_tui.definitions.coverage import Coverage

SHORT_BREAKS = ("V3", "V4")
"""Legal statuses of short breaks: shown, never counted as looked after."""

NO_LONGER_ELIGIBLE = ("No Current Eligibility",)
LEFT_THE_SERVICE = ("DIED",)
ADULT_FROM, SUPPORT_UNTIL = 16, 26
"""A care leaver is aged 16 to 25: the spell runs from the 16th birthday to the 26th, that day not in it."""
NEW_PERIOD = "S"
"""Why an episode began: a new period of care."""

COLUMNS = ("person_id", "status", "start", "end", "short_break", "legal_status", "detail", "source_row")
_FAR = pl.date(9999, 12, 31)


def _known_start_or_open(start: str, end: str) -> pl.Expr:
    """A row without a start date tells nothing once it has ended; while open it still counts."""
    return pl.col(start).is_not_null() | pl.col(end).is_null()


def _legal(scan: Scan) -> pl.LazyFrame:
    """Legal statuses with an end: the stored one, else the start of the next."""
    return (
        scan("legal_status")
        .filter(pl.col("lega_person_id").is_not_null() & pl.col("lega_legal_status").is_not_null())
        .sort("lega_person_id", "lega_legal_status_start_date", "lega_legal_status_id")
        .select(
            pl.col("lega_person_id").alias("person_id"),
            pl.col("lega_legal_status").alias("legal_status"),
            pl.col("lega_legal_status_start_date").alias("legal_start"),
            pl.coalesce(
                "lega_legal_status_end_date",
                pl.col("lega_legal_status_start_date").shift(-1).over("lega_person_id"),
            ).alias("legal_end"),
        )
    )


def legal_statuses(scan: Scan) -> pl.LazyFrame:
    """Legal status spells: person_id, legal_status (code), legal_start, legal_end (null = open)."""
    return _legal(scan)


_EPISODE_ORDER = ("person_id", "start", "end", "episode", "source_row")
_STRETCH = ("person_id", "start", "end")


def _in_order(episodes: pl.LazyFrame) -> pl.LazyFrame:
    return episodes.sort(*_EPISODE_ORDER, nulls_last=[False, False, True, False, False])


def _episodes(scan: Scan) -> pl.LazyFrame:
    """Care episodes with an end: the stored one, else the start of the next that is open."""
    person = "person_id"
    return _in_order(
        scan("cla_episodes")
        .select(
            pl.col("clae_person_id").alias(person),
            pl.coalesce("clae_cla_episode_start_date", "clae_entered_care_date").alias("start"),
            pl.col("clae_cla_episode_ceased_date").alias("end"),
            pl.col("clae_cla_episode_ceased_reason").alias("reason"),
            pl.col("clae_cla_episode_start_reason").alias("begun"),
            pl.col("clae_entered_care_date").alias("entered"),
            pl.col("clae_cla_id").alias("cla_id"),
            pl.col("clae_cla_episode_id").alias("episode"),
            "source_row",
        )
        .filter(pl.col(person).is_not_null() & _known_start_or_open("start", "end"))
    ).with_columns(end=until("start", "end", person))


def _with_legal(stretches: pl.LazyFrame, scan: Scan) -> pl.LazyFrame:
    """Stretches of time, each beside every legal status that was in force within it."""
    begins_in_time = pl.col("end").is_null() | (pl.col("legal_start") < pl.col("end"))
    ends_in_time = pl.col("start").is_null() | (pl.col("legal_end") > pl.col("start"))
    return stretches.join(_legal(scan), on="person_id", how="inner").filter(
        pl.col("legal_start").is_null() | begins_in_time, pl.col("legal_end").is_null() | ends_in_time
    )


def _judged(legal: pl.LazyFrame, by: tuple[str, ...]) -> pl.LazyFrame:
    """Whether all of the legal statuses are short breaks, and which is the latest."""
    return (
        legal.sort(*by, "legal_start", "legal_status")
        .group_by(by, maintain_order=True)
        .agg(
            short_break=pl.col("legal_status").is_in(SHORT_BREAKS).all(),
            legal_status=pl.col("legal_status").last(),
        )
    )


def _by_day(scan: Scan) -> pl.LazyFrame:
    """Care episodes cut where the legal status changes, and whether each piece is a short break.

    A short break is a piece on whose days every legal status in force is V3 or V4. Of days on which none is
    in force all those of the episode decide, as a source may hold the latest only.
    """
    episodes = _episodes(scan)
    stretches = episodes.select(_STRETCH).unique()
    whole = _with_legal(stretches, scan)
    inside = (pl.col("cut") > pl.col("start")).fill_null(value=True) & (
        pl.col("cut") < pl.col("end")
    ).fill_null(value=True)
    cuts = [
        whole.select(*_STRETCH, cut=name).filter(pl.col("cut").is_not_null() & inside)
        for name in ("legal_start", "legal_end")
    ]
    first = stretches.with_columns(cut="start")
    pieces = (
        pl.concat([first, *cuts])
        .unique()
        .sort(*_STRETCH, "cut", nulls_last=False)
        .with_columns(
            piece_end=pl.coalesce(pl.col("cut").shift(-1).over(_STRETCH), "end"),
        )
    )
    of_day = _judged(
        whole.join(pieces.select(*_STRETCH, "cut"), on=_STRETCH, how="inner", nulls_equal=True).filter(
            (pl.col("legal_start") <= pl.col("cut")).fill_null(pl.col("legal_start").is_null()),
            pl.col("legal_end").is_null() | (pl.col("legal_end") > pl.col("cut")).fill_null(value=True),
        ),
        (*_STRETCH, "cut"),
    )
    of_all = _judged(whole, _STRETCH)
    cut = (
        episodes.join(pieces, on=_STRETCH, how="left", nulls_equal=True)
        .join(of_day, on=(*_STRETCH, "cut"), how="left", nulls_equal=True)
        .join(of_all, on=_STRETCH, how="left", nulls_equal=True, suffix="_of_all")
        .with_columns(
            start="cut",
            end="piece_end",
            short_break=pl.coalesce("short_break", "short_break_of_all").fill_null(value=False),
            legal_status=pl.coalesce("legal_status", "legal_status_of_all"),
        )
    )
    return _in_order(cut)


def _looked_after(scan: Scan) -> pl.LazyFrame:
    """Periods of care: episodes that follow one another without a day between, days of short breaks apart."""
    person = "person_id"
    before = pl.col("end").fill_null(_FAR).cum_max().shift(1).over(person)
    apart = pl.col("start") > before.dt.offset_by("1d")
    another = (pl.col("cla_id") != pl.col("cla_id").shift(1).over(person)) & (
        pl.col("reason").shift(1).over(person).fill_null("") != "X1"
    )
    changed = pl.col("short_break") != pl.col("short_break").shift(1).over(person)
    first = pl.col(person).cum_count().over(person) == 1
    period = (
        first | apart.fill_null(value=False) | another.fill_null(value=False) | changed.fill_null(value=False)
    ).cum_sum()
    return (
        _by_day(scan)
        .with_columns(period=period)
        .group_by(person, "period", maintain_order=True)
        .agg(
            start=pl.col("start").min(),
            end=pl.when(pl.col("end").is_null().any()).then(None).otherwise(pl.col("end").max()),
            short_break=pl.col("short_break").first(),
            legal_status=pl.col("legal_status").sort_by("end", nulls_last=True, maintain_order=True).last(),
            detail=pl.col("cla_id").last(),
            source_row=pl.col("source_row").first(),
        )
        .select(person, pl.lit("looked_after").alias("status"), *COLUMNS[2:])
    )


def _plain(
    frame: pl.LazyFrame, status: str, person: str, *, start: pl.Expr, end: pl.Expr, detail: pl.Expr
) -> pl.LazyFrame:
    return frame.filter(pl.col(person).is_not_null()).select(
        pl.col(person).alias("person_id"),
        pl.lit(status).alias("status"),
        start.alias("start"),
        end.alias("end"),
        pl.lit(value=False).alias("short_break"),
        pl.lit(None, pl.String).alias("legal_status"),
        detail.alias("detail"),
        "source_row",
    )


def _child_protection(scan: Scan) -> pl.LazyFrame:
    start, end = "cppl_cp_plan_start_date", "cppl_cp_plan_end_date"
    plans = scan("cp_plans").filter(
        pl.col("cppl_cp_plan_ola").fill_null("N") != "Y", _known_start_or_open(start, end)
    )
    category = pl.coalesce("cppl_cp_plan_latest_category", "cppl_cp_plan_initial_category")
    return _plain(
        plans, "child_protection", "cppl_person_id", start=pl.col(start), end=pl.col(end), detail=category
    )


def _child_in_need(scan: Scan) -> pl.LazyFrame:
    start, end = "cine_referral_date", "cine_close_date"
    referrals = scan("cin_episodes").filter(
        pl.col("cine_referral_nfa").fill_null("N") != "Y", _known_start_or_open(start, end)
    )
    return _plain(
        referrals,
        "child_in_need",
        "cine_person_id",
        start=pl.col(start),
        end=pl.col(end),
        detail=pl.col("cine_cin_primary_need_code"),
    )


def leaver_since(scan: Scan) -> pl.LazyFrame:
    """The first day on which a young person with a leaving care record can have been a care leaver.

    The record has no date of its own: it says how things are in the data loaded. Nobody is a care leaver
    before the sixteenth birthday, nor before first entering care (short breaks apart). Where the source
    does not hold the beginning of care, the birthday alone counts.

    Returns:
        person_id (unique; everyone with a leaving care record), since (Date; null when neither is known),
        entered (Date; first entering care, null when not known).
    """
    whose = scan("care_leavers").select(person_id="clea_person_id").drop_nulls().unique()

    def theirs(name: str) -> pl.LazyFrame:
        keys = {"cla_episodes": "clae_person_id", "legal_status": "lega_person_id"}
        return scan(name).join(whose, left_on=keys[name], right_on="person_id", how="semi")

    new = pl.col("begun").fill_null(NEW_PERIOD) == NEW_PERIOD
    entered = (
        _by_day(theirs)
        .filter(~pl.col("short_break"))
        .group_by("person_id", maintain_order=True)
        .agg(entered=pl.coalesce("entered", pl.when(new).then("start")).first())
    )
    born = (
        scan("person")
        .select(person_id="pers_person_id", dob="pers_dob")
        .unique("person_id", keep="first", maintain_order=True)
    )
    return (
        whose.join(entered, on="person_id", how="left")
        .join(born, on="person_id", how="left")
        .select(
            "person_id", "entered", since=pl.max_horizontal(birthday(pl.col("dob"), ADULT_FROM), "entered")
        )
    )


def _care_leaver(scan: Scan) -> pl.LazyFrame:
    eligibility, touch = pl.col("clea_care_leaver_eligibility"), pl.col("clea_care_leaver_in_touch")
    carried = Coverage.read(scan).has("care_leavers", "clea_care_leaver_eligibility")
    told = eligibility.is_not_null() | pl.lit(not carried)
    born = (
        scan("person")
        .select("pers_person_id", "pers_dob")
        .unique("pers_person_id", keep="first", maintain_order=True)
    )
    young = (
        scan("care_leavers")
        .filter(
            told & ~eligibility.fill_null("").is_in(NO_LONGER_ELIGIBLE),
            ~touch.fill_null("").is_in(LEFT_THE_SERVICE),
        )
        .join(born, left_on="clea_person_id", right_on="pers_person_id", how="left")
        .join(leaver_since(scan), left_on="clea_person_id", right_on="person_id", how="left")
    )
    dob = pl.col("pers_dob")
    return _plain(
        young,
        "care_leaver",
        "clea_person_id",
        start=pl.col("since"),
        end=birthday(dob, SUPPORT_UNTIL),
        detail=eligibility,
    )


def statuses(scan: Scan) -> pl.LazyFrame:
    """Every spell of every status, the whole history, independent of the as-at day.

    Looked after: care episodes that follow one another (a new period of care number starts a new spell unless
    the episode before ended X1), each open until it has ended; days on which every legal status is V3 or V4
    are a spell of their own with short_break true. Child protection: plans, those held for another authority
    left out. Care leaver: an eligible category (any record, where the source cannot carry eligibility), not
    died, aged 16 to 25, and not before first entering care (`leaver_since`). Child in need: a referral not
    ended in no further action. A death ends every spell.

    Returns:
        one row per spell: person_id, status (looked_after, child_protection, care_leaver, child_in_need),
        start (Date, null = not known), end (Date, null = open), short_break (Boolean), legal_status (code,
        looked after only), detail (period of care number, category of abuse, eligibility, primary need:
        codes), source_row; sorted by person_id, start.
    """
    died = (
        scan("person")
        .filter(pl.col("pers_death_date").is_not_null())
        .select(pl.col("pers_person_id").alias("person_id"), "pers_death_date")
        .unique("person_id", keep="first", maintain_order=True)
    )
    spells = pl.concat(
        [_looked_after(scan), _child_protection(scan), _care_leaver(scan), _child_in_need(scan)]
    )
    return (
        spells.join(died, on="person_id", how="left")
        .with_columns(end=pl.min_horizontal("end", "pers_death_date"))
        .select(COLUMNS)
        .sort("person_id", "start", "status", "source_row")
    )
