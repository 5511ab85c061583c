"""Acts of cover and care, one a file."""
