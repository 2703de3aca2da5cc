"""The children looked after on each day, with the episode, legal status and placement in force then."""

import polars as pl

from data.frames import Scan, collect
from data.schema.open_spells import until
from fcl_tui.definitions.care_periods import legal_statuses
from fcl_tui.definitions.days.calendar import birthday
from fcl_tui.definitions.days.spells import open_on
from fcl_tui.definitions.wording.bands import LENGTHS, NOT_RECORDED
from fcl_tui.records.over_time.people import with_holder, with_person

ADULT = 18
LEGAL = {
    "Interim care order": ("C1",),
    "Full care order": ("C2",),
    "Freeing order": ("D1",),
    "Placement order": ("E1",),
    "Section 20": ("V2",),
    "Detained for protection": ("L1", "L2", "L3"),
    "Youth justice": ("J1", "J2", "J3"),
}
PLACED = {
    "Foster care": ("U1", "U2", "U3", "U4", "U5", "U6"),
    "Placed for adoption": ("A3", "A4", "A5", "A6"),
    "With parents": ("P1",),
    "Secure and children's homes": ("K1", "K2"),
    "Supported accommodation, independent": ("P2", "H5", "K3"),
    "Residential school": ("S1",),
    "Other residential": ("R1", "R2", "R3", "R4", "R5", "P3"),
    "Other": ("Z1", "Z11", "Z12", "Z13", "Z14"),
    "Temporary": ("T0", "T1", "T2", "T3", "T4"),
}
"""Groups of the national tables; they have no group for temporary placements, which are shown apart."""
NEEDS = {
    "N1": "Abuse or neglect", "N2": "Child's disability", "N3": "Parental illness or disability",
    "N4": "Family in acute stress", "N5": "Family dysfunction", "N6": "Socially unacceptable behaviour",
    "N7": "Low income", "N8": "Absent parenting", "N9": "Not in need", "N0": "Not stated",
}  # fmt: skip
PROVIDERS = {
    "PR0": "Parents", "PR1": "Own provision", "PR2": "Another authority", "PR3": "Other public",
    "PR4": "Private", "PR5": "Voluntary",
}  # fmt: skip
_CHILD = ["person_id", "day"]


def _of_group(groups: dict[str, tuple[str, ...]]) -> dict[str, str]:
    return {code: group for group, codes in groups.items() for code in codes}


