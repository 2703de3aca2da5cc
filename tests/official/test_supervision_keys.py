"""The official keys of staff supervision against an account in plain Python."""

import os
import random
from datetime import date, timedelta

import polars as pl
import pytest

from fcl_tui.records.supervising.workers import SHAPE
from fcl_tui.reports.context import Supervised
from tests.asking import measured
from tests.reports.by_hand import Authority, child, episode, involved, plan, referral

AS_AT = date(2026, 3, 31)
DAY = timedelta(days=1)
WORKERS = ("Ann", "Bob", "Cy", "Di")
KEYS = (
    "sup_worker_current", "sup_newly_qualified", "sup_overdue", "sup_span", "sup_gap", "sup_gap_longest",
    "sup_cancelled", "sup_group", "sup_case_current", "sup_case_never",
)  # fmt: skip


class Made:
    """A few children and what was entered of their workers' supervision."""

    def __init__(self, seed):
        dice = random.Random(f"supervision {seed}")
        self.children, rows = {}, {"person": [], "cin_episodes": [], "cp_plans": [], "cla_episodes": []}
        rows["involvements"] = []
        for number in range(8):
            opened = AS_AT - dice.choice([5, 28, 29, 200]) * DAY
            began = opened + dice.randint(0, (AS_AT - opened).days) * DAY
            kind = dice.choice(["need", "plan", "care"])
            worker = dice.choice(WORKERS[:3])
            self.children[str(number)] = (opened, began, kind, worker)
            rows["person"].append(child(str(number)))
            rows["cin_episodes"].append(referral(str(number), opened))
            rows["involvements"].append(involved(str(number), worker, began))
            if kind == "plan":
                rows["cp_plans"].append(plan(str(number), opened))
            if kind == "care":
                rows["cla_episodes"].append(episode(str(number), opened, clae_cla_id=str(number)))
        self.scan = Authority(**rows).scan
        self.sessions = [
            {
                "worker": dice.choice(WORKERS), "supervisor": dice.choice(["Mo", "Flo"]),
                "day": AS_AT - dice.choice([-9, 0, 5, 14, 15, 28, 29, 60, 61, 120, 364, 365, 400]) * DAY,
                "kind": dice.choice(["personal", "case", "group"]),
                "state": dice.choice(["held", "held", "held", "booked", "cancelled"]),
                "children": dice.sample(sorted(self.children), dice.randint(0, 3)),
            }
            for _ in range(dice.randint(0, 30))
        ]  # fmt: skip
        kept = {(one["worker"], one["day"], one["kind"]): one for one in self.sessions}
        self.sessions = list(kept.values())
        self.leave = [("Bob", AS_AT - 40 * DAY, AS_AT)] if dice.random() < 0.5 else []
        self.known = {
            "supervisions": lambda: Supervised(pl.LazyFrame(self.sessions, schema=SHAPE)),
            "settings": {"newly_qualified": ("cy",)},
            "leave": lambda: pl.DataFrame(
                self.leave, schema={"worker": pl.String, "first": pl.Date, "last": pl.Date}, orient="row"
            ),
        }

    def account(self):
        one_to_one = [one for one in self.sessions if one["kind"] != "group"]
        held = {}
        for one in one_to_one:
            if one["state"] == "held" and one["day"] <= AS_AT:
                held.setdefault(one["worker"], []).append(one)
        holders = {worker for _, _, _, worker in self.children.values()}
        away = {worker for worker, _, _ in self.leave}
        in_time, last = {}, {}
        for worker in holders:
            mine = sorted(held.get(worker, ()), key=lambda one: one["day"])
            last[worker] = mine[-1] if mine else None
            limit = 14 if worker == "Cy" else 28
            in_time[worker] = bool(mine) and (AS_AT - mine[-1]["day"]).days <= limit
        asked = [worker for worker in holders if worker not in away]
        year, told = date(2025, 4, 1), {}
        told["sup_worker_current"] = (sum(in_time[one] for one in asked), len(asked))
        newly = [one for one in asked if one == "Cy"]
        told["sup_newly_qualified"] = (sum(in_time[one] for one in newly), len(newly))
        told["sup_overdue"] = (sum(not in_time[one] for one in asked), None)
        gaps = []
        for worker in holders:
            days = sorted({one["day"] for one in held.get(worker, ())})
            gaps += [(b - a).days for a, b in zip(days, days[1:], strict=False) if year <= b <= AS_AT]
        told["sup_gap"] = (sum(gaps) if gaps else None, len(gaps))
        self.longest = max(gaps, default=None)
        lost = 0
        for one in one_to_one:
            if one["state"] == "cancelled" and year <= one["day"] <= AS_AT and one["worker"] in holders:
                lost += not any(
                    other["worker"] == one["worker"] and other["state"] in ("held", "booked")
                    and one["day"] < other["day"] <= one["day"] + 14 * DAY
                    for other in one_to_one
                )  # fmt: skip
        told["sup_cancelled"] = (lost, None)
        groups = [one for one in self.sessions if one["kind"] == "group"]
        met = {(one["supervisor"], one["day"]) for one in groups if one["state"] == "held"}
        there = [
            one["state"] for one in groups
            if (one["supervisor"], one["day"]) in met and one["state"] != "booked"
            and year <= one["day"] <= AS_AT and one["worker"] in holders
        ]  # fmt: skip
        told["sup_group"] = (there.count("held"), len(there))
        discussed, kept, never = {}, 0, 0
        for one in self.sessions:
            if one["state"] == "held" and one["day"] <= AS_AT:
                for person in one["children"]:
                    discussed[person] = max(discussed.get(person, date.min), one["day"])
        for person, (opened, began, kind, _) in self.children.items():
            day = discussed.get(person)
            limit = {"need": 60, "plan": 28, "care": 90}[kind]
            kept += day is not None and (AS_AT - day).days <= limit
            never += (AS_AT - opened).days > 28 and (day is None or day < began)
        told["sup_case_current"] = (kept, len(self.children))
        told["sup_case_never"] = (never, None)
        return told, {one["supervisor"] for one in last.values() if one}


@pytest.mark.parametrize("seed", range(int(os.environ.get("FCL_ORACLE_EXAMPLES", "6"))))
def test_every_key_of_supervision_is_what_its_definition_says(seed):
    made = Made(seed)
    told, supervisors = made.account()
    theirs = measured(made.scan, KEYS, AS_AT, known=made.known)
    found = {key: theirs[key][None][:2] for key in told}
    assert found == told
    assert theirs["sup_gap_longest"][None][2] == made.longest
    assert len(theirs["sup_span"]) == 1
    assert (theirs["sup_span"][None][1] or 0) <= len(supervisors | {"Mo", "Flo"})
