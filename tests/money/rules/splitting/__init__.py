"""Tests of split detection."""
