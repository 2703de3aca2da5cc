"""Every failure of a command becomes one sentence and an exit code; never a traceback."""

import contextlib
import os
import sys
from collections.abc import Callable
from typing import Any

from data.errors import DataError
from data.quiet import is_panic


def _say(message: str) -> None:
    from fcl_tui.terminal.first_paint import leave
    from widgets.cells.plain import plain

    leave()
    with contextlib.suppress(OSError):  # the line may have dropped
        print(plain(message), file=sys.stderr, flush=True)


def guarded(run: Callable[[], Any]) -> Any:
    """Run, and end the process with a sentence where that failed."""
    os.environ["RUST_BACKTRACE"] = "0"  # what the readers say of themselves is for their makers
    try:
        return run()
    except DataError as error:
        _say(str(error))
        sys.exit(error.exit_code)
    except KeyboardInterrupt as stop:
        _say("Stopped.")
        sys.exit(getattr(stop, "exit_code", 130))
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except BaseException as error:
        if not isinstance(error, Exception) and not is_panic(error):
            raise
        from fcl_tui.config.faults import tell

        _say(tell(error))
    sys.exit(1)
