"""Signatures of webhooks by the rules of Standard Webhooks 1.0.0. Pure."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Sequence
from uuid import UUID

_PREFIX = "whsec_"


def message_id(delivery: UUID) -> str:
    """The same however often a delivery is tried: what a receiver tells repeats by."""
    return f"msg_{delivery.hex}"


def signature(secret: str, ident: str, timestamp: int, body: bytes) -> str:
    """``v1,`` and the base64 of HMAC-SHA256 over ``id.timestamp.body``; ``timestamp`` in Unix seconds."""
    key = base64.b64decode(secret.removeprefix(_PREFIX))
    signed = f"{ident}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def headers(secrets: Sequence[str], ident: str, timestamp: int, body: bytes) -> dict[str, str]:
    """What goes with a body. While a secret is being replaced there is a signature by each."""
    return {
        "Content-Type": "application/json",
        "webhook-id": ident,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(signature(secret, ident, timestamp, body) for secret in secrets),
    }
