"""Template filters of the plumbing."""
