"""Petitions over HTTP: the public pages, and the desk."""
