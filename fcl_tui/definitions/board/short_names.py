"""The Board's indicators in at most 32 cells, for lists; `w`, the pane, files, packs have the whole name."""

LONGEST = 32

SHORT_NAMES = {
    "Council-run childcare rated good or outstanding": "Council childcare good or better",
    "Registered early years providers rated good or outstanding": "Early years good or better",
    "Schools rated good or outstanding": "Schools good or better",
    "Good level of development at the end of reception": "Good development after reception",
    "Progress 8, pupils with an education, health and care plan": "Progress 8, pupils with a plan",
    "Progress 8, children looked after": "Progress 8, looked after",
    "Expected standard at key stage 2, all pupils": "Key stage 2, all pupils",
    "Expected standard at key stage 2, pupils with a plan": "Key stage 2, pupils with a plan",
    "Expected standard at key stage 2, disadvantaged pupils": "Key stage 2, disadvantaged",
    "Expected standard at key stage 2, children looked after": "Key stage 2, looked after",
    "Eligible two-year-olds in funded early education": "Two-year-olds in funded places",
    "Pupils educated otherwise than at school": "Educated other than at school",
    "Pupils who say they were bullied this term": "Pupils bullied this term",
    "Families with a successful claim in the families programme": "Families with a successful claim",
    "16 and 17 year olds not in education, employment or training, or not known": (
        "16 and 17, NEET or not known"
    ),
    "First-time entrants to youth justice": "First entrants to youth justice",
    "Young people sentenced to custody": "Young people given custody",
    "Referrals within twelve months of an earlier one": "Re-referrals in 12 months",
    "Assessments completed within 45 working days": "Assessed in 45 working days",
    "Initial child protection conferences within 15 working days": "Conference in 15 working days",
    "Children with a child protection plan": "Children on a protection plan",
    "Missing children who had a return interview": "Missing, had a return interview",
    "Care leavers aged 19 to 21 in education, employment or training": "Care leavers 19 to 21 in EET",
    "Looked-after children with an up-to-date health assessment": "Looked after, health assessed",
    "Looked-after children with a dental check": "Looked after, dental check",
    "Children leaving care who were adopted": "Left care by adoption",
    "Adoption: days from entering care to moving in": "Adoption, from care to moving in",
    "Fostered children placed with the council's own carers": "Fostered, council's own carers",
    "Plans issued within 20 weeks, with exceptions": "Plans in 20 wks, with exceptions",
    "Plans issued within 20 weeks, without exceptions": "Plans in 20 wks, no exceptions",
    "Adults with a learning disability in paid work": "Adults with LD in paid work",
    "Adults with a learning disability in their own home": "Adults with LD in their own home",
    "Children in residential care and residential schools": "Residential care and schools",
    "Young people with a transition assessment at 18": "Transition assessment at 18",
    "Adults with a learning disability in specialist hospital": "Adults with LD in hospital",
    "Adult learning disability services rated good or outstanding": "Adult LD services good or better",
    "Children's learning disability services rated good or outstanding": "Child LD services good or better",
    "Suspensions of pupils with special educational needs": "Suspensions, pupils with SEN",
}
"""By the whole name: an indicator of another name is shown as it is called"""
