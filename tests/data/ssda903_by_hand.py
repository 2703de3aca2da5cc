"""A small return by hand, and what reading one gives."""

import io
import zipfile
from pathlib import Path

import polars as pl

from data.schema.tables import polars_schema
from data.sources.base import silent
from data.sources.ssda903 import Ssda903

FILES = {
    "header": """CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB
101,1,15/05/2012,WBRI,A123456789012,0,
102,2,03/09/2008,BAFR,UN4,1,14/02/2025
103,M,20/01/2020,WBRI,,0,
104,F,01/12/2009,AOTH,,0,
""",
    "episodes": (
        "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n"
        "101,10/06/2024,S,V2,N1,U6,PR1,02/08/2024,X1,,AB1 2CD,EF3 4GH,SC100\n"
        "101,02/08/2024,L,C1,N1,U6,PR1,01/12/2024,X1,CREQB,AB1 2CD,EF3 4GH,SC100\n"
        "101,01/12/2024,P,C1,N1,K2,PR4,,,,AB1 2CD,IJ5 6KL,SC200\n"
        "102,01/07/2024,S,V2,N5,U4,PR4,20/02/2025,E4A,CARPL,MN7 8OP,QR9 0ST,XXXXXXX\n"
        "103,15/07/2024,S,E1,N1,A6,PR1,10/03/2025,E12,CARPL,,,\n"
        "104,05/08/2024,S,V4,N2,K2,PR1,,,,UV1 2WX,,SC300\n"
    ),
    "reviews": """CHILD,DOB,REVIEW,REVIEW_CODE
101,15/05/2012,05/07/2024,PN1
101,15/05/2012,30/09/2024,PN3
102,03/09/2008,25/07/2024,PN6
""",
    "missing": """CHILD,DOB,MISSING,MIS_START,MIS_END
102,03/09/2008,M,10/01/2025,11/01/2025
102,03/09/2008,A,02/02/2025,
""",
    "uasc": "CHILD,SEX,DOB,DUC\n102,2,03/09/2008,03/09/2026\n",
    "oc2": (
        "CHILD,DOB,SDQ_SCORE,SDQ_REASON,CONVICTED,HEALTH_CHECK,IMMUNISATIONS,TEETH_CHECK,HEALTH_ASSESSMENT,"
        "SUBSTANCE_MISUSE,INTERVENTION_RECEIVED,INTERVENTION_OFFERED\n"
        "101,15/05/2012,17,,0,,1,1,1,0,,\n"
        "102,03/09/2008,,SDQ2,1,,0,0,1,1,0,1\n"
    ),
    "oc3": "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM\n201,11/11/2005,YES,F2,B1\n202,09/04/2006,NO,0,0\n",
    "ad1": (
        "CHILD,DOB,DATE_INT,DATE_MATCH,FOSTER_CARE,NB_ADOPTR,SEX_ADOPTR,LS_ADOPTR\n"
        "103,20/01/2020,01/08/2024,20/11/2024,TRUE,2,MF,L11\n"
    ),
    "placed_for_adoption": (
        "CHILD,DOB,DATE_PLACED,DATE_PLACED_CEASED,REASON_PLACED_CEASED\n"
        "103,20/01/2020,01/08/2024,,\n101,15/05/2012,01/09/2024,01/02/2025,RD3\n"
    ),
    "previous_permanence": (
        "CHILD,DOB,PREV_PERM,LA_PERM,DATE_PERM\n101,15/05/2012,P2,846,zz/03/2015\n102,03/09/2008,Z1,,\n"
    ),
    "sw_episodes": (
        "CHILD,DOB,SW_ID,SW_DECOM,SW_DEC,SW_REASON\n"
        "101,15/05/2012,SW12345,10/06/2024,01/10/2024,TSPROC\n101,15/05/2012,sw 999,01/10/2024,,\n"
    ),
}
"""The year that ended on 31 March 2025."""


def write(folder: Path, files: dict[str, str] | None = None, year: str = "_2025") -> Path:
    """The files as CSV in a folder, which is returned."""
    folder.mkdir(parents=True, exist_ok=True)
    for kind, text in (FILES if files is None else files).items():
        (folder / f"{kind}{year}.csv").write_text(text, encoding="utf-8")
    return folder


def zipped(files: dict[str, str | bytes], path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in files.items():
            out.writestr(name, content)
    return path


class Read:
    """Everything that reading a return gave, with its account checked."""

    def __init__(self, path: Path) -> None:
        self.source = Ssda903(path)
        batches = list(self.source.batches(silent))
        self.tables = {batch.table: batch.frame for batch in batches}
        self.issues = pl.concat([batch.issues for batch in batches])
        self.places = {place.place: place for place in self.source.places()}
        for batch in batches:
            assert dict(batch.frame.schema) == polars_schema(batch.table)
        self._check_account()

    def _check_account(self) -> None:
        """Every held row has an issue that says so, and no row is held that is in a table."""
        told = self.issues.filter(pl.col("effect") == "row held")
        for place in self.places.values():
            assert place.rows_in == place.rows_used + place.rows_held
            rows = told.filter(pl.col("place") == place.place)["row"].unique()
            assert len(rows) == place.rows_held, (place, rows.to_list())
        held = told["row"].implode()
        for name, frame in self.tables.items():
            assert frame.filter(pl.col("source_row").is_in(held)).is_empty(), name

    def rules(self, *severities: str) -> set[str]:
        issues = self.issues if not severities else self.issues.filter(pl.col("severity").is_in(severities))
        return set(issues["rule"])

    def told(self, rule: str) -> list[tuple[str, str, str]]:
        """place, column and value of the issues of a rule."""
        issues = self.issues.filter(pl.col("rule") == rule)
        return issues.select("place", "column", "value").rows()

    def rows(self, table: str, *fields: str) -> list[tuple[object, ...]]:
        frame = self.tables.get(table)
        return [] if frame is None else sorted(frame.select(fields).rows(), key=repr)

    def coverage(self, table: str) -> dict[str, object]:
        return self.source.coverage().row(by_predicate=pl.col("table") == table, named=True)


def bytes_of(files: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, text in files.items():
            made.writestr(name, text)
    return out.getvalue()
