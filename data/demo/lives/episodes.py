"""What happened with each child: referrals as stages in order, worked back from where the child is now.

A path fills the stages it passes; the others stay null:
    nfa        referral, no further action
    assess     referral, assessment
    s47        referral, assessment, section 47 enquiry that led nowhere
    cin        … child in need plan (a part after a protection plan)
    cp         … section 47, conference, protection plan, often a child in need plan after it
    cla        … care (often from a protection plan)
    leaver     … care until 18 (a few until 16 or 17)
    assessing, enquiry, new: open work that has no plan yet
"""

import polars as pl

from data.demo.days import Days, after, days_between, months
from data.demo.dice import Dice

EARLIER = {"nfa": 27.0, "assess": 37.0, "s47": 12.0, "cin": 20.0, "cp": 4.0}
"""What an earlier referral of a child led to, by weight."""


def episodes(children: pl.DataFrame, pods: int, dice: Dice, days: Days) -> pl.DataFrame:
    """One row per referral of a child.

    Columns: those of `children` plus back (Int64: 0 the latest referral, 1 the one before …), ep (Int64,
    unique), pod (Int64: which assessment pod) and the dates referral, assess, auth, s47, s47_end,
    cin_1, cin_1_end, cp, cp_end, cin_2, cin_2_end, care, care_end, close, eighteen; entry (String: how
    care began), slow (Boolean: the conference was late).
    """
    known = children.filter(pl.col("path") != "contact").with_columns(
        eighteen=months(pl.col("born"), 216), back=pl.lit(0)
    )
    latest = _staged(known, pods, dice, days)
    rounds = [latest]
    for back in (1, 2, 3):
        rounds.append(_earlier(rounds[-1], back, pods, dice, days))
    every = pl.concat(rounds, how="diagonal_relaxed")
    unborn = pl.when(pl.col("path") == "cp").then(130).otherwise(-1)
    latest_birth = pl.when(pl.col("back") == 0).then(after(pl.col("referral"), unborn)).min().over("child")
    return every.with_columns(born=pl.min_horizontal("born", latest_birth)).with_columns(
        eighteen=months(pl.col("born"), 216)
    )


def _earlier(later: pl.DataFrame, back: int, pods: int, dice: Dice, days: Days) -> pl.DataFrame:
    """The referral before, for those families who had one."""
    what = f"round {back}"
    again = dice.chance(0.35 if back == 1 else 0.4, what + " had", "fam")
    soon = dice.chance(0.62, what + " soon", "fam")
    gap = (
        pl.when(soon)
        .then(dice.between(25, 250, what + " gap", "fam"))
        .otherwise(dice.between(300, 1300, what + " gap", "fam"))
    )
    length = dice.between(20, 110, what + " length", "fam")
    first = days.today.dt.offset_by(f"-{days.years}y")
    settled = pl.col("group").is_in(["unaccompanied", "short_breaks"]).not_()
    frame = later.filter(again & settled & pl.col("referral").is_not_null()).select(
        "child",
        "person",
        "fam",
        "household",
        "place",
        "group",
        "born",
        "eighteen",
        path=dice.pick(EARLIER, what + " path", "fam"),
        open=pl.lit(False),
        back=pl.lit(back, dtype=pl.Int32),
        until=after(pl.col("referral"), -gap),
        anchor=days.working_before(after(pl.col("referral"), -gap - length)),
    )
    staged = _staged(frame, pods, dice, days)
    return staged.filter(
        (pl.col("referral") >= first)
        & (pl.col("referral") > pl.col("born"))
        & (pl.col("referral") < after(pl.col("eighteen"), -60))
        & (pl.col("close") >= pl.col("referral"))
    )


