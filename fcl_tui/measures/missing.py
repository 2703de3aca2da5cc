"""Missing children: episodes, how long, how often, and whether the child was offered an interview after.

Records: one row per episode (`records.gone_missing.episodes.episodes`), per child who was missing
(`records.gone_missing.children.children`), or per child looked after in the year (`cohort` there).
"Missing" is type M, and a blank type; "away without authorisation" is type A and never counted with it.
"""

from dataclasses import replace

from fcl_tui.definitions.figures.measure import Measure

GUIDANCE = "Statutory guidance on children who run away or go missing from home or care (2014)"
RETURN = "Children looked after return (SSDA903)"
_M, _BACK = "kind = 'missing'", "kind = 'missing' AND ended"
OFFER, ACCEPT = ("missing.miss_missing_rhi_offered",), ("missing.miss_missing_rhi_accepted",)

EPISODES = Measure(
    key="missing_episodes",
    label="Missing episodes begun",
    where=f"{_M} AND started",
    unit="episodes",
    higher_is_better=False,
    definition="Missing episodes that began in the period, not those running when it began.",
    source=GUIDANCE,
)
CHILDREN = Measure(
    key="missing_children",
    label="Children missing",
    statistic="children",
    where=f"{_M} AND in_period",
    unit="children",
    higher_is_better=False,
    definition="Different children missing at any time in the period, also those gone before it.",
    source=GUIDANCE,
)
OVER_24 = Measure(
    key="missing_over_24h",
    source="Statutory guidance (2014); common practice",
    label="Over 24 hours",
    where=f"{_M} AND started AND over_24",
    unit="episodes",
    higher_is_better=False,
    definition="Missing episodes begun in the period that lasted over 24 hours, or have so far, by "
    "the end of the as-at day.",
)
NOW = Measure(
    key="missing_now",
    label="Missing now",
    statistic="children",
    where=f"{_M} AND running",
    unit="children",
    window="now",
    higher_is_better=False,
    definition="Different children who were missing and not back by the end of the as-at day.",
    source=GUIDANCE,
)
AWAY = Measure(
    key="away_episodes",
    label="Away without authorisation",
    where="kind = 'away' AND started",
    unit="episodes",
    higher_is_better=False,
    definition="Episodes begun in the period of being away without authorisation, whereabouts known.",
    source=RETURN,
)
RETURNS = Measure(
    key="missing_returns",
    label="Came back",
    where=_BACK,
    unit="episodes",
    definition="Missing episodes that ended in the period.",
)
OFFERED = Measure(
    key="rhi_offered",
    label="Interviews offered",
    where=f"{_BACK} AND offered = 'Y'",
    unit="episodes",
    higher_is_better=True,
    definition="Missing episodes ended in the period after which a return interview was offered.",
    source=GUIDANCE,
    needs=OFFER,
)
OFFERED_SHARE = Measure(
    key="rhi_offered_pct",
    label="Interviews offered, %",
    statistic="share",
    where="offered = 'Y'",
    out_of=f"{_BACK} AND (offered IS NULL OR offered <> 'NA')",
    unit="per cent",
    higher_is_better=True,
    definition="Of the missing episodes that ended in the period, without those an interview does not "
    "apply to: those after which one was offered.",
    source=GUIDANCE,
    opens=False,
    needs=OFFER,
)
ACCEPTED = Measure(
    key="rhi_accepted",
    label="Interviews accepted",
    where=f"{_BACK} AND offered = 'Y' AND accepted = 'Y'",
    unit="episodes",
    higher_is_better=True,
    definition="Missing episodes ended in the period after which an interview was offered and accepted.",
    source=GUIDANCE,
    needs=OFFER + ACCEPT,
)
ACCEPTED_SHARE = Measure(
    key="rhi_accepted_pct",
    label="Interviews accepted, %",
    statistic="share",
    where="accepted = 'Y'",
    out_of=f"{_BACK} AND offered = 'Y'",
    unit="per cent",
    higher_is_better=True,
    definition="Of the missing episodes ended in the period after which an interview was offered, "
    "those where it was accepted.",
    source=GUIDANCE,
    opens=False,
    needs=OFFER + ACCEPT,
)
OUTSTANDING = Measure(
    key="rhi_overdue",
    label="Interviews outstanding",
    where=f"{_M} AND outstanding",
    unit="episodes",
    window="now",
    higher_is_better=False,
    definition="Missing episodes that ended more than three days before the as-at day, however long "
    "ago, without an interview accepted, declined, or said not to apply.",
    source=f"{GUIDANCE}: within 72 hours of the return",
    needs=OFFER + ACCEPT,
)
FAR = Measure(
    key="missing_over_20_miles",
    source="Children looked after statistics, distance from home",
    label="Placed over 20 miles from home, %",
    statistic="share",
    where="far",
    out_of=f"{_M} AND started AND looked_after AND distance IS NOT NULL",
    unit="per cent",
    higher_is_better=False,
    definition="Of the missing episodes begun in the period from a placement whose distance is "
    "recorded, those from over 20 miles. This is close to out of area, which the standard dataset "
    "does not hold.",
    opens=False,
    needs=("cla_placement.clap_cla_placement_distance",),
)
MEAN_HOURS = Measure(
    key="missing_mean_hours",
    source="common practice",
    label="Hours, mean",
    statistic="mean",
    of="hours",
    where=f"{_M} AND started AND NOT running",
    unit="hours",
    higher_is_better=False,
    definition="Hours to the return, on average, of the missing episodes begun in the period and "
    "ended whose times are held.",
    opens=False,
)
LONGEST = Measure(
    key="missing_longest_hours",
    label="Hours, longest",
    statistic="largest",
    of="hours",
    where=f"{_M} AND started AND NOT running",
    unit="hours",
    higher_is_better=False,
    definition="Hours of the longest missing episode begun in the period and ended whose times are held.",
    opens=False,
)
INTERVIEWS = (RETURNS, OFFERED, OFFERED_SHARE, ACCEPTED, ACCEPTED_SHARE, OUTSTANDING)
ALL = (EPISODES, CHILDREN, OVER_24, NOW, AWAY, *INTERVIEWS, FAR, MEAN_HOURS, LONGEST)
BEGUN = (EPISODES, OVER_24, AWAY, FAR, MEAN_HOURS, LONGEST)
"""Those of episodes by their start, as months are"""

