"""What can be done with logins: one act a file."""
