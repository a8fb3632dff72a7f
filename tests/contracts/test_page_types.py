"""The web page's types are those of the gateway as it is."""

from __future__ import annotations

import re

import orjson

from tests.contracts.write_openapi import TYPES, named, rendered


def test_the_pages_types_are_made_from_the_gateways_own_document():
    first = TYPES.read_text("utf-8").partition("\n")[0]
    assert named(rendered()) in first, "run `make api` and look at what the page makes of the difference"


def test_whatever_the_document_refers_to_is_in_it():
    document = rendered()
    schemas = orjson.loads(document)["components"]["schemas"]
    assert set(re.findall(r'"#/components/schemas/([^"]+)"', document.decode())) <= set(schemas)
