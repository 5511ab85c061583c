"""Importers of results: general elections by constituency and by candidate, notional results, council elections."""
