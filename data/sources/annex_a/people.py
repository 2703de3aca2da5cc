"""What every list says of the child and of those who work with them."""

from collections.abc import Iterator, Mapping

import polars as pl

from data.schema.codes import code_expr
from data.schema.tables import polars_schema
from data.sources.annex_a.fields import FIELDS
from data.sources.annex_a.parts import Parts, empty
from data.sources.annex_a.problems import SOURCE

PRIORITY = (8, 9, 7, 6, 10, 5, 4, 3, 2, 1)
"""Whose word counts when lists disagree on a child: the list closest to the case first."""

_DISABLED = "Does the Child have a Disability"
_UASC = {
    8: "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N)",
    9: "Unaccompanied Asylum Seeking Child (UASC)",
}


def people(parts: Parts) -> Iterator[tuple[str, pl.DataFrame]]:
    """Yield the children, their disability (none or unknown) and asylum status, staff, allocations."""
    yield "person", _persons(parts)
    yield "disability", _disability(parts)
    yield "immigration_status", _asylum(parts)
    yield from _staff(parts)
    yield "involvements", _involvements(parts)


def _persons(parts: Parts) -> pl.DataFrame:
    told = pl.concat(
        [empty("person").with_columns(rank=pl.lit(0, pl.Int32))]
        + [
            parts.rows(list_no, "person").with_columns(rank=pl.lit(rank, pl.Int32))
            for rank, list_no in enumerate(PRIORITY)
            if list_no in parts.lists.rows
        ]
    )
    base = (
        told.sort("rank", maintain_order=True)
        .unique("pers_person_id", keep="first", maintain_order=True)
        .select("pers_person_id", "source", "source_row")
    )
    for field, heading in FIELDS[1]["person"].items():
        base = base.join(
            _agreed(parts, told, field, heading), on="pers_person_id", how="left", maintain_order="left"
        )
    sexed = pl.col("pers_gender").is_in(["M", "F", "U"])
    base = base.with_columns(pers_sex=pl.when(sexed).then("pers_gender"))
    schema = polars_schema("person")
    return base.select(
        pl.col(name) if name in base.columns else pl.lit(None, dtype).alias(name)
        for name, dtype in schema.items()
    )


def _agreed(parts: Parts, told: pl.DataFrame, field: str, heading: str) -> pl.DataFrame:
    """One value a child: of the first list that has one, the one it says most often; the others are told."""
    stated = told.filter(pl.col(field).is_not_null())
    chosen = (
        stated.group_by("pers_person_id", "rank", field)
        .len()
        .sort("pers_person_id", "rank", "len", field, descending=[False, False, True, False])
        .unique("pers_person_id", keep="first", maintain_order=True)
        .select("pers_person_id", pl.col(field).alias("chosen"))
    )
    others = stated.join(chosen, on="pers_person_id").filter(pl.col(field) != pl.col("chosen"))
    for rank, list_no in enumerate(PRIORITY):
        differing = others.filter(pl.col("rank") == rank).with_columns(pl.col(field).cast(pl.String))
        parts.say(
            differing, "lists_disagree", list_no, "person",
            "Another list or row has a different value, which was used; correct one of them.",
            effect="value left blank", column=heading, value=field, person="pers_person_id",
        )  # fmt: skip
    return chosen.rename({"chosen": field})


def _yes_no(parts: Parts, headings: Mapping[int, str]) -> pl.DataFrame:
    """child, source_row, answer (Y, N or U), list_no of every list that has the question."""
    found = [
        pl.DataFrame(
            schema={"child": pl.String, "source_row": pl.String, "answer": pl.String, "list_no": pl.Int32}
        )
    ]
    for list_no, heading in headings.items():
        raw = parts.raw(list_no, heading)
        read = raw.with_columns(
            answer=code_expr(pl.col(heading), "yes_no_unknown"), list_no=pl.lit(list_no, pl.Int32)
        )
        unknown = read.filter(pl.col("answer").is_null(), pl.col(heading).str.len_chars() > 0)
        unknown = unknown.filter(~pl.col(heading).is_in(["NULL", "N/A", "#N/A"]))
        parts.say(
            unknown, "unknown_code", list_no, "disability" if heading == _DISABLED else "immigration_status",
            "The answer is neither yes, no nor unknown; it was left blank.",
            effect="value left blank", column=heading, value=heading, person="child",
        )  # fmt: skip
        found.append(read.filter(pl.col("answer").is_not_null()).drop(heading))
    return pl.concat(found)


