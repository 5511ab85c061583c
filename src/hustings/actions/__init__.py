"""Petitions: the page, the signatures and what came of them."""
