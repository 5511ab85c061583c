"""Door rounds: who is knocked at, in which order, by whom, and what came of it."""