def _staged(frame: pl.DataFrame, pods: int, dice: Dice, days: Days) -> pl.DataFrame:
    """Work out the stages around `anchor`; `until` (if there) is the day before which all is over."""
    ids = ("fam", "back")
    path, open_, group = pl.col("path"), pl.col("open"), pl.col("group")
    if "until" not in frame.columns:
        spare = dice.between(2, 60, "spare", "fam")
        frame = frame.with_columns(until=pl.when(open_.not_()).then(after(days.today, -spare)))
    frame = frame.with_columns(
        last=days.working_before(pl.min_horizontal("until", after(pl.col("eighteen"), -1))),
        pod=dice.between(0, pods - 1, "pod", *ids),
        age=days_between(pl.col("born"), pl.col("anchor")),
        eldest=days_between(pl.col("born"), pl.col("anchor")).min().over("fam"),
    )
    anchor = pl.col("anchor")
    grown = pl.col("eldest") > 900
    care_age = dice.between(11 * 365, 17 * 365, "care age", "child")
    came_alone = (path == "leaver") & dice.chance(0.3, "leaver alone", "child")
    frame = frame.with_columns(
        entry=pl.when((group == "unaccompanied") | came_alone)
        .then(pl.lit("uasc"))
        .when(group == "short_breaks")
        .then(pl.lit("short_break"))
        .when(path.is_in(["cla", "leaver"]) & grown & dice.chance(0.45, "via plan", "fam"))
        .then(pl.lit("plan"))
        .when(path.is_in(["cla", "leaver"]))
        .then(pl.lit("direct")),
        care=pl.when(path == "cla")
        .then(anchor)
        .when(came_alone)
        .then(
            after(pl.col("born"), dice.between(round(15.1 * 365.25), round(17.4 * 365.25), "alone", "child"))
        )
        .when(path == "leaver")
        .then(days.working(after(pl.col("born"), care_age))),
    )
    care, entry = pl.col("care"), pl.col("entry")
    stepped = (path == "cin") & grown & (group != "disabled") & dice.chance(0.22, "step down", *ids)
    plan_length = dice.waiting(230, 800, "cp length", *ids) + 88
    frame = frame.with_columns(
        cp=pl.when(path == "cp")
        .then(anchor)
        .when(stepped)
        .then(days.working_before(after(anchor, -plan_length.clip(upper_bound=500))))
        .when(entry == "plan")
        .then(days.working_before(after(care, -plan_length.clip(upper_bound=420)))),
    ).with_columns(
        cp_end=pl.when((path == "cp") & open_.not_())
        .then(pl.min_horizontal(days.working(after(anchor, plan_length)), pl.col("last")))
        .when(stepped)
        .then(anchor)
        .when(entry == "plan")
        .then(care),
        slow=dice.chance(0.16, "slow conference", *ids),
    )
    cp, cp_end = pl.col("cp"), pl.col("cp_end")
    before_conference = (
        pl.when(pl.col("slow"))
        .then(dice.between(16, 26, "late conference", *ids))
        .otherwise(dice.between(8, 15, "conference", *ids))
    )
    frame = frame.with_columns(s47=pl.when(cp.is_not_null()).then(days.working_before(cp, before_conference)))
    first_plan = cp.is_not_null() & grown & dice.chance(0.35, "plan before", *ids)
    cin_length = dice.waiting(150, 700, "cin length", *ids) + 35
    frame = frame.with_columns(
        cin_1=pl.when((path == "cin") & ~stepped)
        .then(anchor)
        .when(first_plan)
        .then(days.working_before(after(pl.col("s47"), -dice.between(45, 240, "cin first", *ids)))),
    ).with_columns(
        cin_1_end=pl.when((path == "cin") & ~stepped & open_.not_())
        .then(pl.min_horizontal(days.working(after(anchor, cin_length)), pl.col("last")))
        .when(first_plan)
        .then(cp),
        cin_2=pl.when(stepped)
        .then(anchor)
        .when(
            (path == "cp")
            & open_.not_()
            & dice.chance(0.65, "down", *ids)
            & (days_between(cp_end, pl.col("last")) > 40)
        )
        .then(cp_end),
    )
    frame = frame.with_columns(
        cin_2_end=pl.when(pl.col("cin_2").is_not_null() & open_.not_()).then(
            pl.min_horizontal(days.working(after(pl.col("cin_2"), cin_length)), pl.col("last"))
        )
    )
    frame = _ended(_begun(frame, dice, days), dice, days)
    return frame.with_columns(ep=pl.col("child") * 4 + pl.col("back")).drop("last", "until", "age", "eldest")


