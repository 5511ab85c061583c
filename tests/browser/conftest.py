"""An open petition, and a browser to look at it."""

from tests.actions.conftest import draft, own_home, petition, privacy_notice, promoter

__all__ = ["draft", "own_home", "petition", "privacy_notice", "promoter"]
