"""Fixtures of the postroom's tests."""

from tests.postroom.outbox import sink

__all__ = ["sink"]
