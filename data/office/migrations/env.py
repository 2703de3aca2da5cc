"""Runs the migrations on the connection it is given."""

from alembic import context

from data.office import benchmark_models, board_models, highlight_models  # noqa: F401  (all are of one metadata)
from data.office.models import Base
from data.office.quality import tables  # noqa: F401  (its tables belong to Base.metadata)

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    transactional_ddl=False,  # the caller's transaction holds all of it
)
context.run_migrations()
