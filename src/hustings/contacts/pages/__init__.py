"""Desk pages about contacts."""
