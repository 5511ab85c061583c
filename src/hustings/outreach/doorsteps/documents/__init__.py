"""What is printed of a round."""
