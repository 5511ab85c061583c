"""Tests of adwatch."""
