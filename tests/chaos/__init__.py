"""Real servers, two of each worker, a seeded killer, and an oracle that remembers every answer that was given."""
