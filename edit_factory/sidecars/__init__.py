"""The servers the system needs, run as children of this process: NATS and PostgreSQL."""

from edit_factory.sidecars.nats import NatsAddress, NatsServer
from edit_factory.sidecars.postgres import PostgresAddress, PostgresServer

__all__ = ["NatsAddress", "NatsServer", "PostgresAddress", "PostgresServer"]
