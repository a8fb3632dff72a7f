"""Plumbing without domain words: the bus, the blob store, processes, logs. Below every service, above the contracts."""
