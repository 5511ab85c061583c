"""Pieces of pages that every app shares: the desk list, forms, facts, timelines and tiles."""
