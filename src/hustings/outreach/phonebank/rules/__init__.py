"""Hours, turns and codes, without Django."""
