"""What SPF, DKIM and DMARC records say about a domain we send from, with advice in plain words.

Large mailbox providers refuse or hide bulk mail whose domain does not pass these three. The rules judge what name servers
answered (`Records`); asking is done in `delivery/name_servers.py`.
"""

import base64
import binascii
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key

from hustings.basics.refusals import gettext_noop

_LOOKUPS = 10  # RFC 7208 4.6.4
_ASKING = re.compile(r"(include|a|mx|ptr|exists)(?:[:/]|$)|redirect=")
_WANTED_BITS = 2048
_LEAST_BITS = 1024  # RFC 8301 3.2


class Level(StrEnum):
    """How a finding weighs."""

    GOOD = "good"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing found: about which record, how it weighs, and a sentence that says what to do. `values` fill the sentence."""

    check: str
    code: str
    level: Level
    sentence: str
    record: str = ""
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Records:
    """The text records under one name; `problem` says why they could not be read, where they could not."""

    texts: tuple[str, ...] = ()
    problem: str = ""


Ask = Callable[[str], Records]


def check_domain(*, domain: str, selectors: Sequence[str], ask: Ask) -> list[Finding]:
    """Everything found about a domain; `ask` gives the text records of a name."""
    return [
        *check_spf(domain=domain, ask=ask),
        *check_dkim(domain=domain, selectors=selectors, ask=ask),
        *check_dmarc(domain=domain, ask=ask),
    ]


def is_ready(findings: Sequence[Finding]) -> bool:
    """Whether nothing found would make mailbox providers refuse bulk mail."""
    return all(finding.level is not Level.BAD for finding in findings)


def check_spf(*, domain: str, ask: Ask) -> list[Finding]:
    """Judge the SPF record (RFC 7208): who may send for the domain."""
    answer = ask(domain)
    if answer.problem:
        return [_unread("spf", domain, answer)]
    found = [text for text in answer.texts if text.lower() == "v=spf1" or text.lower().startswith("v=spf1 ")]
    if not found:
        sentence = gettext_noop(
            "{domain} has no SPF record. Add a TXT record such as “v=spf1 include:your-provider.example -all”; your "
            "mail provider says what to put after include."
        )
        return [_finding("spf", "missing", Level.BAD, sentence, domain=domain)]
    if len(found) > 1:
        sentence = gettext_noop(
            "{domain} has several SPF records, and receivers then ignore them all. Merge them into one."
        )
        return [_finding("spf", "several", Level.BAD, sentence, record=found[0], domain=domain)]
    record = found[0]
    findings = [_spf_end(record, domain)]
    asked = _spf_lookups(record, ask, depth=0)
    if asked > _LOOKUPS:
        sentence = gettext_noop(
            "Reading the SPF record of {domain} takes {count} look-ups; receivers stop at 10 and treat it as broken. "
            "Remove providers that no longer send for you."
        )
        findings.append(
            _finding(
                "spf", "too_many_lookups", Level.BAD, sentence, record=record, domain=domain, count=str(asked)
            )
        )
    return findings


def check_dkim(*, domain: str, selectors: Sequence[str], ask: Ask) -> list[Finding]:
    """Judge the DKIM keys (RFC 6376, RFC 8301) under the given selectors: the signatures on our mail."""
    findings: list[Finding] = []
    for selector in selectors:
        name = f"{selector}._domainkey.{domain}"
        answer = ask(name)
        if answer.problem:
            findings.append(_unread("dkim", name, answer))
            continue
        findings += [
            _dkim_key(text, selector) for text in answer.texts if "p=" in text.replace(" ", "").lower()
        ][:1]
    if any(finding.level is Level.GOOD for finding in findings):
        # One good key signs our mail; a broken one beside it is only untidy.
        return [
            replace(finding, level=Level.WARN) if finding.level is Level.BAD else finding
            for finding in findings
        ]
    if findings:
        return findings
    sentence = gettext_noop(
        "No DKIM key was found for {domain} under the selectors {selectors}. Turn on DKIM signing at your mail provider, add the "
        "record it gives you, and name its selector in HUSTINGS_DKIM_SELECTORS or with --selector."
    )
    return [
        _finding("dkim", "missing", Level.BAD, sentence, domain=domain, selectors=", ".join(selectors) or "–")
    ]


def check_dmarc(*, domain: str, ask: Ask) -> list[Finding]:
    """Judge the DMARC policy (RFC 7489), of the domain itself or the nearest one above that has one."""
    labels = domain.split(".")
    for start in range(max(1, len(labels) - 1)):
        name = "_dmarc." + ".".join(labels[start:])
        answer = ask(name)
        if answer.problem:
            return [_unread("dmarc", name, answer)]
        found = [text for text in answer.texts if text.replace(" ", "").lower().startswith("v=dmarc1")]
        if found:
            return _dmarc_policy(found, domain, is_own=start == 0)
    sentence = gettext_noop(
        "{domain} has no DMARC record. Add a TXT record at _dmarc.{domain}, to begin with “v=DMARC1; p=none; "
        "rua=mailto:you@{domain}”, and go on to p=quarantine when the reports look right."
    )
    return [_finding("dmarc", "missing", Level.BAD, sentence, domain=domain)]


def _spf_end(record: str, domain: str) -> Finding:
    terms = record.lower().split()[1:]
    end = next((term for term in terms if term.lstrip("+-~?") == "all"), "")
    if end in ("all", "+all"):
        sentence = gettext_noop(
            "The SPF record of {domain} ends in “+all”, which lets anybody send in your name. Change the end to “-all”."
        )
        return _finding("spf", "open_to_all", Level.BAD, sentence, record=record, domain=domain)
    if end in ("-all", "~all") or (not end and any(term.startswith("redirect=") for term in terms)):
        sentence = gettext_noop("{domain} says which servers may send for it.")
        return _finding("spf", "good", Level.GOOD, sentence, record=record, domain=domain)
    sentence = gettext_noop(
        "The SPF record of {domain} does not say what to do with mail from other servers. Let it end in “~all” or “-all”."
    )
    return _finding("spf", "no_end", Level.WARN, sentence, record=record, domain=domain)


def _spf_lookups(record: str, ask: Ask, *, depth: int) -> int:
    count = 0
    for term in record.split()[1:]:
        plain = term.lstrip("+-~?").lower()
        if not _ASKING.match(plain):
            continue
        count += 1
        target = re.match(r"(?:include:|redirect=)(\S+)", plain)
        if target is None or "%" in target[1] or depth > _LOOKUPS or count > 2 * _LOOKUPS:
            continue
        for text in ask(target[1]).texts:
            if text.lower().startswith("v=spf1"):
                count += _spf_lookups(text, ask, depth=depth + 1)
                break
    return count


def _dkim_key(record: str, selector: str) -> Finding:
    tags = _tags(record)
    encoded = re.sub(r"\s", "", tags.get("p", ""))
    if not encoded:
        sentence = gettext_noop(
            "The DKIM key “{selector}” is withdrawn (empty). Remove the record or put the present key into it."
        )
        return _finding("dkim", "withdrawn", Level.BAD, sentence, record=record, selector=selector)
    if tags.get("k", "rsa").lower() == "ed25519":
        sentence = gettext_noop(
            "The DKIM key “{selector}” is Ed25519, which several receivers do not read. Publish an RSA key beside it."
        )
        return _finding("dkim", "ed25519", Level.WARN, sentence, record=record, selector=selector)
    try:
        key = load_der_public_key(base64.b64decode(encoded, validate=True))
    except (ValueError, binascii.Error, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, RSAPublicKey):
        sentence = gettext_noop(
            "The DKIM key “{selector}” cannot be read. Copy it again from your mail provider, whole and without quotation marks."
        )
        return _finding("dkim", "unreadable", Level.BAD, sentence, record=record, selector=selector)
    bits = str(key.key_size)
    if key.key_size < _LEAST_BITS:
        sentence = gettext_noop(
            "The DKIM key “{selector}” has {bits} bits, which receivers ignore. Ask your provider for one of 2048."
        )
        return _finding("dkim", "too_short", Level.BAD, sentence, record=record, selector=selector, bits=bits)
    if "y" in tags.get("t", "").lower().split(":"):
        sentence = gettext_noop(
            "The DKIM key “{selector}” is marked as a test (t=y). Remove t=y when you send in earnest."
        )
        return _finding("dkim", "testing", Level.WARN, sentence, record=record, selector=selector)
    if key.key_size < _WANTED_BITS:
        sentence = gettext_noop(
            "The DKIM key “{selector}” has {bits} bits. It works; 2048 are advised when you change it next."
        )
        return _finding("dkim", "short", Level.WARN, sentence, record=record, selector=selector, bits=bits)
    sentence = gettext_noop("Mail can be signed with the DKIM key “{selector}” ({bits} bits).")
    return _finding("dkim", "good", Level.GOOD, sentence, record=record, selector=selector, bits=bits)


def _dmarc_policy(found: list[str], domain: str, *, is_own: bool) -> list[Finding]:
    record = found[0]
    if len(found) > 1:
        sentence = gettext_noop(
            "{domain} has several DMARC records, and receivers then ignore them all. Keep one."
        )
        return [_finding("dmarc", "several", Level.BAD, sentence, record=record, domain=domain)]
    tags = _tags(record)
    policy = (tags.get("sp") if not is_own else None) or tags.get("p", "")
    if policy not in ("none", "quarantine", "reject"):
        sentence = gettext_noop(
            "The DMARC record of {domain} names no policy. Put p=none, p=quarantine or p=reject into it."
        )
        return [_finding("dmarc", "no_policy", Level.BAD, sentence, record=record, domain=domain)]
    findings = []
    if policy == "none":
        sentence = gettext_noop(
            "DMARC only watches (p=none). That is enough to send; go on to p=quarantine when the reports look right, so that "
            "others cannot write in the name of {domain}."
        )
        findings.append(_finding("dmarc", "only_watches", Level.WARN, sentence, record=record, domain=domain))
    else:
        sentence = gettext_noop("DMARC protects {domain} (p={policy}).")
        findings.append(
            _finding("dmarc", "good", Level.GOOD, sentence, record=record, domain=domain, policy=policy)
        )
    if not tags.get("rua"):
        sentence = gettext_noop(
            "The DMARC record of {domain} asks for no reports. Add rua=mailto:an-address-you-read to see who sends in your name."
        )
        findings.append(_finding("dmarc", "no_reports", Level.WARN, sentence, record=record, domain=domain))
    return findings


def _tags(record: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in record.split(";"))
    return {name.strip().lower(): value.strip() for name, _equals, value in pairs if name.strip()}


def _unread(check: str, name: str, answer: Records) -> Finding:
    sentence = gettext_noop(
        "The name servers did not answer for {name} ({problem}). Try again later, or check the name."
    )
    return _finding(check, "unread", Level.BAD, sentence, name=name, problem=answer.problem)


def _finding(check: str, code: str, level: Level, sentence: str, record: str = "", **values: str) -> Finding:
    return Finding(
        check=check,
        code=code,
        level=level,
        sentence=sentence,
        record=record,
        values=tuple(sorted(values.items())),
    )
