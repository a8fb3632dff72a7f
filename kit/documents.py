"""Values that lie in the blob store as JSON."""

from __future__ import annotations

from contextlib import aclosing
from typing import TypeVar

from pydantic import BaseModel

from contracts.faults import TechnicalFault
from contracts.media import BlobRef
from kit.blobs import Blobs

Document = TypeVar("Document", bound=BaseModel)


async def read_document(blobs: Blobs, ref: BlobRef, kind: type[Document], most: int) -> Document:
    """The value that is kept there; ``most``: bytes it may have.

    Raises:
        TechnicalFault: it is larger, or not of this kind (``document_unsound``).
        BlobMissing: it is gone.
    """
    if ref.size > most:
        raise TechnicalFault("a document is larger than one of its kind can be", code="document_unsound")
    async with aclosing(blobs.stream(ref)) as chunks:
        data = b"".join([chunk async for chunk in chunks])
    try:
        return kind.model_validate_json(data)
    except ValueError as other:
        raise TechnicalFault("a document is not of the kind it should be", code="document_unsound") from other
