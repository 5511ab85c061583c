"""Arithmetic of places: the national grid, distances, points in outlines. No database, no clock."""
