"""How many official keys an independent calculation in plain Python is held against."""

from collections import defaultdict
from datetime import date

from fcl_tui.reports.official import asked
from tests.official import care_oracle, test_care_oracle, test_front_door_oracle, test_leavers
from tests.official.front_door_oracle import Counted, Random, year_before
from tests.official.management_oracle import Managed, Official, together
from tests.reports.by_hand import CALENDAR

LEAP_DAY, YEAR_END = date(2024, 2, 29), date(2026, 3, 31)


def test_well_over_a_hundred_official_keys_are_worked_out_a_second_time():
    holidays = set(CALENDAR.holidays)
    care_oracle.HOLIDAYS.update(holidays)
    days = [LEAP_DAY, YEAR_END]
    children = care_oracle.authority(40, 7, days)
    counted = {key for day in days for key in care_oracle.figures(children, day)}
    rows = defaultdict(list)
    for table, more in Random("1", YEAR_END, "1-").tables.items():
        rows[table] += more
    of_front_door = Counted(rows, YEAR_END, year_before(YEAR_END), YEAR_END, holidays).figures
    counted |= {test_front_door_oracle.OTHERWISE.get(key, (key, ""))[0] for key in of_front_door}
    span = (date(2025, 4, 1), YEAR_END)
    counted |= set(together([Official(Managed(1, "one", YEAR_END), span, holidays).told]))
    counted |= set(test_leavers.expected(test_leavers.people.__wrapped__()))
    official = {one.measure.key for one in asked.official()}
    assert counted <= official
    assert len(counted) >= 185, len(counted)
    assert {LEAP_DAY, YEAR_END, date(2025, 2, 28), date(2025, 12, 31)} <= set(test_care_oracle.DAYS)
