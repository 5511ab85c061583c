"""The postroom's test server, for mailings that really go out."""

from tests.postroom.outbox import sink

__all__ = ["sink"]
