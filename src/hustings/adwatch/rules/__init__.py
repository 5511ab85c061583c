"""Intervals, periods, names, suggestions, agreement and thresholds: pure rules of the archive."""
