"""Describe rows to the rules: a material as facts and an artefact, an approved copy as the gate sees it."""

from dataclasses import replace
from datetime import date, datetime

from hustings.basics.clock import uk_date
from hustings.clearance.models import ApprovedCopy, LinkedImprint, Material, Promoter
from hustings.clearance.rules.composing import CHANNELS, Composed, compose
from hustings.clearance.rules.facts import (
    PICTURED,
    Artefact,
    Election,
    Link,
    MaterialFacts,
    Medium,
    Nation,
    Place,
    Publisher,
    Responsible,
    Stage,
    Subject,
)
from hustings.clearance.rules.gate import Channel, CopyFacts, Purpose
from hustings.clearance.rules.reading import (
    artefact_of_html,
    artefact_of_markdown,
    artefact_of_pdf,
    artefact_of_text,
    digest,
)
from hustings.clearance.rules.wording import Language, imprint_text
from hustings.elections.models import ElectionKind

_ELECTIONS = {
    ElectionKind.PARLIAMENT: Election.UK_PARLIAMENT,
    ElectionKind.LOCAL: Election.LOCAL,
    ElectionKind.MAYOR: Election.MAYOR,
    ElectionKind.POLICE: Election.POLICE,
    ElectionKind.LONDON: Election.MAYOR,
    ElectionKind.SENEDD: Election.DEVOLVED,
    ElectionKind.HOLYROOD: Election.DEVOLVED,
    ElectionKind.STORMONT: Election.DEVOLVED,
}


def responsible(*, promoter: Promoter) -> Responsible:
    """The promoter as the imprint rules see one."""
    return Responsible(name=promoter.name, address=promoter.full_address, is_verified=promoter.is_verified)


def promoters_of(*, material: Material) -> list[Promoter]:
    """Everyone who causes the material to be published, the first-named first."""
    first = [material.promoter] if material.promoter else []
    return [*first, *(one for one in material.joint_promoters.all() if one not in first)]


def principals_of(*, material: Material) -> list[Promoter]:
    """Everyone on whose behalf the material is published, the first-named first."""
    first = [material.on_behalf_of] if material.on_behalf_of else []
    return [*first, *(one for one in material.further_principals.all() if one not in first)]


def facts_of(*, material: Material) -> MaterialFacts:
    """All that the imprint rules ask about the material, as it stands."""
    return MaterialFacts(
        medium=Medium(material.medium),
        nation=Nation(material.nation),
        election=_ELECTIONS[ElectionKind(material.election.kind)] if material.election else Election.NONE,
        is_paid=material.is_paid,
        publisher=Publisher(material.publisher),
        subject=Subject(material.about),
        promoters=tuple(responsible(promoter=one) for one in promoters_of(material=material)),
        principals=tuple(responsible(promoter=one) for one in principals_of(material=material)),
        printer=responsible(promoter=material.printer) if material.printer else None,
        place=Place.LINKED if (link := link_of(material=material)) else Place.IN_MATERIAL,
        link=link,
        stage=Stage.CHECKING,
    )


def link_of(*, material: Material) -> Link | None:
    """Where the imprint stands off the material, as it was last seen; None where it is in the material."""
    linked = LinkedImprint.objects.filter(material=material, ended_at=None).first() if material.pk else None
    if linked is None:
        return None
    return Link(
        platform=linked.platform,
        reason=linked.reason,
        clicks=linked.clicks,
        needs_login=linked.needs_login,
        status=linked.status,
        is_watched=True,
        text=linked.text,
    )


def imprint_of(*, material: Material) -> str:
    """The imprint that is offered for the material; empty where no promoter is chosen yet."""
    facts = facts_of(material=material)
    if not facts.promoters:
        return ""
    return imprint_text(
        promoters=facts.promoters,
        principals=facts.principals,
        printer=facts.printer,
        medium=Medium(material.medium),
        language=language_of(code=material.language),
    )


def language_of(*, code: str) -> Language:
    """The language of an imprint, from a language code of the site."""
    return "cy" if code.startswith("cy") else "en"


def composed(*, material: Material) -> Composed:
    """The words of the material with its imprint, as they would be approved."""
    return compose(
        medium=Medium(material.medium),
        subject=material.subject,
        body=material.body,
        imprint=imprint_of(material=material),
        adds_imprint=material.adds_imprint,
    )


def content_of(*, material: Material) -> tuple[bytes, str]:
    """The bytes that would be approved, and their media type: the file where there is one, else the words."""
    if material.upload:
        return bytes(material.upload), material.upload_type
    whole = composed(material=material)
    return whole.content, whole.media_type


def caption_of(*, material: Material) -> str:
    """The words beside a picture or film, with the imprint under them where it is to be added."""
    imprint = imprint_of(material=material)
    is_to_add = (
        material.adds_imprint and Medium(material.medium) in PICTURED and imprint not in material.caption
    )
    return f"{material.caption}\n{imprint}".strip("\n") if is_to_add else material.caption


def artefact_of(*, material: Material) -> Artefact:
    """What people would meet: the words of the file where there is one, else the words with their imprint."""
    content, media_type = content_of(material=material)
    return replace(
        _words_in(content, media_type, material.transcript),
        caption_text=caption_of(material=material),
        is_seen_by_person=material.imprint_seen_by_id is not None,
        sha256=digest(content),
    )


def _words_in(content: bytes, media_type: str, transcript: str) -> Artefact:
    kind = media_type.split(";", maxsplit=1)[0].strip()
    if kind == "text/markdown":
        return artefact_of_markdown(content.decode("utf-8"))
    if kind == "text/html":
        return artefact_of_html(content.decode("utf-8", "replace"))
    if kind == "text/plain":
        return artefact_of_text(content.decode("utf-8", "replace"))
    if kind == "application/pdf":
        page = artefact_of_pdf(content)
        return replace(page, text=f"{page.text}\n{transcript}") if transcript else page
    return artefact_of_text(transcript)


def publish_on(*, material: Material, now: datetime) -> date:
    """The day whose law holds: the first on which the material may go out."""
    return uk_date(max(material.use_from, now) if material.use_from else now)


def channels_of(*, copy: ApprovedCopy) -> frozenset[Channel]:
    """The channels by which the copy may be sent to people."""
    return CHANNELS.get(Medium(copy.medium), frozenset())


def copy_facts(*, copy: ApprovedCopy) -> CopyFacts:
    """The approved copy as the gate sees it now: a promoter who is no longer verified counts at once."""
    named = [one["promoter"] for one in copy.named if one["role"] != "printer"]
    verified = Promoter.objects.filter(pk__in=named, verified_at__isnull=False).count()
    return CopyFacts(
        is_approved=copy.withdrawn_at is None,
        has_imprint=all(line["level"] != "block" for line in copy.checks),
        is_promoter_verified=verified == len(set(named)),
        channels=channels_of(copy=copy),
        purpose=Purpose(copy.purpose),
        valid_from=copy.use_from,
        valid_until=copy.use_until,
    )
