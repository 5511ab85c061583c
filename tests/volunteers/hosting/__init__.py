"""Hosting travellers."""
