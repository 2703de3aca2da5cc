"""Every widget test draws with the UTF-8 marks unless it asks otherwise."""

import pytest

from widgets.cells.glyphs import use_ascii


@pytest.fixture(autouse=True)
def _utf8_marks():
    use_ascii(False)
    yield
    use_ascii(False)
