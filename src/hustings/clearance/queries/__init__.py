"""What other apps and our own pages ask of clearance."""

from hustings.clearance.queries.attention import attention, links_in_trouble, unverified_promoters
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
    "attention",
    "channels_of",
    "composed",
    "copy_facts",
    "facts_of",
    "imprint_of",
    "links_in_trouble",
    "publish_on",
    "responsible",
    "unverified_promoters",
]
