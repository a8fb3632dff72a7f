"""The version of the API, as its documents and its page tell it."""

VERSION = "0.1.0"