def _disability(parts: Parts) -> pl.DataFrame:
    """A row NONE for each child all lists call not disabled; Annex A never says what a disability is."""
    answers = _yes_no(parts, dict.fromkeys(range(4, 11), _DISABLED))
    yes = answers.filter(pl.col("answer") == "Y").unique("child", keep="first", maintain_order=True)
    for list_no in range(4, 11):
        parts.say(
            yes.filter(pl.col("list_no") == list_no), "disability_kind_unknown", list_no, "disability",
            "The child has a disability; Annex A does not say which, so no disability is recorded.",
            severity="note", effect="value left blank", column=_DISABLED, value="answer", person="child",
        )  # fmt: skip
    no = answers.filter(pl.col("answer") == "N").unique("child", keep="first", maintain_order=True)
    both = no.join(yes, on="child", how="semi")
    for list_no in range(4, 11):
        parts.say(
            both.filter(pl.col("list_no") == list_no), "lists_disagree", list_no, "disability",
            "Another list says that the child has a disability; that was used.",
            effect="value left blank", column=_DISABLED, value="answer", person="child",
        )  # fmt: skip
    return _made(
        "disability",
        no.join(yes, on="child", how="anti"),
        disa_table_id=pl.format("AA-D-{}", "child"),
        disa_person_id=pl.col("child"),
        disa_disability_code=pl.lit("NONE"),
    )


def _asylum(parts: Parts) -> pl.DataFrame:
    answers = _yes_no(parts, _UASC).filter(pl.col("answer") == "Y")
    return _made(
        "immigration_status",
        answers.unique("child", keep="first", maintain_order=True),
        immi_immigration_status_id=pl.format("AA-U-{}", "child"),
        immi_person_id=pl.col("child"),
        immi_immigration_status=pl.lit("UASC"),
    )


def _staff(parts: Parts) -> Iterator[tuple[str, pl.DataFrame]]:
    """Teams and workers by name; two workers of one name cannot be told apart."""
    teams, workers = [], []
    for list_no in parts.lists.rows:
        raw = parts.raw(list_no, "team_id", "team", "worker_id", "worker", "adviser_id", "adviser")
        teams.append(raw.select("source_row", id="team_id", name="team"))
        workers.append(raw.select("source_row", id="worker_id", name="worker"))
        workers.append(raw.select("source_row", id="adviser_id", name="adviser"))
    yield (
        "department",
        _made("department", _named(teams), dept_team_id=pl.col("id"), dept_team_name=pl.col("name")),
    )
    yield (
        "professionals",
        _made(
            "professionals",
            _named(workers),
            prof_professional_id=pl.col("id"),
            prof_professional_name=pl.col("name"),
        ),
    )


def _named(found: list[pl.DataFrame]) -> pl.DataFrame:
    """One row per id, with the spelling of the name used most."""
    return (
        pl.concat(found)
        .filter(pl.col("id").is_not_null())
        .group_by("id", "name")
        .agg(pl.len(), pl.col("source_row").first())
        .sort("id", "len", "name", descending=[False, True, False])
        .unique("id", keep="first", maintain_order=True)
    )


