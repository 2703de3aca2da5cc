"""Pictures as text: in their size, legible without colour and in plain ASCII; gaps are gaps."""

import pytest
from rich.cells import cell_len

from widgets.cells.glyphs import is_ascii, use_ascii
from widgets.cells.pictures import Series, as_text, control_chart, funnel, line_chart, pyramid, stacked

MONTHS = [
    f"{name} 25"
    for name in ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
]
OWN = [71.0, 72.0, 75.0, None, 70.0, 68.0, 66.0, 69.0, 71.0, 73.0, 74.0, 70.0]


@pytest.fixture(params=[False, True], ids=["utf8", "ascii"])
def ascii_only(request):
    before = is_ascii()
    use_ascii(request.param)
    yield request.param
    use_ascii(before)


def draw_all(width: int, height: int) -> dict[str, list]:
    own, england = Series("Ours", OWN), Series("England", [67.0] * 12, "quiet", "e", 4)
    limits = ([60.0] * 12, [70.0] * 12, [80.0] * 12)
    return {
        "line": line_chart(MONTHS, [own, england], width, height, target=72, unit="percent"),
        "control": control_chart(MONTHS, OWN, limits, [None] * 11 + ["shift"], width, height),
        "stacked": stacked(
            [("2024", {"A": 1, "B": 9}), ("2025", {"A": 5, "B": 5, "C": 10})], ["A", "B", "C"], width, height
        ),
        "funnel": funnel([("Contacts", 100), ("Referrals", 62), ("Plans", None)], width, height),
        "pyramid": pyramid(
            [(str(age), age, 18 - age) for age in range(17, -1, -1)], ("Male", "Female"), width, height
        ),
    }


@pytest.mark.parametrize("size", [(80, 12), (120, 24), (40, 6), (20, 3), (3, 1), (0, 0)])
def test_every_picture_keeps_to_its_size(size, ascii_only):
    for name, lines in draw_all(*size).items():
        assert len(lines) <= size[1], name
        for line in as_text(lines).split("\n"):
            assert cell_len(line) <= size[0], name
            assert line.isascii() or not ascii_only, name


def test_lines_are_named_where_they_end_with_their_last_figure(ascii_only):
    told = as_text(draw_all(80, 12)["line"])
    for words in ("70% Ours", "67% England", "72% Target", "Jan 25", "Dec 25"):
        assert words in told


def test_a_missing_month_is_a_gap_and_not_a_zero():
    use_ascii(True)
    try:
        lines = as_text(line_chart(["a", "b", "c"], [Series("Ours", [5.0, None, 5.0])], 60, 6)).split("\n")
        drawn = "".join(lines)
        assert drawn.count("*") == 2
        assert as_text(line_chart(["a"], [Series("Ours", [None])], 60, 6)) == "Ours -"
    finally:
        use_ascii(False)


def test_a_signal_has_a_shape_and_words(ascii_only):
    told = as_text(draw_all(80, 12)["control"])
    sign = "X" if ascii_only else "\N{BLACK CIRCLE}"
    assert told.count(sign) == 2  # the point, and the words below
    assert f"{sign} Dec 25 shift" in told
    for words in ("Upper limit", "Mean", "Lower limit", "80", "60"):
        assert words in told


def test_no_signal_is_said():
    limits = ([1.0] * 2, [2.0] * 2, [3.0] * 2)
    assert "No signal" in as_text(control_chart(["a", "b"], [2.0, 2.1], limits, [None, None], 60, 8))


def test_parts_are_numbered_and_named_with_their_share(ascii_only):
    told = as_text(draw_all(80, 12)["stacked"])
    for words in ("A 25.0%", "B 25.0%", "C 50.0%", " 1 ", " 3 ", "20"):
        assert words in told


def test_a_stage_without_a_figure_is_no_zero():
    told = as_text(draw_all(80, 12)["funnel"])
    assert "62% of the above" in told
    assert "no figure" in told


def test_ages_are_put_together_where_there_is_no_room_and_none_is_lost():
    lines = as_text(draw_all(80, 8)["pyramid"]).split("\n")
    assert len(lines) <= 8
    assert "Male 153 (47%)" in lines[0]
    assert "Female 171 (53%)" in lines[0]
    numbers = [
        [int(one) for one in line.replace("█", " ").split() if one.isdigit()] for line in lines[1:] if line
    ]
    assert sum(line[0] for line in numbers) == 153
    assert sum(line[-1] for line in numbers) == 171


def test_names_from_the_data_are_text():
    told = as_text(funnel([("[red]\x1b]52;c;x\x07O'Brien", 5)], 80, 3))
    assert "\x1b" not in told
    assert "[red]" in told
