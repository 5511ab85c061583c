"""Limits, expenses, donations and returns, with the law as dated data."""
