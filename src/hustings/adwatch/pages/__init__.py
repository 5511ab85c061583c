"""Pages of the archive: the desk's, and what is published."""
