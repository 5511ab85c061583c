"""Checking a domain we send from, and keeping what was found."""

import re
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from hustings.postroom.delivery.name_servers import COMMON_SELECTORS, NameServers
from hustings.postroom.models import SendingDomainCheck
from hustings.postroom.rules.sending_domain import Finding, check_domain, is_ready

_DOMAIN = re.compile(r"(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}")


class NotADomain(ValueError):
    """What was given is not the name of a domain."""

    def __init__(self, *, given: str) -> None:
        super().__init__(
            f"“{given}” is not a domain. Write the part of your address after the @, such as example.org."
        )


def check_sending_domain(*, domain: str, now: datetime, selectors: Sequence[str] = ()) -> SendingDomainCheck:
    """Ask the name servers about SPF, DKIM and DMARC, and keep the answer. Raises NotADomain or ResolverMalformed."""
    name = domain.strip().rstrip(".").lower().rpartition("@")[2]
    if not _DOMAIN.fullmatch(name):
        raise NotADomain(given=domain)
    tried = list(dict.fromkeys([*selectors, *settings.HUSTINGS_DKIM_SELECTORS])) or list(COMMON_SELECTORS)
    found = check_domain(domain=name, selectors=tried, ask=NameServers().text_records)
    return SendingDomainCheck.objects.create(
        domain=name,
        selectors=tried,
        findings=[asdict(finding) for finding in found],
        is_ready=is_ready(found),
        at=now,
    )


def advice(*, check: SendingDomainCheck) -> list[dict[str, Any]]:
    """What was found, each with its sentence in the reader's language: check, code, level, sentence, record."""
    rows = []
    for stored in check.findings:
        finding = Finding(**{**stored, "values": tuple((name, value) for name, value in stored["values"])})
        rows.append(
            {
                "check": finding.check,
                "code": finding.code,
                "level": str(finding.level),
                "sentence": _(finding.sentence).format(**dict(finding.values)),
                "record": finding.record,
            }
        )
    return rows
