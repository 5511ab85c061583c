"""Pages around logging in, and the guard that every desk page stands behind."""
