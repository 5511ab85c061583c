"""Tests of the importers of published money."""
