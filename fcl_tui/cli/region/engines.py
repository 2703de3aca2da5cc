"""Who works the figures out: processes of this computer, or the nodes of a Ray cluster."""

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from data.errors import DataError

LOCAL, RAY = "local", "ray"
TRIES = 3
"""How often a node may be lost under a question before its authority is left out"""


def asked(requests: Sequence[dict[str, Any]], engine: str, address: str | None) -> list[dict[str, Any]]:
    """The answers (`region.one.figures_of`), in the order of the requests.

    Raises:
        DataError: there is no such engine, its package is not there, or the cluster cannot be reached.
    """
    if engine == LOCAL:
        if address is not None:
            raise DataError("--address is of --engine ray.")
        with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as threads:
            return list(threads.map(_in_process, requests))
    if engine == RAY:  # whose own words must not get into the answer
        with Path(os.devnull).open("w") as nowhere, contextlib.redirect_stdout(nowhere):
            return _by_ray(requests, address)
    raise DataError(f"There is no engine {engine!r}. There are: {LOCAL}, {RAY}.")


def _in_process(request: dict[str, Any]) -> dict[str, Any]:
    """In a process of its own, so that one that dies takes no other authority with it."""
    done = subprocess.run(
        [sys.executable, "-m", "fcl_tui.cli.region.one"],
        input=json.dumps(request).encode(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    if done.returncode:
        return {"error": "Its process was ended before it had answered."}
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _by_ray(requests: Sequence[dict[str, Any]], address: str | None) -> list[dict[str, Any]]:
    try:
        import ray
    except ImportError:
        raise DataError("--engine ray needs one more package: pip install 'fcl-tui[region]'") from None
    from fcl_tui.cli.region.one import figures_of

    if address is None:
        raise DataError("--engine ray needs --address HOST:PORT of the cluster.")
    try:
        ray.init(address=address, log_to_driver=False, logging_level="ERROR", configure_logging=False)
    except (ConnectionError, ValueError, RuntimeError):
        raise DataError(f"The Ray cluster {address} cannot be reached.") from None
    try:
        task = ray.remote(max_retries=TRIES, num_cpus=1)(figures_of)
        return [_told(ray, one) for one in [task.remote(request) for request in requests]]
    finally:
        ray.shutdown()


def _told(ray: Any, one: Any) -> dict[str, Any]:
    try:
        answer: dict[str, Any] = ray.get(one)
    except ray.exceptions.RayError:
        return {"error": f"Its node was lost {TRIES + 1} times before it had answered."}
    return answer
