"""What other apps and our own pages ask of clearance."""

from hustings.clearance.queries.describing import (
    artefact_of,
    channels_of,
    composed,
    copy_facts,
    facts_of,
    imprint_of,
    publish_on,
    responsible,
)

__all__ = [
    "artefact_of",
    "channels_of",
    "composed",
    "copy_facts",
    "facts_of",
    "imprint_of",
    "publish_on",
    "responsible",
]
