"""What pages, commands and other parts ask of the archive."""
