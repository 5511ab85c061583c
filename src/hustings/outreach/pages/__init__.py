"""Addresses of audiences, mailings and phone banks."""
