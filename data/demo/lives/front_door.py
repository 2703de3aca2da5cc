"""Contacts, early help, referrals, assessments with their factors, and section 47 enquiries."""

import json

import polars as pl

from data.demo.days import Days, after, days_between
from data.demo.dice import Dice, coded, repeated, yes
from data.demo.finish import numbered, table
from data.demo.staff import work

SOURCES = {
    "6": 29.0,
    "2A": 21,
    "3A": 3,
    "3B": 3,
    "3C": 1.5,
    "3D": 4,
    "3E": 5,
    "3F": 2,
    "1A": 7,
    "1B": 2,
    "1C": 0.8,
    "1D": 2,
    "2B": 2,
    "4": 2,
    "5A": 4,
    "5B": 3,
    "5C": 3,
    "5D": 3,
    "7": 4,
    "8": 4,
    "9": 2.5,
    "10": 1,
}
WORDS = {
    "6": "Police",
    "2A": "School",
    "3A": "GP",
    "3B": "Health visitor",
    "3C": "School nurse",
    "3D": "Community health",
    "3E": "Hospital A&E",
    "3F": "Other health",
    "1A": "Family member",
    "1B": "Neighbour",
    "1C": "Child",
    "1D": "Other individual",
    "2B": "Education service",
    "4": "Housing",
    "5A": "Adult social care",
    "5B": "Council service",
    "5C": "Another local authority",
    "5D": "Early help",
    "7": "Court, probation or Cafcass",
    "8": "Voluntary organisation",
    "9": "Anonymous",
    "10": "Unknown",
}
NEEDS = {"N1": 58.0, "N3": 5, "N4": 11, "N5": 14, "N6": 5, "N7": 1, "N8": 2, "N0": 2}


def flags(*all_flags: str) -> "dict[str, str]":
    """For each flag, the JSON in which it alone is Y."""
    return {
        flag: json.dumps({name: "Y" if name == flag else "N" for name in all_flags}) for flag in all_flags
    }


CONTACT = flags(
    "NEW_REFERRAL_FLAG",
    "EXISTING_REFERRAL_FLAG",
    "CP_ENQUIRY_FLAG",
    "NFA_FLAG",
    "NON_AGENCY_ADOPTION_FLAG",
    "PRIVATE_FOSTERING_FLAG",
    "ADVICE_FLAG",
    "MISSING_FLAG",
    "OLA_CP_FLAG",
    "OTHER_OUTCOMES_EXIST_FLAG",
)
REFERRAL = flags(
    "SINGLE_ASSESSMENT_FLAG",
    "NFA_FLAG",
    "STRATEGY_DISCUSSION_FLAG",
    "CLA_REQUEST_FLAG",
    "NON_AGENCY_ADOPTION_FLAG",
    "PRIVATE_FOSTERING_FLAG",
    "CP_TRANSFER_IN_FLAG",
    "CP_CONFERENCE_FLAG",
    "CARE_LEAVER_FLAG",
    "OTHER_OUTCOMES_EXIST_FLAG",
)


