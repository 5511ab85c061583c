"""Files that hosting reads."""
