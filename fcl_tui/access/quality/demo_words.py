"""Invented sentences for the audits of the demo authority: no real child, no real worker."""

EVIDENCE = {
    4: (
        "The record tells the story in the child's own words, and each visit builds on the last.",
        "History is used with care; the plan changed when the child's view changed.",
        "Partners challenge each other in the notes and the outcome is recorded.",
    ),
    3: (
        "Current and clear; the reason for each decision can be followed.",
        "The child was seen alone and what they said is in the plan.",
        "Reviews were held in time and the actions are followed up.",
        "Parents and the wider family were asked and their answers are used.",
    ),
    2: (
        "Much is described and little of it analysed.",
        "Two visits had no purpose that the record shows.",
        "The plan names actions without days; the father is not mentioned.",
        "Supervision lists tasks and does not reflect.",
    ),
    1: (
        "Risk described in two referrals is not in the assessment.",
        "The child was not seen for ten weeks and no one noticed.",
    ),
}
ACTIONS = (
    "Write the plan anew with the family, with days and a contingency",
    "See the child alone and record what they say about home",
    "Bring the chronology up to date and add the father's family",
    "Hold the overdue review and agree what changes",
    "Ask the school and the health visitor for what they know",
    "Reflect on risk in supervision and record the decision",
)
VIEWS = (
    "The child said that their worker listens and comes when she says she will.",
    "The mother said that she knows what has to change and who helps her with it.",
    "Not asked: the family has moved and could not be reached.",
    "The young person wants to see the worker more often.",
)
DONE = ("Done and in the record", "The new plan was shared with the family", "Seen alone on the last visit")
LEARNING = (
    ("Fathers and the wider family", "Ask about fathers and the wider family at each assessment"),
    ("Plans with days", "A plan says who does what by when, in words that the family uses"),
    ("Purpose of visits", "Write before a visit what it is for, and after it what came of it"),
    ("Voice of the child", "Say which decision is different because of what the child said"),
    ("Reflective supervision", "Use one hypothesis in each case discussion and record what would change it"),
)  # fmt: skip
FEEDBACK = (
    ("child", "positive", "She comes when she says she will."),
    ("parent", "mixed", "It took long, but now we know what the plan is."),
    ("carer", "positive", "I was asked what I see every day."),
    ("partner", "negative", "The conference was announced a day before."),
)
