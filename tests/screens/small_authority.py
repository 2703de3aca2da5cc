"""A dozen awkward people in two teams, as a snapshot the screens can open: every kind of case once."""

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any

import polars as pl

from data.errors import DataError
from data.issues import model as issues
from data.schema import tables
from data.snapshots import open_rows as still_open
from fcl_tui.definitions.days.calendar import Calendar
from fcl_tui.loading.prepare import ENGINE
from fcl_tui.prepared.prepare import prepared
from fcl_tui.timescales.rulebook.packaged import load_rules

SNAPSHOT = "20261123T000000000000Z"
NO_HOME = Path(os.devnull) / "nowhere"
"""A home that nothing can be written to, so that no test finds what another has left."""
AS_AT = date(2026, 11, 23)
MARKUP = "[red]O'Brien[/]"
ESCAPE = "\x1b]52;c;aGk=\x1b\\Zoë"
BIDI = "Łukasz\u202etxt"


def back(days: int) -> date:
    """So many days before the as-at day."""
    return AS_AT - timedelta(days=days)


def _people() -> list[dict[str, Any]]:
    people = [
        ("101", "Ann", MARKUP, date(2015, 3, 1)),
        ("102", ESCAPE, "Lee [/b]", date(2012, 2, 29)),
        ("103", BIDI, "Nguyễn", date(2018, 7, 9)),
        ("104", "Maximiliana Alexandrina Wilhelmina", "Featherstonehaugh-Cholmondeley", date(2010, 1, 31)),
        ("105", "山田", None, date(2016, 12, 25)),
        ("106", "Ann", "=cmd()", date(2014, 5, 5)),
        ("107", "Sam", "D’Souza", date(2006, 4, 2)),
        ("108", "Kit", "Adeyemi", date(2005, 9, 30)),
        ("109", "Jo", "Kaur", date(2009, 10, 10)),
        ("110", None, None, None),
    ]
    return [
        {"pers_person_id": i, "pers_forename": f, "pers_surname": s, "pers_dob": b, "pers_sex": "F"}
        for i, f, s, b in people
    ]


