"""What can be done in the postroom, one act per file."""
