"""Audiences: saved, readable trees of conditions over people, compiled to one SQL statement."""
