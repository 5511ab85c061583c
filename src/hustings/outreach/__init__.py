"""Audiences and mailings."""
