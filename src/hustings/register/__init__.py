"""Electors, register entries by version, entitlement, and matching people to electors."""
