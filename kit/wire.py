"""The wire to NATS: with TLS where the URL says so, and then never without."""

from __future__ import annotations

import logging
import ssl
from contextlib import suppress
from pathlib import Path

import nats.errors
from faststream.nats import NatsBroker
from nats.aio.client import Client

from contracts.faults import Unavailable

log = logging.getLogger(__name__)


class SealedClient(Client):
    """nats-py would go on unencrypted, password and all, with a server that offers no TLS (or a wire that hides it)."""

    def _connect_command(self) -> bytes:
        server, said = self._current_server, self._server_info
        if server is not None and server.uri.scheme == "tls" and not said.get("tls_required"):
            raise nats.errors.SecureConnRequiredError
        return super()._connect_command()


class SealedBroker(NatsBroker):
    """FastStream's broker over a sealed client."""

    async def _connect(self) -> Client:
        connection = SealedClient()
        try:
            await connection.connect(**self._connection_kwargs)
        except BaseException:
            with suppress(nats.errors.Error, OSError):
                await connection.close()  # a connection that fails leaves its socket open
            raise
        self.config.connect(connection)
        return connection


def tls_context(ca: Path | None) -> ssl.SSLContext:
    """Trusts the certificates in a file, or what this machine trusts. It counts for ``tls://`` URLs alone.

    Raises:
        Unavailable: the file can't be read.
    """
    try:
        return ssl.create_default_context(cafile=ca)
    except (OSError, ssl.SSLError) as bad:
        raise Unavailable(f"EDIT_FACTORY_NATS_CA: {ca} holds no certificates that can be read", code="tls_ca") from bad


async def told(failure: Exception) -> None:
    """What a server tells beside its answers. A permission that is missing is a fault of ours, and never silent."""
    if isinstance(failure, nats.errors.SecureConnRequiredError):
        log.error("NATS offers no TLS, though its URL begins with tls://")
    elif "permissions violation" in str(failure).lower():
        log.error("NATS refused a subject", extra={"reason": str(failure)})
    else:
        log.debug("connection to NATS", extra={"reason": repr(failure)})
