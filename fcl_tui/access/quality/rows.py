"""The audits a reader may see: whole those they have a part in, of others the figures alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from data.frames import collect
from fcl_tui.access.quality.desk import Desk
from fcl_tui.access.quality.tools import standards_of
from fcl_tui.quality import current
from fcl_tui.quality.states import CLOSED, MODERATED, REOPENED, SUBMITTED
from fcl_tui.reports.context import Audited

if TYPE_CHECKING:
    from datetime import date

    from data.frames import Scan
    from fcl_tui.access.gate import Door

FEW = "Pods with few audits"
TABLES = (*current.NEEDED, "audit_ratings", "audit_draws", "audit_tools", "agency_returns")
WHOSE = ("person_id", "allocated_worker", "auditor", "moderator", "reason", "name", "to_confirm")
"""What is blank in an audit that the reader sees in figures alone"""
GRADES = ("auditor_grade", "suggested_grade", "grade", "moved", "outcome")


def audited(door: Door, scan: Scan, as_at: date, *, demo: bool) -> Audited | None:
    """The audits of the home's office as the reader may see them.

    Whole: to who manages quality assurance; to the auditor and the moderator; to the manager of the child's
    pod; and, once moderated, to the child's own worker. A restricted record has the token of the reader's
    lists.
    While a reader is to grade a case again without knowing the first grade, they see that grade nowhere.

    Returns:
        None where no round was made.

    Raises:
        DataError: the office database cannot be read now, or a setting is not usable.
    """
    desk = Desk(door, as_at, demo)
    if not desk.office.in_use():
        return None
    tables = desk.tables(*TABLES)
    rounds = collect(tables["audit_rounds"])
    if rounds.is_empty():
        return None
    every = collect(current.cases(tables, as_at))
    told = _numbers_shown(desk, _named(scan, _blind(desk, _with_part(desk, every))))
    shown = pl.col("part").is_not_null()
    cases = told.with_columns(pl.when(shown).then(name).alias(name) for name in WHOSE)
    if not desk.sees_figures:
        cases = cases.with_columns(pod=pl.when(shown).then("pod"))
    elif door.reader is not None and not desk.is_qa:
        cases = few_together(cases, desk.rules.fewest_shown)
    ratings = ratings_of(tables, every)
    graded = cases.filter(pl.col("grade").is_not_null() | shown)
    visible = cases.filter(shown)
    return Audited(
        cases=cases.lazy(),
        ratings=ratings.join(graded.lazy().select("case_id"), on="case_id", how="semi"),
        outcomes=_outcomes(tables, every).join(graded.lazy().select("case_id"), on="case_id", how="semi"),
        actions=_actions(desk, tables, visible, as_at),
        rounds=rounds.lazy(),
        returns=current.latest(tables["agency_returns"], "case_id", "agency")
        .select("case_id", "agency", "grade", "findings", "seq")
        .join(visible.lazy().select("case_id"), on="case_id", how="semi"),
        draws=_left_out(tables),
        standards=standards_of(tables),
        pods=None if door.reader is None or desk.is_qa else desk.pods,
        fewest=desk.rules.fewest_shown,
    )


def few_together(cases: pl.DataFrame, fewest: int) -> pl.DataFrame:
    """The audits, those that the reader sees in figures alone under a pod's name only where they are enough.

    Of each round the pods with fewer than `fewest` grades are put together, with the next smallest where they
    would be too few even so: else they are what is left of the whole, which everyone sees.
    """
    other = pl.col("part").is_null()
    sizes = (
        cases.filter(other)
        .group_by("round_id", "pod")
        .agg(_size=pl.col("grade").count())
        .sort("round_id", "_size", "pod", nulls_last=True)
        .with_columns(_before=pl.col("_size").cum_sum().over("round_id") - pl.col("_size"))
        .with_columns(
            _few=(pl.col("_size") < fewest) | ((pl.col("_before") > 0) & (pl.col("_before") < fewest))
        )
    )
    named = pl.when(other & pl.col("_few")).then(pl.lit(FEW)).otherwise("pod")
    told = cases.join(sizes, on=["round_id", "pod"], how="left", nulls_equal=True, maintain_order="left")
    return told.with_columns(pod=named).select(cases.columns)


def waiting(desk: Desk) -> list[str]:
    """The audits that wait for the reader to moderate, those due first: case_id."""
    cases = _with_part(desk, collect(current.cases(desk.tables(*current.NEEDED), desk.as_at)))
    mine = cases.filter(pl.col("state").is_in([SUBMITTED, REOPENED]))
    leads = pl.col("part").is_in(["moderate", "all"]) & ~pl.col("to_confirm")
    leads |= pl.col("confirms")
    return mine.filter(leads).sort("due", "case_id", nulls_last=True)["case_id"].to_list()


def _with_part(desk: Desk, every: pl.DataFrame) -> pl.DataFrame:
    """The audits with part: audit, moderate, manage, read, or null; all, where no one is listed."""
    reader = desk.door.reader
    if reader is None:
        return every.with_columns(part=pl.lit("all"), confirms=pl.lit(value=False))
    me = pl.lit(desk.who).str.to_lowercase()

    def is_me(column: str) -> pl.Expr:
        return (pl.col(column).str.to_lowercase() == me).fill_null(value=False)

    pods = [] if reader.scope.everyone else sorted(desk.pods)
    mine = pl.col("pod").is_in(pods).fill_null(value=False)
    moderates = pl.lit(value=desk.manages_pods) & (mine | pl.lit(value=reader.scope.everyone))
    done = pl.col("state").is_in([MODERATED, CLOSED])
    own_case = pl.col("allocated_worker").is_in(sorted(reader.scope.workers)).fill_null(value=False) & done
    part = (
        pl.when(is_me("auditor"))
        .then(pl.lit("audit"))
        .when(moderates | is_me("moderator"))
        .then(pl.lit("moderate"))
        .when(pl.lit(value=desk.is_qa))
        .then(pl.lit("manage"))
        .when(own_case | (mine & pl.lit(value=desk.leads)))
        .then(pl.lit("read"))
    )
    heads = pl.lit(value=desk.leads) & mine & ~is_me("auditor")
    return every.with_columns(part=part, confirms=pl.col("to_confirm") & heads)


def _blind(desk: Desk, cases: pl.DataFrame) -> pl.DataFrame:
    """Without the grades that a reader must not know yet: of cases they are to grade again, blind."""
    again = pl.col("auditor").str.to_lowercase() == desk.who.lower()
    waiting = cases.filter(again, pl.col("blind"), pl.col("auditor_grade").is_null())
    hidden = pl.concat([waiting["checks_case_id"], waiting["reaudit_of_case_id"]]).drop_nulls()
    if hidden.is_empty():
        return cases
    mine = pl.col("case_id").is_in(hidden.implode())
    return cases.with_columns(pl.when(~mine).then(name).alias(name) for name in GRADES)


def _named(scan: Scan, cases: pl.DataFrame) -> pl.DataFrame:
    """With the names of children whom the reader's own lists name."""
    people = scan("people").select("person_id", "name").unique("person_id", keep="first")
    wanted = people.filter(pl.col("person_id").is_in(cases["person_id"].drop_nulls().unique().implode()))
    return cases.join(collect(wanted), on="person_id", how="left", maintain_order="left")


