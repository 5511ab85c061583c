"""Pages of the postroom: stopping mail, providers' calls, and the desk's outbox."""
