"""Audits of practice. Records: one row per audit that was drawn and not replaced (`quality.current.cases`).

Grades are the validated ones of the pod manager. 1 Inadequate, 2 Requires improvement to be good, 3 Good,
4 Outstanding.
"""

from fcl_tui.definitions.figures.measure import Measure

LOCAL = "The authority's quality assurance framework"
OFSTED = "Ofsted's four grades"
DRAWN = Measure(
    key="audits_drawn",
    window="now",
    label="Drawn",
    unit="audits",
    definition="Audits that were drawn for the round and not replaced.",
    source=LOCAL,
)
AUDITED = Measure(
    key="audits_submitted",
    window="now",
    label="Audited",
    where="submitted_at IS NOT NULL",
    unit="audits",
    higher_is_better=True,
    definition="Audits that their auditor has handed in.",
    source=LOCAL,
)
MODERATED = Measure(
    key="audits_moderated",
    window="now",
    label="Moderated",
    where="grade IS NOT NULL",
    unit="audits",
    higher_is_better=True,
    definition="Audits whose overall grade the pod manager has validated.",
    source=LOCAL,
)
LATE = Measure(
    key="audits_late",
    label="Late",
    where="days < 0",
    unit="audits",
    window="now",
    higher_is_better=False,
    definition="Audits not yet moderated whose next step was due before the as-at day.",
    source=LOCAL,
)
GOOD = Measure(
    key="audits_good",
    window="now",
    label="Good or better",
    where="grade >= 3",
    unit="audits",
    higher_is_better=True,
    definition="Moderated audits with the validated grade Good or Outstanding.",
    source=OFSTED,
)
INADEQUATE = Measure(
    key="audits_inadequate",
    window="now",
    label="Inadequate",
    where="grade = 1",
    unit="audits",
    higher_is_better=False,
    definition="Moderated audits with the validated grade Inadequate.",
    source=OFSTED,
)
DONE_SHARE = Measure(
    key="qa_audits_done",
    window="now",
    label="Audited, %",
    statistic="share",
    where="submitted_at IS NOT NULL",
    out_of="true",
    unit="per cent",
    higher_is_better=True,
    opens=False,
    definition="Of the audits drawn and not replaced, those that were handed in.",
    source=LOCAL,
)
GOOD_SHARE = Measure(
    key="qa_audit_grade",
    window="now",
    label="Good or better, %",
    statistic="share",
    where="grade >= 3",
    out_of="grade IS NOT NULL",
    unit="per cent",
    higher_is_better=True,
    opens=False,
    definition="Of the moderated audits, those with the validated grade Good or Outstanding.",
    source=OFSTED,
)
MOVED_SHARE = Measure(
    key="qa_audit_moved",
    window="now",
    label="Moved in moderation, %",
    statistic="share",
    where="moved <> 0",
    out_of="grade IS NOT NULL AND auditor_grade IS NOT NULL",
    unit="per cent",
    opens=False,
    definition="Of the moderated audits, those whose validated grade is not the auditor's.",
    source=LOCAL,
)
BETTER_SHARE = Measure(
    key="audits_outcomes_better",
    window="now",
    label="Outcomes better, %",
    statistic="share",
    where="grade IS NOT NULL AND outcome IN ('improved', 'improving')",
    out_of="grade IS NOT NULL AND outcome NOT IN ('too_early', 'not_applicable')",
    unit="per cent",
    higher_is_better=True,
    opens=False,
    definition="Of the moderated audits, those in which outcomes overall improved or are improving; too "
    "early to tell and not applicable are not counted.",
    source=LOCAL,
)
COUNTS = (DRAWN, AUDITED, MODERATED, LATE, GOOD, INADEQUATE)
ALL = (*COUNTS, DONE_SHARE, GOOD_SHARE, MOVED_SHARE, BETTER_SHARE)
