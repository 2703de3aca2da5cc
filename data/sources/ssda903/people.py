"""The children of a return: who they are, their numbers, mothers among them, and those who came alone."""

from collections.abc import Iterator

import polars as pl

from data.schema.codes import code_expr
from data.schema.convert import NOTHING
from data.schema.tables import polars_schema
from data.sources.annex_a.parts import empty, keyed
from data.sources.ssda903.layout import BORN, SEX, kinds, names
from data.sources.ssda903.parts import Parts, made

PUPIL = "Unique Pupil Number"
_NO_NUMBER = r"(?i)^UN\d+$"
_PUPIL_NUMBER = r"(?i)^[A-Z]\d{11}[\dA-Z]$"


def people(parts: Parts) -> Iterator[tuple[str, pl.DataFrame]]:
    """Yield the children, their pupil numbers, young mothers, and unaccompanied asylum-seeking children."""
    yield "person", _persons(parts)
    yield "linked_identifiers", _pupil_numbers(parts)
    yield "mother", _mothers(parts)
    yield "immigration_status", _asylum(parts)


def _persons(parts: Parts) -> pl.DataFrame:
    """One row per child named anywhere; the header of the latest year is believed first."""
    told = [empty("person").with_columns(year=pl.lit(None, pl.Int32), rank=pl.lit(0))]
    fields = {"pers_sex": SEX, "pers_dob": BORN}
    for rank, kind in enumerate(kinds()):
        mapped = {field: column for field, column in fields.items() if column in names(kind)}
        rows = parts.rows(kind, "person", None if kind == "header" else mapped)
        year = parts.raw(kind)["year"]
        told.append(rows.with_columns(year=year, rank=pl.lit(rank)))
    header = parts.raw("header", "UPN")
    said = pl.concat(told).sort(
        pl.col("rank") > 0, pl.col("year").fill_null(0), "rank", descending=[False, True, False],
        maintain_order=True,
    )  # fmt: skip
    upn = pl.col("UPN").str.to_uppercase()
    numbers = header.filter(~upn.is_in(NOTHING)).with_columns(
        pers_upn=pl.when(~upn.str.contains(_NO_NUMBER)).then(upn),
        pers_upn_unknown=pl.when(upn.str.contains(_NO_NUMBER)).then(upn),
    )
    reason = (
        "This is neither a pupil number (a letter, 11 digits and a letter or digit) nor a reason for none."
    )
    parts.problems.rows(
        numbers.filter(~pl.col("pers_upn").str.contains(_PUPIL_NUMBER)), "not_a_upn", "warning", reason,
        column="UPN", value=pl.col("UPN"), person="child", table="person",
    )  # fmt: skip
    number = numbers.unique("child", keep="first", maintain_order=True)
    base = said.unique("pers_person_id", keep="first", maintain_order=True).select(
        "pers_person_id", "source", "source_row"
    )
    for field, column in (
        ("pers_sex", SEX), ("pers_dob", BORN), ("pers_ethnicity", "ETHNIC"), ("pers_is_mother", "MOTHER")
    ):  # fmt: skip
        base = base.join(
            _agreed(parts, said, field, column), on="pers_person_id", how="left", maintain_order="left"
        )
    base = base.join(
        number.select("child", "pers_upn", "pers_upn_unknown"),
        left_on="pers_person_id", right_on="child", how="left", maintain_order="left",
    )  # fmt: skip
    return base.select(
        pl.col(name) if name in base.columns else pl.lit(None, dtype).alias(name)
        for name, dtype in polars_schema("person").items()
    )


def _agreed(parts: Parts, said: pl.DataFrame, field: str, column: str) -> pl.DataFrame:
    """One value a child: the first that is said; those that differ from it are told."""
    stated = said.filter(pl.col(field).is_not_null())
    chosen = stated.group_by("pers_person_id", maintain_order=True).agg(pl.col(field).first().alias("chosen"))
    differing = stated.join(chosen, on="pers_person_id", maintain_order="left").filter(
        pl.col(field) != pl.col("chosen")
    )
    parts.say(
        differing, "files_disagree", "person",
        "Another file or year has a different value, which was used: the latest header first, then others.",
        effect="value left blank", column=column, value=pl.col(field),
    )  # fmt: skip
    return chosen.rename({"chosen": field})


def _pupil_numbers(parts: Parts) -> pl.DataFrame:
    """Each pupil number of a child, once."""
    upn = pl.col("UPN").str.to_uppercase()
    rows = parts.raw("header", "UPN").filter(~upn.is_in(NOTHING), ~upn.str.contains(_NO_NUMBER))
    rows = rows.with_columns(number=upn).unique(["child", "number"], keep="first", maintain_order=True)
    frame = made(
        "linked_identifiers", parts.problems.source, rows, link_person_id=pl.col("child"),
        link_identifier_type=pl.lit(PUPIL), link_identifier_value=pl.col("number"),
    )  # fmt: skip
    return keyed(frame, "903-N", "link_person_id", None, "link_table_id")


def _mothers(parts: Parts) -> pl.DataFrame:
    """Young mothers, with the birth date of their child, who has no number here."""
    table, born = "mother", "moth_childs_dob"
    rows = parts.rows("header", table)
    flag = parts.raw("header", "MOTHER").select(mother=code_expr(pl.col("MOTHER"), "yes_no_unknown"))
    rows = pl.concat([rows, flag], how="horizontal").filter(
        (pl.col("mother") == "Y").fill_null(False) | pl.col(born).is_not_null()
    )
    rows = rows.drop("mother").unique(["moth_person_id", born], keep="first", maintain_order=True)
    known = pl.col(born).is_not_null()
    rows = rows.filter(known | ~known.any().over("moth_person_id"))
    return keyed(rows, "903-M", "moth_person_id", born, "moth_table_id")


def _asylum(parts: Parts) -> pl.DataFrame:
    """Unaccompanied asylum-seeking children: those of the file, and those of an XML return's header."""
    table, person = "immigration_status", "immi_person_id"
    rows = parts.rows("uasc", table)
    yes = code_expr(pl.col("UASC"), "yes_no_unknown") == "Y"
    flagged = parts.raw("header", "UASC").filter(yes.fill_null(False))
    flagged = made(table, parts.problems.source, flagged, immi_person_id=pl.col("child"))
    flagged = flagged.join(rows.select(person), on=person, how="anti").unique(
        person, keep="first", maintain_order=True
    )
    every = pl.concat([rows, flagged]).with_columns(immi_immigration_status=pl.lit("UASC"))
    return keyed(every, "903-U", person, None, "immi_immigration_status_id")
