"""What can be done with mailings: one act a file."""
