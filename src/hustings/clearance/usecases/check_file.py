"""Check any file for its imprint, ours or not: read it, find out whom it names, run the checklist, offer the right words."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from hustings.basics.file_kinds import kind_of_file
from hustings.basics.refusals import gettext_noop
from hustings.clearance.queries.picture_words import PICTURES, words_in_picture
from hustings.clearance.rules.duty import needs_imprint
from hustings.clearance.rules.facts import (
    Artefact,
    MaterialFacts,
    Medium,
    Place,
    Responsible,
)
from hustings.clearance.rules.findings import Finding, Level, has_passed, worst
from hustings.clearance.rules.imprint import CHECKS, check_imprint
from hustings.clearance.rules.measuring import measures_of
from hustings.clearance.rules.reading import read_artefact
from hustings.clearance.rules.recognising import Recognised, recognise
from hustings.clearance.rules.wording import Language, imprint_text

_NOBODY = Responsible(name="[name]", address="[street or PO box, town, postcode]")
_NO_PRINTER = Responsible(name="[printer]", address="[street, town, postcode]")


@dataclass(frozen=True, kw_only=True)
class FileCheck:
    """What was found in a file: the checklist, who was read from it, and the words it should carry."""

    findings: tuple[Finding, ...]
    artefact: Artefact
    facts: MaterialFacts
    is_recognised: bool  # whether the people were read from the material and not given
    is_required: bool
    law: str
    offered: MappingProxyType[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def has_passed(self) -> bool:
        """Whether nothing stands in the way of publication."""
        return has_passed(self.findings)

    def as_dict(self) -> dict[str, Any]:
        """As the command prints it."""
        return {
            "passed": self.has_passed,
            "level": str(worst(self.findings)),
            "required": self.is_required,
            "law": self.law,
            "missing": [one.message for one in self.findings if one.level is Level.BLOCK],
            "warnings": [one.message for one in self.findings if one.level is Level.WARN],
            "findings": [one.as_dict() for one in self.findings],
            "people_read_from_it": self.is_recognised,
            "promoters": [_person(one) for one in self.facts.promoters],
            "on_behalf_of": [_person(one) for one in self.facts.principals],
            "printer": _person(self.facts.printer) if self.facts.printer else None,
            "offered": dict(self.offered),
            "contrast": self.facts.measures.contrast,
            "smallest_px": self.facts.measures.smallest_px,
            "sha256": self.artefact.sha256,
        }


def _person(one: Responsible) -> dict[str, str]:
    return {"name": one.name, "address": one.address}


@dataclass(frozen=True, kw_only=True)
class Beside:
    """What stands beside the file: a caption, a transcript, and whether a person found the imprint in it."""

    caption: str = ""
    transcript: str = ""
    is_seen_by_person: bool = False


def check_file(
    *,
    content: bytes,
    name: str,
    facts: MaterialFacts,
    on: date,
    beside: Beside | None = None,
    read_picture: Callable[..., str | None] = words_in_picture,
) -> FileCheck:
    """Run the checklist I1 to I14 on a file as people meet it.

    Where no promoter is given, whoever the material itself names is taken, with a warning that nobody verified them. Words in a
    picture are read by machine where that is possible, else a person has to say that they found the imprint. Raises
    `Unreadable`.
    """
    artefact = _artefact(content, name, beside or Beside(), read_picture)
    given = bool(facts.promoters)
    if not given:
        facts = _with_recognised(facts, artefact)
    facts = replace(
        facts,
        measures=measures_of(
            runs=artefact.runs,
            named=[*facts.promoters, *facts.principals, *([facts.printer] if facts.printer else [])],
            measured=facts.measures,
        ),
    )
    findings = list(check_imprint(facts=facts, artefact=artefact, on=on))
    duty = needs_imprint(facts=facts, on=on)
    is_recognised = not given and bool(facts.promoters)
    if is_recognised:
        findings = [one for one in findings if (one.id, one.code) != ("I3", "ok")]
        findings.append(_nobody_verified(facts, is_required=duty.is_required))
        findings.sort(key=lambda one: CHECKS.index(one.id))
    elif not given:
        findings = [_nobody_found(one) if one.code == "promoter-missing" else one for one in findings]
    return FileCheck(
        findings=tuple(findings),
        artefact=artefact,
        facts=facts,
        is_recognised=is_recognised,
        is_required=duty.is_required,
        law=duty.law,
        offered=MappingProxyType(offered_words(facts=facts)),
    )


def _artefact(content: bytes, name: str, beside: Beside, read_picture: Callable[..., str | None]) -> Artefact:
    artefact = read_artefact(content=content, name=name)
    if kind_of_file(content) in PICTURES and not beside.transcript:
        artefact = replace(artefact, text=read_picture(content=content) or "")
    if beside.transcript:
        artefact = replace(artefact, text=f"{artefact.text}\n{beside.transcript}".strip())
    return replace(artefact, caption_text=beside.caption, is_seen_by_person=beside.is_seen_by_person)


def _with_recognised(facts: MaterialFacts, artefact: Artefact) -> MaterialFacts:
    places = [artefact.text, artefact.caption_text, *artefact.alternatives, artefact.hidden_text]
    if facts.place is Place.LINKED and facts.link is not None:
        places.insert(0, facts.link.text)
    found = Recognised()
    for text in places:
        found = recognise(text)
        if found.promoters:
            break
    return replace(
        facts,
        # Nobody can verify them here; a warning says so in place of the refusal that our own records would bring.
        promoters=tuple(replace(one, is_verified=True) for one in found.promoters),
        principals=facts.principals or found.principals,
        printer=facts.printer or found.printer,
    )


def _nobody_verified(facts: MaterialFacts, *, is_required: bool) -> Finding:
    return Finding(
        id="I3",
        code="promoter-read-from-it",
        level=Level.WARN if is_required else Level.INFO,
        sentence=gettext_noop(
            "It names {names} as promoter. Nobody verified that name and address; check them yourself."
        ),
        details=MappingProxyType({"names": ", ".join(one.name for one in facts.promoters)}),
        rule="1.6",
    )


def _nobody_found(finding: Finding) -> Finding:
    return replace(
        finding,
        sentence=gettext_noop(
            "No imprint was found in it: nobody is named as promoter, with a postal address."
        ),
    )


def offered_words(*, facts: MaterialFacts) -> dict[str, str]:
    """The imprint that would do, in English, in Welsh, and in both; gaps in square brackets where somebody is not known."""
    medium = facts.medium or Medium.WEB
    shapes: tuple[tuple[str, Language], ...] = (("en", "en"), ("cy", "cy"), ("cy+en", "cy+en"))
    promoters = [_filled(one) for one in facts.promoters] or [_NOBODY]
    printer = facts.printer or (_NO_PRINTER if medium is Medium.PRINT else None)
    return {
        key: imprint_text(
            promoters=promoters,
            principals=[_filled(one) for one in facts.principals],
            printer=printer,
            medium=medium,
            language=language,
        )
        for key, language in shapes
    }


def _filled(one: Responsible) -> Responsible:
    return one if one.address.strip() else replace(one, address=_NOBODY.address)
