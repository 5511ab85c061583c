"""The words in which a piece of material is described to the imprint rules."""

from dataclasses import dataclass
from enum import StrEnum


class Medium(StrEnum):
    """What the material is made of when it reaches people."""

    EMAIL = "email"
    WEB = "web"
    SOCIAL = "social"
    MESSAGE = "message"  # WhatsApp, Signal and the like: electronic material, unlike SMS
    IMAGE = "image"
    VIDEO = "video"
    AUDIO = "audio"
    PRINT = "print"
    NEWSPAPER = "newspaper"  # an advertisement in a newspaper, whose own pages name the printer
    SMS = "sms"
    CALL = "call"


PRINTED = frozenset({Medium.PRINT, Medium.NEWSPAPER})
TELEPHONED = frozenset({Medium.SMS, Medium.CALL})
PICTURED = frozenset({Medium.IMAGE, Medium.VIDEO})
DIGITAL = frozenset(Medium) - PRINTED - TELEPHONED


class Nation(StrEnum):
    """Where the material is aimed."""

    ENGLAND = "england"
    WALES = "wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern-ireland"


class Election(StrEnum):
    """The kind of poll the material bears on; `NONE` for material of the whole year that bears on no one
    poll.
    """

    UK_PARLIAMENT = "uk-parliament"
    LOCAL = "local"
    DEVOLVED = "devolved"
    MAYOR = "mayor"
    POLICE = "police"
    REFERENDUM = "referendum"
    RECALL = "recall"
    NONE = "none"


class Publisher(StrEnum):
    """What kind of body or person publishes the material, or on whose behalf it is published."""

    REGISTERED_PARTY = "registered-party"
    REGISTERED_CAMPAIGNER = "registered-campaigner"
    CANDIDATE = "candidate"
    FUTURE_CANDIDATE = "future-candidate"
    OFFICE_HOLDER = "office-holder"
    REFERENDUM_CAMPAIGNER = "referendum-campaigner"
    RECALL_CAMPAIGNER = "recall-campaigner"
    UNREGISTERED_ORGANISATION = "unregistered-organisation"
    PRIVATE_PERSON = "private-person"


class Subject(StrEnum):
    """What the material can reasonably be regarded as meant to influence."""

    CANDIDATE = "candidate"
    FUTURE_CANDIDATE = "future-candidate"
    PARTY = "party"
    OFFICE_HOLDER = "office-holder"
    CATEGORY = "category"  # parties, candidates or office-holders linked by a policy, an opinion or otherwise
    REFERENDUM = "referendum"
    RECALL = "recall"
    ISSUE = "issue"  # an issue alone, with nothing for or against a party or a candidate
    TURNOUT = "turnout"  # register or vote, for nobody in particular


class Exemption(StrEnum):
    """A reason in law for which material that would need an imprint does not."""

    UNALTERED_SHARE = "unaltered-share"
    JOURNALISM = "journalism"
    BROADCAST = "broadcast"
    PRIVATE_CHAT = "private-chat"


class Place(StrEnum):
    """Where the imprint stands."""

    IN_MATERIAL = "in-material"
    LINKED = "linked"


class Stage(StrEnum):
    """How far the material has come: some checks can only be met when it is approved."""

    CHECKING = "checking"
    PUBLISHING = "publishing"


@dataclass(frozen=True, kw_only=True)
class Responsible:
    """Someone whom an imprint must name: `address` is a postal address, its lines parted by commas or line
    breaks.
    """

    name: str
    address: str
    is_verified: bool = False


@dataclass(frozen=True, kw_only=True)
class Link:
    """Where an imprint stands that could not be part of the material.

    `platform` is a key of the table `linking_platforms`; `status` is the HTTP status when last asked; `text`
    is what people read there.
    """

    platform: str = ""
    reason: str = ""
    clicks: int | None = None
    needs_login: bool | None = None
    status: int | None = None
    is_watched: bool = False
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class Measures:
    """What was measured of the material as people meet it; None where nobody measured.

    `contrast` is the WCAG ratio, `smallest_px` the imprint's height at 320 px width, `seconds_on_screen` how
    long a film shows it.
    """

    contrast: float | None = None
    smallest_px: float | None = None
    seconds_on_screen: float | None = None


@dataclass(frozen=True, kw_only=True)
class Run:
    """Words that stand together in one look: their contrast (WCAG ratio) and size in pixels, None where unknown."""

    text: str
    contrast: float | None = None
    px: float | None = None


@dataclass(frozen=True, kw_only=True)
class Artefact:
    """The words of the material itself, parted by whether people can meet them.

    `text` is what is seen or heard. `hidden_text` is in the file but not shown (a mail header, a comment, an
    invisible element). `caption_text` stands beside a picture or film and is lost when only the picture is
    shared. `is_seen_by_person` records that a named person looked and found the imprint in the picture or
    sound. `pages` parts the text of a PDF by page; `runs` are the shown words with their looks.
    """

    text: str = ""
    pages: tuple[str, ...] = ()
    runs: tuple[Run, ...] = ()
    alternatives: tuple[str, ...] = ()
    hidden_text: str = ""
    caption_text: str = ""
    is_seen_by_person: bool = False
    sha256: str = ""


@dataclass(frozen=True, kw_only=True)
class MaterialFacts:
    """All that the imprint rules ask about a piece of material; None where it is not recorded yet."""

    medium: Medium | None = None
    nation: Nation | None = None
    election: Election | None = None
    is_paid: bool | None = None
    publisher: Publisher | None = None
    subject: Subject | None = None
    exemption: Exemption | None = None
    is_in_regulated_period: bool | None = None
    promoters: tuple[Responsible, ...] = ()
    principals: tuple[Responsible, ...] = ()
    printer: Responsible | None = None
    place: Place = Place.IN_MATERIAL
    link: Link | None = None
    measures: Measures = Measures()
    stage: Stage = Stage.CHECKING
    checked_sha256: str = ""  # of the copy that was last checked, if any
    kept_sha256: str = ""  # of the immutable copy kept on approval
    is_pictured: bool = False  # whether a picture of it as people met it is kept