def in_care(scan: Scan, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per day and child looked after on it, under 18; a child without a birth date is in it.

    Short breaks (every legal status in force V3 or V4) are not looked after.

    Args:
        days: day, first, last (`definitions.days.asked`).

    Returns:
        day, first, last, person_id (unique per day), since (Date: when this unbroken time in care began;
        null when not known), twelve_months (Boolean: unbroken from 12 months before the day).

    Source: SSDA903 guidance; Annex A list 8.
    """
    spells = (
        scan("statuses")
        .filter(pl.col("status") == "looked_after", ~pl.col("short_break"))
        .select("person_id", "start", "end")
        .join(scan("people").select("person_id", "date_of_birth"), on="person_id", how="left")
    )
    adult = birthday(pl.col("date_of_birth"), ADULT) <= pl.col("day")
    return (
        days.join(spells, how="cross")
        .filter(open_on(pl.col("day")), ~adult.fill_null(value=False))
        .sort("day", "person_id", "start", descending=[False, False, True], nulls_last=True)
        .unique(_CHILD, keep="first", maintain_order=True)
        .select("day", "first", "last", "person_id", since="start")
        .with_columns(
            twelve_months=(pl.col("since") <= pl.col("day").dt.offset_by("-12mo")).fill_null(value=True)
        )
    )


def _episode_on(rows: pl.LazyFrame, scan: Scan) -> pl.LazyFrame:
    """person_id, day (unique), need, entered: of the latest begun episode open on the day."""
    start = pl.coalesce("clae_cla_episode_start_date", "clae_entered_care_date")
    episodes = (
        scan("cla_episodes")
        .select(
            person_id="clae_person_id",
            _from=start,
            _end="clae_cla_episode_ceased_date",
            need="clae_cla_primary_need_code",
            entered="clae_entered_care_date",
            _key="clae_cla_episode_id",
        )
        .drop_nulls("person_id")
        .sort("person_id", "_from", "_end", "_key", nulls_last=[False, False, True, False])
        .with_columns(_until=until("_from", "_end", "person_id"))
    )
    return _latest(rows, episodes).select(*_CHILD, "need", "entered")


def placement_on(rows: pl.LazyFrame, scan: Scan) -> pl.LazyFrame:
    """person_id, day (unique) and the latest begun placement open on the day."""
    places = scan("cla_placement").select(
        person_id="clap_person_id",
        _from="clap_cla_placement_start_date",
        _until="clap_cla_placement_end_date",
        _key="clap_cla_placement_id",
        placement_type="clap_cla_placement_type",
        provider_code="clap_cla_placement_provider",
        miles="clap_cla_placement_distance",
    )
    return _latest(rows, places).select(*_CHILD, "placement_type", "provider_code", "miles", placed="_from")


def _legal_on(rows: pl.LazyFrame, scan: Scan) -> pl.LazyFrame:
    """person_id, day (unique), legal_code, legal_since: the latest begun legal status in force on the day."""
    spells = legal_statuses(scan).select(
        "person_id", _from="legal_start", _until="legal_end", _key="legal_status", legal_code="legal_status"
    )
    return _latest(rows, spells).select(*_CHILD, "legal_code", legal_since="_from")


def _latest(rows: pl.LazyFrame, spells: pl.LazyFrame) -> pl.LazyFrame:
    """Of the spells open on each row's day (_from, _until) the latest begun: one per person_id and day."""
    return (
        rows.select(_CHILD)
        .join(spells, on="person_id", how="inner")
        .filter(open_on(pl.col("day"), "_from", "_until"))
        .sort("person_id", "day", "_from", "_key", descending=[False, False, True, True], nulls_last=True)
        .unique(_CHILD, keep="first", maintain_order=True)
    )


def length() -> pl.Expr:
    """How long in care on the day (String, of LENGTHS), from `entered`; months and years of the calendar."""
    entered, day = pl.col("entered"), pl.col("day")
    band = pl.lit(LENGTHS[5])
    for months, name in zip((60, 24, 12, 6, 1), reversed(LENGTHS[:5]), strict=True):
        under = entered > day.dt.offset_by(f"-{months}mo")
        band = pl.when(under).then(pl.lit(name)).otherwise(band)
    return pl.when(entered.is_null()).then(pl.lit(LENGTHS[-1])).otherwise(band)


def children(scan: Scan, days: pl.LazyFrame) -> pl.LazyFrame:
    """The rows of `in_care`, with the columns of `over_time.with_person` and `with_holder`."""
    return with_holder(with_person(collect(in_care(scan, days)).lazy(), scan), scan)


def placed_groups(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Add placement and provider (groups in words, "Not recorded" without one) for their codes."""
    return rows.with_columns(
        placement=pl.col("placement_type").replace_strict(_of_group(PLACED), default=NOT_RECORDED),
        provider=pl.col("provider_code").replace_strict(PROVIDERS, default=NOT_RECORDED),
    )


def rows(scan: Scan, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per day and child looked after on it, with all it can be told by.

    Returns:
        the columns of `in_care`, of `over_time.with_person` and `with_holder`; entered (Date: this period of
        care), days_in_care (Int64, calendar days), length (of LENGTHS); need, legal_status, placement,
        provider (groups in words, "Not recorded" without one), legal_code, placement_type, provider_code
        (codes), legal_since, placed (Date), miles (Float64), turns_18 (Date), adult_in_a_year (Boolean: 18
        in the 12 months after the day), adult_month (the month of it), long_legal (Boolean: the legal status
        has been in force for more than 12 months).
    """
    those = collect(in_care(scan, days)).lazy()  # joined several times below
    told = (
        with_holder(with_person(those, scan), scan)
        .join(_episode_on(those, scan), on=_CHILD, how="left")
        .join(placement_on(those, scan), on=_CHILD, how="left")
        .join(_legal_on(those, scan), on=_CHILD, how="left")
    )
    return (
        placed_groups(told)
        .with_columns(
            entered=pl.coalesce("entered", "since"),
            turns_18=birthday(pl.col("date_of_birth"), ADULT),
            need=pl.col("need").replace_strict(NEEDS, default=NOT_RECORDED),
            legal_status=pl.col("legal_code").replace_strict(_of_group(LEGAL), default=NOT_RECORDED),
        )
        .with_columns(
            days_in_care=(pl.col("day") - pl.col("entered")).dt.total_days(),
            length=length(),
            adult_in_a_year=(pl.col("turns_18") <= pl.col("day").dt.offset_by("12mo")).fill_null(value=False),
        )
        .with_columns(
            long_legal=(pl.col("legal_since") < pl.col("day").dt.offset_by("-12mo")).fill_null(value=False),
            adult_month=pl.when("adult_in_a_year").then(pl.col("turns_18").dt.strftime("%Y-%m")),
        )
    )
