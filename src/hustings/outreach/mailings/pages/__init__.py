"""Desk pages of mailings."""
