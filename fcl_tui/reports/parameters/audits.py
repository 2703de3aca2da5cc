"""The parameters of Audits of Practice: which round, which pod."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fcl_tui.reports.parameters.parameter import Parameter

if TYPE_CHECKING:
    import polars as pl

    from fcl_tui.reports.context import Context
    from fcl_tui.reports.question.query import Query


def _rounds(context: Context, query: Query) -> pl.LazyFrame:  # noqa: ARG001  the same face as the others
    from fcl_tui.reports.management.audit_known import known, titled

    return titled(known(context))


def _pods(context: Context, query: Query) -> pl.LazyFrame:  # noqa: ARG001
    import polars as pl

    from fcl_tui.reports.management.audit_known import known

    pods = known(context).cases.drop_nulls("pod").group_by("pod").len().sort("pod")
    return pods.select(value="pod", note=pl.format("{} audits", "len"))


ROUND = Parameter(
    name="round",
    label="Round",
    help="One round of audits, by name; without it the newest quarter.",
    kind="name",
    key="P",
    names=_rounds,
    question="Which round? All: the newest quarter",
)
POD = Parameter(
    name="pod",
    label="Pod",
    help="Audits of one pod, by name.",
    kind="name",
    key="t",
    names=_pods,
    question="Which pod?",
    everyone="all pods",
)
ALL = (ROUND, POD)
