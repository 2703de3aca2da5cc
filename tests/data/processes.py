"""A program in other processes, as other sessions have it: many at once, or killed."""

import os
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def at_once(count, program, *words):
    """Run it so many times together, each with a name of its own as the last word; all end well."""
    running = [
        subprocess.Popen(
            [sys.executable, "-c", program, *words, f"P{n}"],
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stderr=subprocess.PIPE,
        )
        for n in range(count)
    ]
    for one in running:
        _, err = one.communicate()
        assert one.returncode == 0, err.decode()[-500:]


def killed(program, *words):
    """Run it; it kills itself."""
    done = subprocess.run(
        [sys.executable, "-c", program, *words],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert done.returncode == -signal.SIGKILL