def referrals(episodes: pl.DataFrame, spells: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """The referral of each episode, which is the CIN episode."""
    path, group = pl.col("path"), pl.col("group")
    outcome = (
        pl.when(path == "nfa")
        .then(pl.lit("NFA_FLAG"))
        .when((path == "new") & dice.chance(0.5, "decided", "ep"))
        .then(None)
        .when(pl.col("s47").is_not_null() & (days_between(pl.col("referral"), pl.col("s47")) <= 1))
        .then(pl.lit("STRATEGY_DISCUSSION_FLAG"))
        .when(pl.col("entry") == "uasc")
        .then(pl.lit("CLA_REQUEST_FLAG"))
        .otherwise(pl.lit("SINGLE_ASSESSMENT_FLAG"))
    )
    reason = (
        pl.when(path == "nfa")
        .then(pl.lit("RC7"))
        .when(path.is_in(["assess", "s47"]))
        .then(dice.pick({"RC8": 70, "RC9": 27, "RC5": 3}, "closed why", "fam", "back"))
        .when(pl.col("died"))
        .then(pl.lit("RC2"))
        .when(group == "was_adopted")
        .then(pl.lit("RC1"))
        .when(pl.col("left") == "E45")
        .then(pl.lit("RC4"))
        .when(pl.col("left") == "E41")
        .then(pl.lit("RC3"))
        .otherwise(dice.pick({"RC7": 90, "RC5": 8, "RC4": 1, "RC3": 1}, "closed why", "fam", "back"))
    )
    source = dice.pick(SOURCES, "source", "fam", "back")
    frame = episodes.join(work.at(spells, "ep", 0, "door"), on="ep", how="left", maintain_order="left")
    return table(
        "cin_episodes",
        frame.with_columns(source_code=source)
        .with_columns(
            cine_referral_id="ref",
            cine_person_id="person",
            cine_referral_date="referral",
            cine_cin_primary_need_code="need",
            cine_referral_source_code="source_code",
            cine_referral_source_desc=coded(pl.col("source_code"), WORDS),
            cine_referral_outcome_json=coded(outcome, REFERRAL),
            cine_referral_nfa=pl.when((path == "new") & outcome.is_null())
            .then(None)
            .otherwise(yes(path == "nfa")),
            cine_close_reason=pl.when(pl.col("close").is_not_null()).then(reason),
            cine_close_date="close",
            cine_referral_team="door_team",
            cine_referral_worker_id="door_worker",
        )
        .sort("referral", "ref"),
    )


def need(dice: Dice) -> pl.Expr:
    """Why the child is in need: disabled and unaccompanied children have their own codes."""
    return (
        pl.when(pl.col("group").is_in(["disabled", "short_breaks"]))
        .then(pl.lit("N2"))
        .when(pl.col("entry") == "uasc")
        .then(pl.lit("N8"))
        .when(pl.col("cp").is_not_null())
        .then(pl.lit("N1"))
        .otherwise(dice.pick(NEEDS, "need", "fam", "back"))
    )


def contacts(episodes: pl.DataFrame, children: pl.DataFrame, dice: Dice, days: Days) -> pl.DataFrame:
    """A contact for each referral, and those which led nowhere or came in on an open case."""
    led = episodes.select(
        "person",
        on=days.working_before(pl.col("referral"), dice.between(0, 1, "contact lag", "fam", "back")),
        code=dice.pick(SOURCES, "source", "fam", "back"),
        outcome=pl.when(dice.chance(0.93, "contact new", "fam", "back"))
        .then(pl.lit("NEW_REFERRAL_FLAG"))
        .otherwise(pl.lit("CP_ENQUIRY_FLAG")),
    )
    times = (
        pl.when(pl.col("path") == "contact")
        .then(1 + dice.waiting(0.5, 5, "contacts", "fam"))
        .otherwise(dice.waiting(1.1, 9, "contacts", "fam"))
    )
    other = repeated(children.with_columns(times=times), pl.col("times"), "nth")
    when = after(days.today, -dice.between(0, days.years * 365, "contact when", "fam", "nth"))
    police = dice.pick(SOURCES, "contact source", "fam", "nth")
    other = other.with_columns(on=when, code=police).with_columns(
        on=pl.when(pl.col("code") == "6").then("on").otherwise(days.working_before(pl.col("on")))
    )
    other = other.filter((pl.col("on") > pl.col("born")) & (pl.col("on") < pl.col("eighteen"))).select(
        "person",
        "on",
        "code",
        outcome=dice.pick(
            {
                "NFA_FLAG": 58,
                "ADVICE_FLAG": 24,
                "EXISTING_REFERRAL_FLAG": 9,
                "OTHER_OUTCOMES_EXIST_FLAG": 7,
                "MISSING_FLAG": 1.4,
                "PRIVATE_FOSTERING_FLAG": 0.3,
                "OLA_CP_FLAG": 0.3,
            },
            "contact outcome",
            "fam",
            "nth",
        ),
    )
    frame = numbered(pl.concat([led, other]), "cont_contact_id", 810_001, "on", "person")
    return table(
        "contacts",
        frame.with_columns(
            cont_person_id="person",
            cont_contact_date="on",
            cont_contact_source_code="code",
            cont_contact_source_desc=coded(pl.col("code"), WORDS),
            cont_contact_outcome_json=coded(pl.col("outcome"), CONTACT),
        ),
    )


def early_help(episodes: pl.DataFrame, staff: pl.DataFrame, dice: Dice, days: Days) -> pl.DataFrame:
    """Early help before a referral, or after a case was stepped down to it."""
    before = episodes.filter(
        dice.chance(0.16, "early help", "fam", "back") & (pl.col("entry") != "uasc").fill_null(value=True)
    )
    before = before.select(
        "person",
        "fam",
        "back",
        "born",
        "child",
        start=days.working(
            after(pl.col("referral"), -dice.between(60, 320, "early help from", "fam", "back"))
        ),
        end=days.working_before(pl.col("referral"), dice.between(0, 12, "early help to", "fam", "back")),
        why=pl.lit("Escalated to social care"),
    ).filter(pl.col("start") > pl.col("born"))
    down = episodes.filter(
        pl.col("close").is_not_null()
        & (pl.col("back") == 0)
        & pl.col("path").is_in(["assess", "cin", "cp", "s47"])
        & dice.chance(0.14, "early help after", "fam", "back")
    )
    start = days.working(pl.col("close"), 3)
    end = days.working(after(start, dice.waiting(150, 420, "early help length", "fam", "back") + 20))
    down = down.select(
        "person",
        "fam",
        "back",
        "born",
        "child",
        start=start,
        end=pl.when(end <= days.as_at).then(end),
        why=dice.pick(
            {"Outcomes achieved": 70, "Family withdrew consent": 16, "Moved away": 8, "Other": 6},
            "early help end",
            "fam",
        ),
    ).filter(pl.col("start") <= days.as_at)
    helpers = staff.filter((pl.col("kind") == "early_help") & (pl.col("role") == "worker"))[
        "worker"
    ].to_list()
    frame = numbered(pl.concat([before, down]), "earl_episode_id", 150_001, "start", "person")
    return table(
        "early_help_episodes",
        frame.with_columns(
            earl_person_id="person",
            earl_episode_start_date="start",
            earl_episode_end_date="end",
            earl_episode_reason=dice.pick(
                [
                    "Parenting support",
                    "School attendance",
                    "Housing and debt",
                    "Parental conflict",
                    "Child’s behaviour",
                ],
                "early help why",
                "fam",
            ),
            earl_episode_end_reason=pl.when(pl.col("end").is_not_null()).then("why"),
            earl_episode_organisation=dice.pick(
                {"Seaborough City Council": 60, "School": 25, "Health visiting": 10, "Voluntary sector": 5},
                "early help by",
                "fam",
            ),
            earl_episode_worker_id=dice.pick(helpers, "early help who", "fam"),
        ),
    )
