"""An authority in which everything that tells of a child holds that child's own token, and no other's.

Every table of the standard has a row for every child; every number, name, key, address and free text of
the row holds the child's token. So one search for a token finds whatever reached somebody who must not see
that child, by whatever column. With it come crossed rows: rows of one child that name a row of another child.
"""

from datetime import date, datetime, timedelta

from data.schema import tables
from fcl_tui.access.seen import columns
from tests.authority import write

TEAMS = ("T1", "T2", "T3")
EACH = 3
"""Children of each team"""


class Token:
    """One child: number, token, team, day of birth (nobody else's)."""

    def __init__(self, index: int) -> None:
        self.token = f"zq{'abcdefghij'[index]}x"
        self.number = f"P{self.token}"
        self.team = TEAMS[index // EACH]
        self.worker = f"W{self.team}"
        self.born = date(2011, 1 + index, 7 + index)

    @property
    def told(self) -> set[str]:
        """What tells of this child and of nobody else, in small letters."""
        return {self.token, f"{self.born:%d/%m/%Y}", f"{self.born:%Y-%m-%d}"}


CHILDREN = tuple(Token(index) for index in range(len(TEAMS) * EACH))

ROLES = {"invo_professional_role_id": "CW"}
CODES = {
    "cine_cin_primary_need_code": "N1",
    "cine_referral_nfa": "N",
    "cina_assessment_child_seen": "Y",
    "cina_assessment_outcome_nfa": "N",
    "cinv_cin_visit_seen": "Y",
    "cppv_cp_visit_seen": "Y",
    "clav_cla_visit_seen": "Y",
    "cppl_cp_plan_initial_category": "Neglect",
    "lega_legal_status": "C2",
    "clap_cla_placement_type": "U4",
    "clae_cla_episode_start_reason": "S",
    "clea_care_leaver_eligibility": "Relevant child",
    "s47e_s47_nfa": "N",
    "miss_missing_episode_type": "Missing",
    "icpc_icpc_outcome_cp_flag": "Y",
    "pers_sex": "F",
}
NAMED_BY_OTHERS = {one.foreign_key.partition(".")[2] for one in tables.fields() if one.foreign_key}
ENDS = ("end_date", "ceased_date", "close_date", "death_date", "expected_dob", "decision_reversed_date")


def _day(today: date, back: int) -> datetime:
    return datetime.combine(today - timedelta(days=back), datetime.min.time())


def _value(field: tables.Field, child: Token, today: date, suffix: str) -> object:
    parent, _, _ = field.foreign_key.partition(".")
    if field.name in CODES | ROLES:
        return (CODES | ROLES)[field.name]
    if parent == "person" or (field.table == "person" and field.primary_key):
        return child.number
    if parent == "professionals" or field.name.endswith("worker_id"):
        return child.worker
    if parent == "department" or field.name.endswith("_team"):
        return child.team
    if field.primary_key:
        return f"{field.name[:4]}{child.token}{suffix}"
    if field.name in NAMED_BY_OTHERS:
        return f"{field.name[:4]}{child.token}"
    if parent:
        return f"{field.foreign_key.partition('.')[2][:4]}{child.token}"
    if field.name in ("pers_dob", "moth_childs_dob"):
        return datetime.combine(child.born, datetime.min.time())
    if field.kind in ("date", "datetime"):
        if field.name.endswith(ENDS):
            return None
        return _day(today, 400 if "start" in field.name or "referral" in field.name else 90)
    if field.kind == "string" and not field.code_list and columns.class_of(field.name) != "kept":
        text = (
            f'{{"told": "{child.token}"}}'
            if field.name.endswith("json")
            else f"{field.name[5:9]} {child.token}"
        )
        return text if field.max_length is None or field.max_length >= len(text) else child.token
    return None


def rows(today: date) -> dict[str, list[dict[str, object]]]:
    """The tables, as `tests.authority.write` takes them; crossed rows have a key that ends with x."""
    told: dict[str, list[dict[str, object]]] = {
        "professionals": [
            {"prof_professional_id": f"W{team}", "prof_professional_name": f"Sam {team}"} for team in TEAMS
        ],
        "department": [{"dept_team_id": team, "dept_team_name": f"Pod {team}"} for team in TEAMS],
    }
    for table in tables.names():
        if table in columns.NO_CHILD:
            continue
        named = tables.fields(table)
        told[table] = [{one.name: _value(one, child, today, "") for one in named} for child in CHILDREN]
        if tables.person_of(table) is None:
            continue  # whose such a row is, its link alone says: crossed, it is simply the other child's
        for one in named:
            parent = one.foreign_key.partition(".")[0]
            if not parent or parent == "person" or parent in columns.NO_CHILD:
                continue
            for child in CHILDREN:  # each names a row of a child of the next team
                other = CHILDREN[(CHILDREN.index(child) + EACH) % len(CHILDREN)]
                row = {field.name: _value(field, child, today, f"-{one.name}x") for field in named}
                told[table].append(row | {one.name: _value(one, other, today, "")})
    for row, child in zip(told["family"], CHILDREN, strict=True):  # brothers and sisters across the teams
        row["fami_family_id"] = f"family{CHILDREN.index(child) % EACH}"
    return told


def loaded(home, today: date):
    """Load it into a home."""
    from fcl_tui.loading.load import load

    load([write(f"sqlite:///{home / 'ssd.db'}", rows(today))], home, data_date=today)
    (home / "ssd.db").unlink()
    return home
