"""Desk pages of election money."""