def _numbers_shown(desk: Desk, cases: pl.DataFrame) -> pl.DataFrame:
    numbers = cases["person_id"].drop_nulls().unique()
    tokens = {one: token for one in numbers if (token := desk.door.shown(one)) != one}
    return cases.with_columns(pl.col("person_id").replace(tokens)) if tokens else cases


def ratings_of(tables: dict[str, pl.LazyFrame], every: pl.DataFrame) -> pl.LazyFrame:
    """The grades of standards of each audit's revision, in the order they were saved."""
    revisions = every.lazy().select("case_id", "revision_id").drop_nulls("revision_id")
    return (
        tables["audit_ratings"]
        .join(revisions, on="revision_id", how="inner", maintain_order="left")
        .select("case_id", "standard_key", "value", "not_applicable_reason")
    )


def _outcomes(tables: dict[str, pl.LazyFrame], every: pl.DataFrame) -> pl.LazyFrame:
    revisions = every.lazy().select("case_id", "revision_id").drop_nulls("revision_id")
    return (
        tables["audit_outcomes"]
        .join(revisions, on="revision_id", how="inner", maintain_order="left")
        .select("case_id", "area", "outcome")
    )


def _actions(desk: Desk, tables: dict[str, pl.LazyFrame], visible: pl.DataFrame, as_at: date) -> pl.LazyFrame:
    """Those of the cases seen, of the service, and those that the reader is to do."""
    theirs = visible.lazy().select("case_id", "person_id", "name", "pod", "period", _seen=pl.lit(value=True))
    mine = (pl.col("owner").str.to_lowercase() == desk.who.lower()).fill_null(value=False)
    service = pl.col("case_id").is_null()
    return (
        current.actions(tables, as_at)
        .join(theirs, on="case_id", how="left", maintain_order="left")
        .with_columns(mine=mine)
        .filter(pl.col("_seen").fill_null(value=False) | mine | service)
        .drop("_seen")
    )


def _left_out(tables: dict[str, pl.LazyFrame]) -> pl.LazyFrame:
    """Who the newest draw of each round left out: round_id, reason, count."""
    newest = collect(current.latest(tables["audit_draws"], "round_id").select("round_id", "excluded"))
    import json

    rows = [
        (round_id, reason, count)
        for round_id, told in newest.rows()
        for reason, count in json.loads(told).items()
    ]
    schema = {"round_id": pl.String, "reason": pl.String, "count": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row").lazy()
