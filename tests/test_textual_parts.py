"""The inner parts of Textual that are replaced or asked are still there and still used; else an upgrade would
quietly write every screen whole again, wait for keys again or hand them on in another order."""

from inspect import getsource

import pytest
from textual import screen
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.app import App
from textual.color import Color
from textual.css.stylesheet import Stylesheet, StylesheetParseError
from textual.driver import Driver
from textual.drivers import _writer_thread, linux_driver
from textual.drivers.linux_driver import LinuxDriver
from textual.strip import Strip

from fcl_tui.terminal.driver import QuickDriver
from fcl_tui.terminal.redraw import DrawsChanges, OnlyChanges
from fcl_tui.terminal.style_sheet import ReadOnce


@pytest.mark.parametrize(
    ("ours", "theirs", "name", "asked_by", "as_"),
    [
        (DrawsChanges, App, "_display", screen, "app._display("),
        (OnlyChanges, CompositorUpdate, "render_segments", App._display, "renderable.render_segments("),
        (QuickDriver, Driver, "send_message", Driver.process_message, "self.send_message("),
        (QuickDriver, LinuxDriver, "disable_input", LinuxDriver.stop_application_mode, "disable_input("),
        (ReadOnce, Stylesheet, "_parse_rules", Stylesheet.parse, "self._parse_rules("),
        (ReadOnce, Stylesheet, "reparse", App._load_screen_css, "self.stylesheet.reparse("),
        (QuickDriver, LinuxDriver, "write", LinuxDriver.start_application_mode, 'self.write("\\x1b[?1049h")'),
    ],
)
def test_what_is_replaced_is_there_and_is_what_textual_calls(ours, theirs, name, asked_by, as_):
    assert name in vars(theirs)
    assert name in vars(ours)
    assert as_ in getsource(asked_by)


def test_the_keys_are_read_through_what_is_put_in_its_place():
    assert "selectors.SelectSelector()" in getsource(LinuxDriver.run_input_thread)
    assert "getincrementaldecoder(" in getsource(LinuxDriver.run_input_thread)
    assert {"selectors", "getincrementaldecoder"} <= set(vars(linux_driver))


def test_the_threads_that_leaving_does_not_wait_for_are_called_so():
    assert 'name="textual-input"' in getsource(LinuxDriver.start_application_mode)
    assert 'name="textual-output"' in getsource(_writer_thread.WriterThread)


def test_what_is_asked_of_an_update_is_in_it():
    piece = Strip([])
    whole, parts = LayoutUpdate([[piece]], None), ChopsUpdate([{}], [], [[]])
    assert {"strips", "region"} <= set(vars(whole))
    assert {"chops", "spans", "chop_ends"} <= set(vars(parts))


def test_a_sheet_is_read_once_and_again_for_other_colours(monkeypatch):
    read = []
    theirs = Stylesheet._parse_rules
    monkeypatch.setattr(
        Stylesheet, "_parse_rules", lambda self, *given: read.append(given[0]) or theirs(self, *given)
    )
    sheet = "Label { color: $once; }"
    for colour in ("red", "red", "blue", "red"):
        ours = ReadOnce(variables={"once": colour})
        ours.add_source(sheet, read_from=("here", "once"))
        ours.reparse()
        (rule,) = ours.rules
        assert rule.styles.color.css == Color.parse(colour).css
    assert read == [sheet, sheet]


def test_a_wrong_sheet_leaves_the_rules_of_before():
    ours = ReadOnce()
    ours.add_source("Label { color: red; }", read_from=("here", "right"))
    ours.parse()
    before = list(ours.rules)
    ours.add_source("Label { color: no such colour at all; }", read_from=("here", "wrong"))
    with pytest.raises(StylesheetParseError):
        ours.reparse()
    assert ours._rules == before
