"""What is done with the archive, one act a file."""
