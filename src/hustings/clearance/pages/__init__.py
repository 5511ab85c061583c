"""Desk pages of clearance: materials and their checks, promoters, clearances, limits."""
