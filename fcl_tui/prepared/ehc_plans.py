"""EHC plans: rows that reach their child through other rows."""

import polars as pl

from data.frames import Scan
from fcl_tui.definitions.event_kinds import EventKind

EDUCATION: tuple[EventKind, ...] = (
    EventKind("ehcp_requests", "person", "ehcr_ehcp_req_date", "EHC plan asked for", "education"),
    EventKind(
        "ehcp_assessment",
        "person",
        "ehca_ehcp_assessment_outcome_date",
        "EHC assessment",
        "education",
        undated="EHC assessment without an outcome date",
    ),
    EventKind(
        "ehcp_named_plan",
        "person",
        "ehcn_named_plan_start_date",
        "EHC plan began",
        "education",
        undated="EHC plan named",
    ),
    EventKind(
        "ehcp_named_plan",
        "person",
        "ehcn_named_plan_ceased_date",
        "EHC plan ended",
        "education",
        always=False,
    ),
)


def with_children(scan: Scan) -> Scan:
    """The plan tables with the child's number in a column `person` (null where no row leads to a child)."""

    def through(
        rows: str, link: str, parent: pl.LazyFrame, key: str, own_key: str
    ) -> tuple[pl.LazyFrame, pl.LazyFrame]:
        parents = parent.select(pl.col(key).alias("_parent"), "person").filter(
            pl.col("_parent").is_not_null()
        )
        frame = scan(rows).join(
            parents.unique("_parent", keep="first"), left_on=link, right_on="_parent", how="left"
        )
        return frame, frame.select(own_key, "person")

    records = scan("send").select("send_table_id", pl.col("send_person_id").alias("person"))
    requests, asked = through(
        "ehcp_requests", "ehcr_send_table_id", records, "send_table_id", "ehcr_ehcp_request_id"
    )
    assessed, judged = through(
        "ehcp_assessment", "ehca_ehcp_request_id", asked, "ehcr_ehcp_request_id", "ehca_ehcp_assessment_id"
    )
    plans, _ = through(
        "ehcp_named_plan", "ehcn_ehcp_asmt_id", judged, "ehca_ehcp_assessment_id", "ehcn_named_plan_id"
    )
    return {"ehcp_requests": requests, "ehcp_assessment": assessed, "ehcp_named_plan": plans}.__getitem__