def _begun(frame: pl.DataFrame, dice: Dice, days: Days) -> pl.DataFrame:
    """The front of an episode: referral, assessment and section 47 enquiry."""
    ids = ("fam", "back")
    path, entry, referral = pl.col("path"), pl.col("entry"), pl.col("referral")
    cin_1, cp, care = pl.col("cin_1"), pl.col("cp"), pl.col("care")
    in_time = dice.chance(0.7 + 0.23 * dice.share("pod speed", "pod"), "in time", *ids)
    took = (
        pl.when(in_time)
        .then(12 + (34 * dice.share("took", *ids).sqrt()).floor())
        .otherwise(46 + dice.waiting(13, 110, "took long", *ids))
        .cast(pl.Int64)
    )
    straight = pl.when(entry == "uasc").then(0).otherwise(dice.between(0, 18, "before care", *ids))
    frame = frame.with_columns(took=took).with_columns(
        signed=pl.when(cin_1.is_not_null())
        .then(days.working_before(cin_1, dice.between(0, 8, "to plan", *ids)))
        .when(cp.is_not_null())
        .then(days.working_before(cp, dice.between(0, 4, "to conference", *ids)))
    )
    frame = frame.with_columns(
        referral=pl.when(cin_1.is_not_null())
        .then(days.working_before(pl.col("signed"), pl.col("took")))
        .when(cp.is_not_null())
        .then(days.working_before(pl.col("s47"), dice.between(0, 6, "to strategy", *ids)))
        .when(care.is_not_null())
        .then(days.working_before(care, straight))
        .otherwise(pl.col("anchor"))
    )
    limit = pl.when(pl.col("open")).then(days.today).otherwise(days.working_before(pl.col("last")))
    signed = pl.coalesce("signed", days.working(referral, pl.col("took")))
    frame = frame.with_columns(
        auth=pl.when(path.is_in(["nfa", "new", "assessing", "enquiry"]))
        .then(None)
        .when(pl.col("open") & (signed > days.today))
        .then(None)
        .otherwise(pl.min_horizontal(signed, limit)),
        assess=pl.when(path.is_in(["nfa", "new"]).not_()).then(
            pl.min_horizontal(days.working(referral, dice.between(0, 2, "begun", *ids)), signed, limit)
        ),
    )
    looked_into = (
        pl.when(path == "cin")
        .then(dice.chance(0.2, "looked into need", *ids))
        .otherwise((entry == "direct") & dice.chance(0.4, "looked into", *ids))
    )
    frame = frame.with_columns(
        s47=pl.when(cp.is_not_null())
        .then("s47")
        .when(path == "s47")
        .then(days.working(referral, dice.between(0, 6, "s47", *ids)))
        .when(path == "enquiry")
        .then(pl.max_horizontal(referral, days.working_before(days.today, dice.between(0, 16, "s47", *ids))))
        .when(looked_into)
        .then(days.working(referral, dice.between(0, 3, "s47", *ids)))
    )
    s47 = pl.col("s47")
    ended = days.working(s47, dice.between(4, 14, "s47 took", *ids))
    return frame.with_columns(
        s47_end=pl.when(cp.is_not_null())
        .then(pl.max_horizontal(s47, days.working_before(cp, dice.between(0, 5, "s47 took", *ids))))
        .when((path == "enquiry") & dice.chance(0.6, "s47 open", *ids))
        .then(None)
        .when(ended <= limit)
        .then(ended)
        .when(pl.col("open").not_() & s47.is_not_null())
        .then(pl.max_horizontal(limit, s47))
    ).drop("signed", "took")


def _ended(frame: pl.DataFrame, dice: Dice, days: Days) -> pl.DataFrame:
    """The end of care and of the referral; both null while they go on."""
    ids = ("fam", "back")
    path, open_, group = pl.col("path"), pl.col("open"), pl.col("group")
    care, eighteen, last = pl.col("care"), pl.col("eighteen"), pl.col("last")
    stayed = (
        pl.when(group == "was_adopted")
        .then(dice.between(420, 900, "in care", "fam"))
        .otherwise(12 + dice.waiting(400, 1900, "in care", "fam"))
    )
    early = dice.chance(0.07, "left early", "child")
    left = pl.min_horizontal(
        eighteen,
        after(days.today, -dice.between(15, 200, "left lately", "child")),
        pl.when(early).then(
            pl.max_horizontal(after(care, 110), after(eighteen, -dice.between(10, 600, "left", "child")))
        ),
    )
    frame = frame.with_columns(
        care_end=pl.when(path == "leaver")
        .then(pl.max_horizontal(left, after(care, 20)))
        .when((path == "cla") & open_.not_())
        .then(pl.min_horizontal(after(care, stayed), last))
    )
    lag = dice.between(0, 4, "close", *ids)
    closed = (
        pl.when(path == "nfa")
        .then(days.working(pl.col("referral"), lag // 2))
        .when(path.is_in(["assess", "s47"]))
        .then(days.working(pl.max_horizontal("auth", "s47_end"), lag))
        .when(path.is_in(["cin", "cp"]))
        .then(days.working(pl.max_horizontal("cin_1_end", "cin_2_end", "cp_end"), lag))
        .when(path == "leaver")
        .then(after(days.today, -dice.between(10, 900, "closed leaver", "child")))
        .when((group == "was_adopted") | dice.chance(0.5, "ends with care", *ids))
        .then(days.working(pl.col("care_end"), lag))
        .otherwise(days.working(after(pl.col("care_end"), dice.between(40, 120, "after care", *ids))))
    )
    limit = pl.when(path == "leaver").then(days.today).otherwise(days.working_before(pl.col("until")))
    return frame.with_columns(
        close=pl.when(open_.not_()).then(
            pl.max_horizontal(
                "referral", days.working("care_end"), days.working_before(pl.min_horizontal(closed, limit))
            )
        )
    )
