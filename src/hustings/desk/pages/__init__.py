"""Pages of the desk: its home, its first run, and what of Wagtail it offers."""
