"""Imports: a file's layout is recognised, its rows staged, and everything made live in one transaction."""
