"""Desk pages of audiences."""
