"""What readers may be, and the file that lists them: the words alone, for where nobody is listed.

An entry of the list is read in `access_list`.
"""

from fcl_tui.reports.framework import BUSINESS_SUPPORT, FRONT_LINE_MANAGER, SENIOR_MANAGER, SOCIAL_WORKER

FILE = "access.toml"
"""The list, in the home"""
ANALYST, ADMINISTRATOR = "analyst", "administrator"
BOARD, KPI_OWNER, QA = "board", "kpi_owner", "qa"
DUTIES = (BOARD, KPI_OWNER, QA)
"""What somebody does beside their role: requests and closes for the Board, enters the values of indicators,
manages quality assurance. A duty opens no report and shows no child."""
ROLES = (BUSINESS_SUPPORT, SOCIAL_WORKER, FRONT_LINE_MANAGER, SENIOR_MANAGER, ANALYST, ADMINISTRATOR)
HOST = "host owner"
"""Said in the log for the account that owns access.toml, which can edit it anyway."""