def _rows() -> dict[str, list[dict[str, Any]]]:
    workers = {"W1": "Mary [/] Smith", "W2": "Olu Banjo", "W3": "Pat Adviser"}
    held = {"101": "W1", "102": "W1", "103": "W2", "104": "W2", "105": "W1", "106": "W2", "109": "W1"}
    return {
        "person": _people(),
        "professionals": [
            {"prof_professional_id": key, "prof_professional_name": name} for key, name in workers.items()
        ],
        "department": [
            {"dept_team_id": "T1", "dept_team_name": "Pod One"},
            {"dept_team_id": "T2", "dept_team_name": "Pod [b]Two"},
            {"dept_team_id": "T3", "dept_team_name": "Leaving Care"},
        ],
        "involvements": [
            {
                "invo_person_id": person,
                "invo_professional_id": worker,
                "invo_professional_role_id": "CW",
                "invo_professional_team": "T1" if worker == "W1" else "T2",
                "invo_involvement_start_date": back(300),
            }
            for person, worker in held.items()
        ]
        + [
            {
                "invo_person_id": person,
                "invo_professional_id": "W3",
                "invo_professional_role_id": "Personal Adviser",
                "invo_professional_team": "T3",
                "invo_involvement_start_date": back(400),
            }
            for person in ("107", "108")
        ],
        "contacts": [
            {"cont_person_id": p, "cont_contact_date": back(305), "cont_contact_source_code": "6"}
            for p in held
        ],
        "cin_episodes": [
            {
                "cine_referral_id": f"R{p}",
                "cine_person_id": p,
                "cine_referral_date": back(300 if p != "106" else 90),
                "cine_referral_nfa": "N",
                "cine_referral_source_code": "2A",
                "cine_cin_primary_need_code": "N1",
            }
            for p in (*held, "110")
        ],
        "cin_assessments": [
            {
                "cina_assessment_id": f"A{p}",
                "cina_person_id": p,
                "cina_referral_id": f"R{p}",
                "cina_assessment_start_date": back(300 if p != "106" else 90),
                "cina_assessment_auth_date": None if p == "106" else back(240 if p != "103" else 200),
                "cina_assessment_team": "T1" if held[p] == "W1" else "T2",
                "cina_assessment_worker_id": held[p],
                "cina_assessment_child_seen": "Y",
                "cina_assessment_outcome_nfa": "N",
            }
            for p in held
        ],
        "assessment_factors": [
            {"cinf_assessment_id": "A101", "cinf_assessment_factors_json": '["2B", "3A"]'}
        ],
        "cin_plans": [
            {
                "cinp_person_id": p,
                "cinp_referral_id": f"R{p}",
                "cinp_cin_plan_start_date": back(230),
            }
            for p in ("103", "105")
        ],
        "cin_visits": [
            {"cinv_person_id": "103", "cinv_cin_visit_date": back(10), "cinv_cin_visit_seen": "Y"},
            {"cinv_person_id": "105", "cinv_cin_visit_date": back(60), "cinv_cin_visit_seen": "Y"},
        ],
        "s47_enquiry": [
            {
                "s47e_s47_enquiry_id": "S101",
                "s47e_person_id": "101",
                "s47e_referral_id": "R101",
                "s47e_s47_start_date": back(250),
                "s47e_s47_end_date": back(240),
                "s47e_s47_nfa": "N",
            }
        ],
        "initial_cp_conference": [
            {
                "icpc_icpc_id": "I101",
                "icpc_person_id": "101",
                "icpc_s47_enquiry_id": "S101",
                "icpc_icpc_date": back(230),
                "icpc_icpc_outcome_cp_flag": "Y",
            }
        ],
        "cp_plans": [
            {
                "cppl_cp_plan_id": "P101",
                "cppl_person_id": "101",
                "cppl_icpc_id": "I101",
                "cppl_cp_plan_start_date": back(230),
                "cppl_cp_plan_initial_category": "NEG",
                "cppl_cp_plan_latest_category": "EMO",
            }
        ],
        "cp_visits": [
            {
                "cppv_person_id": "101",
                "cppv_cp_plan_id": "P101",
                "cppv_cp_visit_date": back(days),
                "cppv_cp_visit_seen": "Y",
            }
            for days in (220, 205, 190, 20)
        ],
        "cp_reviews": [
            {"cppr_person_id": "101", "cppr_cp_plan_id": "P101", "cppr_cp_review_date": back(145)}
        ],
        "cla_episodes": [
            {
                "clae_cla_episode_id": f"E{p}",
                "clae_person_id": p,
                "clae_cla_id": f"C{p}",
                "clae_cla_placement_id": f"L{p}",
                "clae_cla_episode_start_date": back(280),
                "clae_entered_care_date": back(280),
                "clae_cla_episode_start_reason": "S",
            }
            for p in ("102", "104", "109")
        ],
        "cla_placement": [
            {
                "clap_cla_placement_id": f"L{p}",
                "clap_cla_id": f"C{p}",
                "clap_person_id": p,
                "clap_cla_placement_start_date": back(280),
                "clap_cla_placement_type": "U6",
                "clap_cla_placement_provider": "PR1",
            }
            for p in ("102", "104", "109")
        ],
        "legal_status": [
            {"lega_person_id": p, "lega_legal_status": "C2", "lega_legal_status_start_date": back(280)}
            for p in ("102", "104", "109")
        ],
        "cla_visits": [
            {
                "clav_person_id": p,
                "clav_cla_id": f"C{p}",
                "clav_cla_visit_date": back(days),
                "clav_cla_visit_seen": "Y",
            }
            for p, last in (("102", 38), ("104", 50), ("109", 5))
            for days in (275, 240, 200, 160, 120, 80, last)
        ],
        "cla_reviews": [
            {"clar_cla_person_id": p, "clar_cla_id": f"C{p}", "clar_cla_review_date": back(days)}
            for p in ("102", "104", "109")
            for days in (260, 170)
        ],
        "cla_health": [
            {
                "clah_person_id": p,
                "clah_health_check_type": kind,
                "clah_health_check_date": back(255),
                "clah_health_check_status": "Completed",
            }
            for p in ("102", "104", "109")
            for kind in ("HEALTH", "DENTAL")
        ],
        "missing": [
            {
                "miss_person_id": "104",
                "miss_missing_episode_start_date": datetime(2026, 11, 20, 22, 0),
                "miss_missing_episode_end_date": datetime(2026, 11, 22, 9, 0),
                "miss_missing_episode_type": "M",
            }
        ],
        "care_leavers": [
            {
                "clea_person_id": "107",
                "clea_care_leaver_eligibility": "Former Relevant",
                "clea_care_leaver_in_touch": "YES",
                "clea_care_leaver_latest_contact": back(10),
                "clea_care_leaver_accommodation": "U",
                "clea_care_leaver_accom_suitable": "1",
                "clea_care_leaver_activity": "F5",
                "clea_pathway_plan_review_date": back(30),
                "clea_care_leaver_personal_advisor": "W3",
            },
            {
                "clea_person_id": "108",
                "clea_care_leaver_eligibility": "Former Relevant",
                "clea_care_leaver_in_touch": "NO",
                "clea_care_leaver_latest_contact": back(90),
                "clea_care_leaver_accommodation": "S",
                "clea_care_leaver_accom_suitable": "2",
                "clea_care_leaver_activity": "G5",
                "clea_pathway_plan_review_date": back(250),
                "clea_care_leaver_personal_advisor": "W3",
            },
        ],
        "family": [{"fami_family_id": "F1", "fami_person_id": p} for p in ("101", "102")],
    }


