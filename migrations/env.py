"""Alembic's environment: runs one revision in the transaction that startup has begun."""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(connection=connection, transactional_ddl=False)
context.run_migrations()
