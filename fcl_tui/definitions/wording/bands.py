"""Bands in which children are counted, in the order they are read. Data alone."""

NOT_RECORDED = "Not recorded"
AGE_BANDS = ("Under 1", "1 to 4", "5 to 9", "10 to 15", "16 and over", "Not born", "Not known")
"""The bands of the national tables of looked-after children"""
LENGTHS = (
    "Under 1 month", "1 to 6 months", "6 to 12 months", "1 to 2 years", "2 to 5 years", "5 years or more",
    NOT_RECORDED,
)  # fmt: skip
"""How long a child has been in care"""
SDQ_BANDS = ("Normal, 0 to 13", "Borderline, 14 to 16", "Cause for concern, 17 to 40")
STAGES = ("Entering care to decision", "Decision to match", "Match to placement", "Placement to order")
"""Of an adoption"""
NOT_KNOWN = "Not known"
DURATIONS = ("3 months or less", "Over 3 to 6 months", "Over 6 months, under 1 year", "1 to under 2 years",
             "2 years or more", NOT_KNOWN)  # fmt: skip
"""How long an episode of need or a protection plan goes on (children in need statistics)"""
NO_CLOCK = "No date to count from"
TOOK = ("Same day", "1 to 10", "11 to 20", "21 to 30", "31 to 40", "41 to 45", "46 to 50", "51 to 60",
        "61 or more", NO_CLOCK)  # fmt: skip
"""Working days that an assessment took"""
OPEN_DAYS = ("0 to 20", "21 to 35", "36 to 45", "Over 45", NO_CLOCK)
"""Working days that an assessment has been open"""
WAITS = ("0 to 10", "11 to 15", "16 to 20", "21 or more", "No enquiry, or before it")
"""Working days from a section 47 enquiry to its conference"""
PLAN_AGES = ("Under 9 months", "9 to under 12 months", "12 months or more", NOT_KNOWN)
NUMBERS = ("1", "2", "3", "4", "5 or more")
"""How many of something a child has"""
PREVIOUS = ("0", "1", "2", "3 or more")
"""Plans before the present one"""
FRONT_DOOR = (
    "Contacts", "Referrals", "Assessments", "Section 47 enquiries", "Initial conferences",
    "Child protection plans", "Started to be looked after",
)  # fmt: skip
"""The stages of the front door, in order"""
