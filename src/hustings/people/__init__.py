"""People, ways to reach them, consent, objections and rights requests."""
