"""A program in other processes, as other sessions have it: many at once, or killed."""

import os
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


SEVERAL = """
import ast, os, sys
import alembic.command, polars, sqlalchemy.dialects.sqlite, sqlalchemy.dialects.postgresql.psycopg
import data.office.database, data.office.models
program, count, *words = sys.argv[1:]
imports = [one for one in ast.parse(program).body if isinstance(one, (ast.Import, ast.ImportFrom))]
exec(compile(ast.Module(imports, []), "imports", "exec"), {})
children = []
for number in range(int(count)):
    child = os.fork()
    if not child:
        sys.argv = ["-c", *words, f"P{number}"]
        exec(program, {"__name__": "__main__"})
        break
    children.append(child)
else:
    ended = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    sys.exit(f"ended with {ended}" if any(ended) else 0)
"""
"""Imports once what a program and the office database need, then becomes so many processes that carry it out,
each to its own end. Only modules are shared: no import opens a file or a database, or starts a thread."""


def at_once(count, program, *words):
    """Run it so many times together, each with a name of its own as the last word; all end well."""
    done = subprocess.run(
        [sys.executable, "-c", SEVERAL, program, str(count), *words],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()[-1500:]


def killed(program, *words):
    """Run it; it kills itself."""
    done = subprocess.run(
        [sys.executable, "-c", program, *words],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert done.returncode == -signal.SIGKILL
