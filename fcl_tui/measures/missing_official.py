"""Missing children under their official keys: those of the report, and what it calls otherwise.

Records: one row per episode, per child who was missing, per looked-after child
(`records.gone_missing.rows`).
"""

from dataclasses import replace

from fcl_tui.measures import missing

DURATION = replace(missing.MEAN_HOURS, key="missing_duration")
OUT_OF_AREA = replace(missing.FAR, key="missing_out_of_area", label="Placed out of area (over 20 miles), %")
BY_PLACEMENT = replace(
    missing.EPISODES,
    key="missing_distinct_placement",
    label="Missing episodes from placements",
    where=f"{missing.EPISODES.where} AND looked_after",
    definition="Missing episodes of looked-after children begun in the period, by the placement of that day.",
    needs=("cla_placement",),
)
EPISODES = (
    missing.EPISODES,
    missing.CHILDREN,
    missing.NOW,
    DURATION,
    missing.OVER_24,
    OUT_OF_AREA,
    BY_PLACEMENT,
    missing.OFFERED_SHARE,
    missing.ACCEPTED_SHARE,
    missing.OUTSTANDING,
)
INTERVIEWED = replace(
    missing.INTERVIEWED,
    key="rhi_child_pct",
    label="Children missing in the quarter who had an interview, %",
    window="rolling",
    months=3,
    definition="Of the children missing in the three months to the day, those with an episode that ended in "
    "them and an interview accepted after one. The day of the interview is not in the standard dataset.",
)
CHILDREN = (missing.PER_CHILD, missing.REPEAT, missing.NO_STRATEGY, INTERVIEWED)
COHORT = (missing.FROM_CARE_SHARE, missing.AWAY_FROM_CARE_SHARE)
