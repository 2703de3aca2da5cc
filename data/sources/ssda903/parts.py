"""The usable rows of each file typed as rows of SSD tables, and where every column goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from data.issues.model import Effect, Severity
from data.schema.convert import typed
from data.schema.tables import person_of, polars_schema
from data.sources.ssda903.layout import CHILD
from data.sources.ssda903.problems import Problems, place_of
from data.sources.ssda903.rows import Rows

FIELDS: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("header", "person"): {
        "pers_sex": "SEX",
        "pers_dob": "DOB",
        "pers_ethnicity": "ETHNIC",
        "pers_is_mother": "MOTHER",
    },
    ("header", "mother"): {"moth_childs_dob": "MC_DOB"},
    ("episodes", "cla_episodes"): {
        "clae_cla_episode_start_date": "DECOM",
        "clae_cla_episode_start_reason": "RNE",
        "clae_cla_primary_need_code": "CIN",
        "clae_cla_episode_ceased_date": "DEC",
        "clae_cla_episode_ceased_reason": "REC",
    },
    ("episodes", "legal_status"): {"lega_legal_status": "LS"},
    ("episodes", "cla_placement"): {
        "clap_cla_placement_type": "PLACE",
        "clap_cla_placement_provider": "PLACE_PROVIDER",
        "clap_cla_placement_change_reason": "REASON_PLACE_CHANGE",
        "clap_cla_placement_postcode": "PL_POST",
        "clap_cla_placement_urn": "URN",
    },
    ("episodes", "address"): {"addr_address_postcode": "HOME_POST"},
    ("reviews", "cla_reviews"): {
        "clar_cla_review_date": "REVIEW",
        "clar_cla_review_participation": "REVIEW_CODE",
    },
    ("missing", "missing"): {
        "miss_missing_episode_type": "MISSING",
        "miss_missing_episode_start_date": "MIS_START",
        "miss_missing_episode_end_date": "MIS_END",
    },
    ("uasc", "immigration_status"): {"immi_immigration_status_end_date": "DUC"},
    ("oc2", "sdq_scores"): {"csdq_sdq_score": "SDQ_SCORE", "csdq_sdq_reason": "SDQ_REASON"},
    ("oc2", "cla_immunisations"): {"clai_immunisations_status": "IMMUNISATIONS"},
    ("oc2", "cla_substance_misuse"): {"clas_intervention_received": "INTERVENTION_RECEIVED"},
    ("oc3", "care_leavers"): {
        "clea_care_leaver_in_touch": "IN_TOUCH",
        "clea_care_leaver_activity": "ACTIV",
    },
    ("ad1", "permanence"): {
        "perm_adm_decision_date": "DATE_INT",
        "perm_matched_date": "DATE_MATCH",
        "perm_adopted_by_carer_flag": "FOSTER_CARE",
        "perm_number_of_adopters": "NB_ADOPTR",
        "perm_adopter_sex": "SEX_ADOPTR",
        "perm_adopter_legal_status": "LS_ADOPTR",
    },
    ("placed_for_adoption", "permanence"): {
        "perm_adm_decision_date": "DATE_PLACED",
        "perm_decision_reversed_date": "DATE_PLACED_CEASED",
        "perm_decision_reversed_reason": "REASON_PLACED_CEASED",
    },
    ("previous_permanence", "cla_previous_permanence"): {
        "lapp_previous_permanence_option": "PREV_PERM",
        "lapp_previous_permanence_la": "LA_PERM",
        "lapp_previous_permanence_order_date": "DATE_PERM",
    },
    ("sw_episodes", "involvements"): {
        "invo_involvement_start_date": "SW_DECOM",
        "invo_involvement_end_date": "SW_DEC",
        "invo_worker_change_reason": "SW_REASON",
    },
}
"""File and table: field and the column it comes from. The child's number stands in every file."""


class Parts:
    """The rows of each file as SSD rows, in its order; what is wrong with them goes to `problems`."""

    def __init__(self, rows: Rows, problems: Problems) -> None:
        self.found, self.problems = rows, problems

    def has(self, kind: str, column: str | None = None) -> bool:
        """Whether the return has this file, with this column."""
        return kind in self.found.columns and (column is None or column in self.found.columns[kind])

    def raw(self, kind: str, *columns: str) -> pl.DataFrame:
        """The file's rows as text: source_row, child, year and these columns; none where there is no file."""
        wanted = ("source_row", "child", "year", *columns)
        frame = self.found.frames.get(kind)
        if frame is None:
            schema: dict[str, type[pl.DataType]] = dict.fromkeys(wanted, pl.String)
            return pl.DataFrame(schema=schema | {"year": pl.Int32})
        return frame.select(wanted)

    def rows(self, kind: str, table: str, fields: Mapping[str, str] | None = None) -> pl.DataFrame:
        """Every row of a file as rows of a table, in `polars_schema` shape and in the file's order."""
        mapped = FIELDS[kind, table] if fields is None else fields
        person = person_of(table) or ""
        raw = self.raw(kind, *mapped.values())
        frame, told = typed(
            table,
            raw.select(
                "source_row",
                pl.col("child").alias(person),
                **{field: pl.col(column) for field, column in mapped.items()},
            ),
            source=self.problems.source,
            place="",
        )
        self.problems.frames.append(
            told.with_columns(
                place=pl.col("row").str.extract(r"^([^/]*)", 1), column=pl.col("column").replace(mapped)
            )
        )
        return frame

    def say(
        self,
        rows: pl.DataFrame,
        rule: str,
        table: str,
        reason: str,
        *,
        severity: Severity = "warning",
        effect: Effect = "kept",
        column: str | None = None,
        value: pl.Expr | None = None,
    ) -> None:
        """Note a problem for each of these rows of a table."""
        self.problems.rows(
            rows, rule, severity, reason, effect=effect, column=column, value=value,
            person=person_of(table), table=table,
        )  # fmt: skip

    def dated(self, rows: pl.DataFrame, table: str, field: str, column: str) -> None:
        """Say which rows lack the date without which they are in no count by date."""
        reason = "This date is missing, so the row is left out of counts by date."
        self.say(rows.filter(pl.col(field).is_null()), "missing_date", table, reason, column=column)


def made(table: str, source: str, rows: pl.DataFrame, **fields: pl.Expr) -> pl.DataFrame:
    """Rows of a table from expressions on a frame that has `source_row`; other fields are null."""
    given = {"source": pl.lit(source), "source_row": pl.col("source_row")} | fields
    return rows.select(
        given.get(name, pl.lit(None)).cast(dtype).alias(name) for name, dtype in polars_schema(table).items()
    )


def stated(frame: pl.DataFrame, fields: Sequence[str]) -> pl.DataFrame:
    """Keep the rows that say something in one of these fields."""
    return frame.filter(pl.any_horizontal(pl.col(name).is_not_null() for name in fields))


__all__ = ["CHILD", "FIELDS", "Parts", "made", "place_of", "stated"]
