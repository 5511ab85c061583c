"""Forms as residents fill them in."""

import re
from datetime import datetime
from typing import Any

from django.utils.html import escape

from hustings.actions.models import Petition
from hustings.actions.pages.form_stamp import stamp_for
from hustings.actions.queries import current_version


def stamp_of(*, petition: Petition, made_at: datetime) -> str:
    """The stamp of a page made at a moment."""
    version = current_version(petition=petition)
    assert version is not None
    return stamp_for(version=version, now=made_at)


def filled_in(**changes: Any) -> dict[str, Any]:
    """Ewan's form, with changes."""
    return {
        "given_name": "Ewan",
        "family_name": "McTavish",
        "email": "ewan@barset.example",
        "postcode": "zz11aa",
        **changes,
    }


def box_value(*, html: str, words: str) -> str:
    """The value of the box beside these words."""
    found = re.search(
        rf'<input[^>]* value="([^"]+)"[^>]*>\s*(?:<label[^>]*>)?{re.escape(escape(words))}', html
    )
    assert found, f"no box says “{words}”"
    return found[1]
