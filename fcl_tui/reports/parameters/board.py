"""What can be asked of the Performance Board alone."""

from fcl_tui.reports.parameters.parameter import Option, Parameter

KPI = Parameter(
    name="kpi",
    label="Indicator",
    help="One indicator of the Board, by its number, 1 to 51.",
    kind="text",
    metavar="NO",
    words_of=lambda no: f"indicator {no}",
    saved=False,
)
FORUM = Parameter(
    name="forum",
    label="Forum",
    help="The indicators of one forum: dmt, corporate, safeguarding, education or health-send.",
    kind="choice",
    key="g",
    options=(
        Option("dmt", "Directorate management team"),
        Option("corporate", "Corporate board"),
        Option("safeguarding", "Safeguarding and care leadership team"),
        Option("education", "Education and skills leadership team"),
        Option("health-send", "Health, SEN and disability leadership team"),
    ),
    question="Which forum?",
    everyone="all forums",
    metavar="FORUM",
)
ATTENTION = Parameter(
    name="attention",
    label="Red, amber",
    help="Only indicators that are red or amber.",
    kind="flag",
    key="d",
    words="only red and amber",
)
REGISTER = Parameter(
    name="register",
    label="Register",
    help="The lines of one standing register: plans, requests, enquiries, equality, audit, feedback ...",
    kind="text",
    metavar="NAME",
    saved=False,
)
ALL = (KPI, FORUM, ATTENTION, REGISTER)
