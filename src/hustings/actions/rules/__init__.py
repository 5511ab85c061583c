"""What holds for petitions, as pure functions."""
