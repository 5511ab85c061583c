"""Places that need cover, and people who need help."""
