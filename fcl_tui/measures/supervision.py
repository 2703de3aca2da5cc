"""Supervision of staff. Records: one row per worker who holds a case on the day.

They are those of `records.supervising.workers.workers`.
How often is local policy (the settings `supervision_weeks` and `supervision_weeks_newly_qualified`).
"""

from fcl_tui.definitions.figures.measure import Measure

LOCAL = "Local policy"
WORKERS = Measure(
    key="supervised_workers",
    label="Workers",
    unit="workers",
    window="now",
    definition="Workers and personal advisers who hold a child's case on the as-at day.",
)
IN_TIME = Measure(
    key="supervision_in_time",
    label="In time",
    where="in_time",
    unit="workers",
    window="now",
    higher_is_better=True,
    definition="Workers whose last one-to-one supervision is no longer ago than the interval.",
    source=LOCAL,
)
OVERDUE = Measure(
    key="supervision_overdue",
    label="Overdue",
    where="state = 'overdue'",
    unit="workers",
    window="now",
    higher_is_better=False,
    definition="Workers whose last one-to-one supervision is longer ago than the interval.",
    source=LOCAL,
)
NEVER = Measure(
    key="supervision_never",
    label="None entered",
    where="state = 'never'",
    unit="workers",
    window="now",
    higher_is_better=False,
    definition="Workers for whom no one-to-one supervision held by the as-at day was entered.",
    source=LOCAL,
)
SHARE = Measure(
    key="sup_worker_current",
    label="In time, %",
    statistic="share",
    where="in_time AND NOT absent",
    out_of="NOT absent",
    unit="per cent",
    window="now",
    higher_is_better=True,
    opens=False,
    definition="Of the workers and advisers who hold a case on the day, without those on leave of more than "
    "28 days, those whose last one-to-one supervision is no longer ago than the interval (four weeks).",
    source=LOCAL,
)
GAP = Measure(
    key="supervision_longest_gap",
    label="Longest gap",
    statistic="largest",
    of="longest_gap",
    unit="days",
    opens=False,
    higher_is_better=False,
    definition="The most calendar days between two one-to-one supervisions of one worker in the period, or "
    "from the last of them to its end.",
)
ALL = (WORKERS, IN_TIME, OVERDUE, NEVER, SHARE, GAP)
