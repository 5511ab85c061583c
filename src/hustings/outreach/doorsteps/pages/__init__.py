"""Pages of rounds: the desk, and the volunteer at the door."""
