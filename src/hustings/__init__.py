"""Hustings: an always-on campaign office for UK local campaigns."""

__version__ = "0.1.0"
