"""Reads of audiences: who is in one, how it reads, what can be chosen."""
