"""Answers and words, without Django."""
