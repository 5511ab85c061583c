"""Desk addresses of audiences and mailings."""