REPEAT = Measure(
    key="missing_repeat",
    label="Often missing of late",
    where="repeat",
    unit="children",
    window="now",
    higher_is_better=False,
    definition="Children with three or more missing episodes begun in the 90 days to the as-at day "
    "(the settings missing_often and missing_often_days).",
    source="Common practice; authorities differ",
)
NO_STRATEGY = Measure(
    key="missing_strategy",
    source="Local practice guidance",
    label="Often missing, no section 47 enquiry",
    where="repeat AND NOT discussed",
    unit="children",
    window="now",
    higher_is_better=False,
    definition="Children often missing recently, with no section 47 enquiry begun in those days. A"
    " strategy meeting that led to no enquiry is not in the standard dataset.",
    needs=("s47_enquiry",),
)
PER_CHILD = Measure(
    key="missing_per_child",
    source="common practice",
    label="Episodes per child",
    statistic="mean",
    of="episodes",
    where="in_period",
    unit="episodes",
    higher_is_better=False,
    definition="Missing episodes begun in the period, per child who was missing in it.",
    opens=False,
)
INTERVIEWED = Measure(
    key="interviewed_pct",
    source="Statutory guidance on children who run away or go missing (2014)",
    label="Children who had an interview, %",
    statistic="share",
    where="interviewed",
    out_of="in_period",
    unit="per cent",
    higher_is_better=True,
    definition="Of the children missing in the period, those with an episode that ended in it and an"
    " interview accepted after one.",
    opens=False,
    needs=ACCEPT,
)
OF_CHILDREN = (
    replace(CHILDREN, statistic="count", where="in_period"), PER_CHILD, REPEAT, NO_STRATEGY, INTERVIEWED,
)  # fmt: skip

LOOKED_AFTER = Measure(
    key="looked_after_in_year",
    label="Looked after in the year",
    unit="children",
    window="rolling",
    definition="Children looked after at any time in the twelve months to the as-at day, without "
    "short breaks.",
    source=RETURN,
)
FROM_CARE = Measure(
    key="missing_from_care",
    label="Missing in the year",
    where="missing",
    unit="children",
    window="rolling",
    higher_is_better=False,
    definition="Of them, those who were missing at any time in those months.",
    source=RETURN,
)
FROM_CARE_SHARE = Measure(
    key="missing_from_care_pct",
    label="Missing in the year, %",
    statistic="share",
    where="missing",
    unit="per cent",
    window="rolling",
    higher_is_better=False,
    definition="Of the children looked after at any time in the twelve months, those missing in them.",
    source=RETURN,
    opens=False,
)
AWAY_FROM_CARE = Measure(
    key="away_from_care",
    label="Away in the year",
    where="away",
    unit="children",
    window="rolling",
    higher_is_better=False,
    definition="Of them, those who were away without authorisation at any time in those months.",
    source=RETURN,
)
AWAY_FROM_CARE_SHARE = Measure(
    key="away_from_care_pct",
    label="Away in the year, %",
    statistic="share",
    where="away",
    unit="per cent",
    window="rolling",
    higher_is_better=False,
    definition="Of the children looked after at any time in the twelve months, those who were away "
    "without authorisation in them.",
    source=RETURN,
    opens=False,
)
OF_COHORT = (LOOKED_AFTER, FROM_CARE, FROM_CARE_SHARE, AWAY_FROM_CARE, AWAY_FROM_CARE_SHARE)
