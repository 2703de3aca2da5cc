"""What is due in few cells."""

from fcl_tui.timescales.rulebook.packaged import load_rules
from fcl_tui.timescales.short_names import LONGEST, SHORT_NAMES


def test_every_rule_has_a_short_name_of_its_own_that_fits_the_list():
    assert set(SHORT_NAMES) == set(load_rules().rules)
    assert len(set(SHORT_NAMES.values())) == len(SHORT_NAMES)
    assert all(0 < len(name) <= LONGEST and name.isascii() for name in SHORT_NAMES.values())
