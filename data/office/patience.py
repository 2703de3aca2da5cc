"""A connection to PostgreSQL that waits so long for an answer, whatever has become of the server.

The server's own limit on a statement and the network's on a line help against a server that is busy or gone.
Where its process is stopped, or its disk hangs, the line is well and nobody would ever answer.
"""

from typing import Any, TypeVar

import psycopg
import sqlalchemy as sa
from psycopg.abc import PQGen

RV = TypeVar("RV")

LONGEST = 25.0
"""Seconds for the answer to one statement: more than the server takes to give up on it by itself"""


class PatientConnection(psycopg.Connection[Any]):
    """Gives up on a server that does not answer; the connection cannot be used afterwards."""

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        """As the driver's own, for LONGEST if no time is given. psycopg.OperationalError when it is over."""
        try:
            return super().wait(gen, interval, LONGEST if timeout is None else timeout)
        except psycopg.errors.OperationalError:
            if timeout is None and self.pgconn.transaction_status == psycopg.pq.TransactionStatus.ACTIVE:
                self.pgconn.finish()
            raise


def be_patient(engine: sa.Engine) -> None:
    """Make the connections of an engine on PostgreSQL such ones."""

    def connect(_dialect: Any, _record: Any, words: Any, options: Any) -> Any:
        return PatientConnection.connect(*words, **options)

    sa.event.listen(engine, "do_connect", connect)
