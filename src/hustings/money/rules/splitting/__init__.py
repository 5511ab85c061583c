"""Gifts that may come from one source although they look like several: linking, flags, and a test of the whole ledger."""
