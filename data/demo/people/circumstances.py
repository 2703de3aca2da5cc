"""What is known of the children besides who they are: address, disability, immigration, other numbers."""

import json

import polars as pl

from data.demo.days import Days, after
from data.demo.dice import Dice, choose, repeated
from data.demo.finish import numbered, table
from data.demo.people.names import STREETS, TOWN

_DISABILITIES = {
    "LD": 30.0,
    "AUT": 34,
    "COMM": 14,
    "MOB": 8,
    "BEH": 9,
    "PC": 5,
    "INC": 3,
    "HAND": 2,
    "VIS": 3,
    "HEAR": 3,
    "CON": 2,
    "DDA": 5,
}


def addresses(people: pl.DataFrame, dice: Dice, days: Days) -> pl.DataFrame:
    """One to three home addresses of a household, one after the other."""
    moves = choose(dice.share("moves", "household"), {"1": 62, "2": 27, "3": 11}).cast(pl.Int64)
    frame = repeated(people.with_columns(of=moves, times=moves), pl.col("times"), "nth")
    since = after(
        days.today,
        -dice.between(200, 2400, "moved", "household") // pl.col("of") * (pl.col("of") - pl.col("nth")),
    )
    first = pl.max_horizontal("born", since)
    frame = frame.with_columns(on=days.working(first)).filter(
        (pl.col("nth") == pl.col("of") - 1) | (pl.col("on") > pl.col("born"))
    )
    frame = (
        frame.filter(pl.col("on") <= days.as_at)
        .sort("child", "on", "nth")
        .unique(["child", "on"], keep="last", maintain_order=True)
    )
    frame = frame.with_columns(until=pl.col("on").shift(-1).over("child"))
    ids = ("household", "nth")
    address = json.dumps(
        {
            "ROOM": "",
            "FLOOR": "",
            "FLAT": "",
            "BUILDING": "",
            "HOUSE": "#",
            "STREET": "$",
            "TOWN": TOWN,
            "UPRN": "",
            "EASTING": "",
            "NORTHING": "",
        }
    )
    start, middle, end = address.replace("$", "#").split("#")
    frame = numbered(frame, "addr_table_id", 220_001, "on", "person")
    return table(
        "address",
        frame.with_columns(
            addr_person_id="person",
            addr_address_type=pl.lit("Home"),
            addr_address_start_date="on",
            addr_address_end_date="until",
            addr_address_postcode=pl.format(
                "SX{} {}{}",
                dice.between(1, 18, "area", *ids),
                dice.between(1, 9, "sector", *ids),
                dice.pick(["AA", "BD", "EF", "GH", "JL", "NP", "QR", "ST", "UW", "XY"], "unit", *ids),
            ),
            addr_address_json=pl.concat_str(
                pl.lit(start),
                dice.between(1, 140, "house", *ids).cast(pl.String),
                pl.lit(middle),
                dice.pick(STREETS, "street", *ids),
                pl.lit(end),
            ),
        ),
    )


def disabilities(people: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """Disabilities of disabled children, of some others, and NONE where that was asked and recorded."""
    known = pl.col("group").is_in(["disabled", "short_breaks"])
    some = dice.chance(0.07, "disabled", "child")
    count = (
        pl.when(known)
        .then(dice.between(1, 3, "disabilities", "child"))
        .when(some)
        .then(1)
        .when(dice.chance(0.45, "none", "child"))
        .then(1)
        .otherwise(0)
    )
    frame = repeated(people.with_columns(given=known | some), count, "nth")
    code = (
        pl.when("given")
        .then(dice.pick(_DISABILITIES, "disability", "child", "nth"))
        .otherwise(pl.lit("NONE"))
    )
    frame = frame.with_columns(disa_disability_code=code).unique(
        ["child", "disa_disability_code"], maintain_order=True
    )
    return table(
        "disability",
        numbered(frame, "disa_table_id", 250_001, "person", "nth").with_columns(disa_person_id="person"),
    )


def immigration(care: pl.DataFrame, dice: Dice, days: Days) -> pl.DataFrame:
    """Unaccompanied children: UASC on arrival, then leave to remain or refugee status for many adults."""
    alone = (
        care.filter(pl.col("entry") == "uasc")
        .sort("start")
        .unique("child", keep="first", maintain_order=True)
    )
    granted = days.working(after(pl.col("eighteen"), dice.between(-200, 300, "granted", "child")))
    later = (granted <= days.as_at) & (granted > pl.col("start")) & dice.chance(0.75, "granted", "child")
    frame = alone.with_columns(granted=pl.when(later).then(granted))
    first = frame.with_columns(on=pl.col("start"), until=pl.col("granted"), status=pl.lit("UASC"))
    then = frame.filter(pl.col("granted").is_not_null()).with_columns(
        on=pl.col("granted"),
        until=pl.lit(None, dtype=pl.Date),
        status=dice.pick({"REFUGEE": 62, "DLR": 14, "ILR": 12, "ADULT_AS": 12}, "status", "child"),
    )
    both = numbered(pl.concat([first, then]), "immi_immigration_status_id", 270_001, "on", "person")
    return table(
        "immigration_status",
        both.with_columns(
            immi_person_id="person",
            immi_immigration_status_start_date="on",
            immi_immigration_status_end_date="until",
            immi_immigration_status="status",
        ),
    )


def identifiers(people: pl.DataFrame, persons_table: pl.DataFrame) -> pl.DataFrame:
    """UPN and NHS number again, as linked identifiers; Home Office references of those who came alone."""
    upn = persons_table.select(person="pers_person_id", value="pers_upn", kind=pl.lit("Unique Pupil Number"))
    nhs = persons_table.select(
        person="pers_person_id", value="pers_common_child_id", kind=pl.lit("NHS Number")
    )
    office = people.filter(pl.col("entry") == "uasc").select(
        "person",
        value=pl.format("HO{}", pl.col("child") + 7_000_000),
        kind=pl.lit("Home Office Registration"),
    )
    frame = numbered(
        pl.concat([upn, nhs, office]).filter(pl.col("value").is_not_null()),
        "link_table_id",
        60_001,
        "person",
        "kind",
    )
    return table(
        "linked_identifiers",
        frame.with_columns(
            link_person_id="person", link_identifier_type="kind", link_identifier_value="value"
        ),
    )