def _involvements(parts: Parts) -> pl.DataFrame:
    """Who has the case now: one allocated worker a child, and the personal adviser of list 9.

    An open row speaks before an ended one, then list 9 before 8, 7 and 6. A child with an open row in none of
    these has the worker of the latest referral. No list says since when.
    """
    ends = {
        6: "CIN Closure Date",
        7: "Child Protection Plan End Date",
        8: "Date Ceased to be Looked After",
        9: None,
    }
    table, person = "involvements", "invo_person_id"
    found = []
    for rank, (list_no, heading) in enumerate(reversed(ends.items())):
        fields = {"invo_professional_id": "worker_id", "invo_professional_team": "team_id"}
        if heading:
            fields["invo_involvement_end_date"] = heading
        rows = parts.rows(list_no, table, fields)
        parts.issues.pop()  # an unreadable end date is told by the list's own table
        found.append(rows.with_columns(rank=pl.lit(rank, pl.Int32)))
    worker, end = pl.col("invo_professional_id"), pl.col("invo_involvement_end_date")
    asked = [
        rows
        for list_no, rows in zip(reversed(ends), found, strict=True)
        if parts.lists.has(list_no, "Allocated Worker")
    ]
    found.append(_referred(parts, asked).with_columns(rank=pl.lit(len(ends), pl.Int32)))
    allocated = (
        pl.concat(found)
        .filter(worker.is_not_null() | pl.col("invo_professional_team").is_not_null())
        .sort(
            end.is_not_null(), worker.is_null(), "rank", -end.dt.epoch("d"), worker, "invo_professional_team",
            nulls_last=True,
        )
        .unique(person, keep="first", maintain_order=True)
        .with_columns(
            invo_involvements_id=pl.format("AA-I-{}", person),
            invo_professional_role_id=pl.lit("allocated worker"),
        )
    )  # fmt: skip
    advisers = parts.rows(
        9, table, {"invo_professional_id": "adviser_id", "invo_professional_team": "team_id"}
    )
    advisers = (
        advisers.filter(worker.is_not_null())
        .unique(person, keep="first", maintain_order=True)
        .with_columns(
            invo_involvements_id=pl.format("AA-P-{}", person),
            invo_professional_role_id=pl.lit("personal adviser"),
        )
    )
    return pl.concat([allocated.drop("rank"), advisers])


def _referred(parts: Parts, better: list[pl.DataFrame]) -> pl.DataFrame:
    """Involvements of list 3: of each child's latest referral that went on.

    Args:
        better: the rows of the lists of cases that have a column for the worker. A child with an open row
            there has the worker it names, or none: the referral's may have handed the case over long ago. Of
            a child whose rows there have all ended the referral speaks if it came later.
    """
    table, person = "involvements", "invo_person_id"
    rows = parts.rows(3, table, {"invo_professional_id": "worker_id", "invo_professional_team": "team_id"})
    referred = parts.rows(3, "cin_episodes").select(day="cine_referral_date", nfa="cine_referral_nfa")
    parts.issues.pop()  # what cannot be read of a referral is told by the list's own table
    end = pl.col("invo_involvement_end_date")
    cases = (
        pl.concat([empty(table).with_columns(rank=pl.lit(0, pl.Int32)), *better])
        .group_by(person)
        .agg(ended=end.max(), over=end.is_not_null().all())
    )
    named = pl.col("invo_professional_id").is_not_null() | pl.col("invo_professional_team").is_not_null()
    later = (pl.col("over") & (pl.col("day") > pl.col("ended"))).fill_null(value=False)
    return (
        pl.concat([rows, referred], how="horizontal")
        .filter(named, pl.col("nfa").fill_null("N") != "Y")
        .sort("day", "invo_professional_id", "invo_professional_team", descending=True, nulls_last=True)
        .unique(person, keep="first", maintain_order=True)
        .join(cases, on=person, how="left", maintain_order="left")
        .filter(pl.col("over").is_null() | later)
        .select(rows.columns)
    )


def _made(table: str, rows: pl.DataFrame, **fields: pl.Expr) -> pl.DataFrame:
    """Rows of a table from expressions on a frame that has `source_row`; other fields are null."""
    schema = polars_schema(table)
    fields |= {"source": pl.lit(SOURCE), "source_row": pl.col("source_row")}
    return rows.select(
        fields.get(name, pl.lit(None)).cast(dtype).alias(name) for name, dtype in schema.items()
    )