@dataclass(frozen=True)
class SmallManifest:
    """As much of a manifest as the screens ask for."""

    id: str = SNAPSHOT
    created: datetime = field(default_factory=datetime.now)
    data_date: date = AS_AT
    demo: bool = False
    sources: tuple[str, ...] = ("hand",)
    files: dict[str, object] = field(default_factory=dict)


@cache
def _frames(
    empty: bool, none_of: tuple[str, ...], problems: tuple[tuple[tuple[str, object], ...], ...]
) -> dict[str, pl.LazyFrame]:
    """Every frame of a snapshot, made when the first is asked for, and once for all that are alike.

    Args:
        problems: the fields of each issue, with their names.
    """
    given = {} if empty else _rows()
    frames: dict[str, pl.LazyFrame] = {}
    for table in tables.names():
        key = tables.key_of(table)
        rows = [
            {"source": "hand", "source_row": f"ssd_{table}/{n}", key: f"{n}"} | row
            for n, row in enumerate([] if table in none_of else given.get(table, []), start=1)
        ]
        frames[table] = pl.DataFrame(rows, schema=tables.polars_schema(table)).lazy()
    count = len(tables.names())
    frames["coverage"] = pl.LazyFrame(
        {
            "table": tables.names(),
            "coverage": ["none" if table in none_of else "full" for table in tables.names()],
            "latest_only": [False] * count,
            "missing_columns": [""] * count,
            "note": [""] * count,
        }
    )
    frames["issues"] = issues.frame(dict(one) for one in problems).lazy()
    calendar = Calendar.england(2015, 2030)
    made = prepared(frames.__getitem__, load_rules(), calendar)
    return frames | {name: frame.collect(engine=ENGINE).lazy() for name, frame in made.items()}


class SmallSnapshot:
    """Frames in memory, made by the same functions that a load uses."""

    id = SNAPSHOT
    path = NO_HOME / id

    def __init__(
        self,
        *,
        empty: bool = False,
        none_of: tuple[str, ...] = (),
        demo: bool = False,
        problems: Iterable[issues.Issue] = (),
    ) -> None:
        self.manifest = SmallManifest(demo=demo)
        self._made = partial(_frames, empty, none_of, tuple(tuple(one.items()) for one in problems))

    @property
    def _frames(self) -> dict[str, pl.LazyFrame]:
        return self._made()

    def holds(self, name: str) -> bool:
        return name in self._frames

    def scan(self, name: str) -> pl.LazyFrame:
        return self._frames[name]

    def scan_open(self, name: str, as_at: date) -> pl.LazyFrame:
        rows = self.scan(name)
        return rows.filter(still_open.not_over(name, as_at)) if name in still_open.ENDS else rows

    def file_open(self, name: str, as_at: date) -> str:
        return f"{name}, open on {as_at}" if name in still_open.ENDS else name

    def earlier(self) -> list[str]:
        return []

    def for_answer(self) -> "SmallSnapshot":
        return self

    def alike(self, other: "SmallSnapshot") -> "SmallSnapshot":
        return other

    def sibling(self, name: str) -> "SmallSnapshot":
        raise DataError(f"There is no snapshot {name}.")


class Home:
    """Settings of a home that is not there."""

    def __init__(self, path: Path) -> None:
        from fcl_tui.config.settings import Settings

        self.settings = Settings(path)
