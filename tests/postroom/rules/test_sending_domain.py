"""SPF, DKIM and DMARC: each record judged, each judgement with its advice."""

import base64
from functools import cache

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from hustings.postroom.rules.sending_domain import Level, Records, check_domain, is_ready


@cache
def dkim_key(bits: int) -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=bits).public_key()
    der = key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(der).decode()


def good() -> dict[str, tuple[str, ...]]:
    return {
        "barset.example": ("google-site-verification=x", "v=spf1 include:mail.example -all"),
        "mail.example": ("v=spf1 ip4:192.0.2.0/24 -all",),
        "s1._domainkey.barset.example": (f"v=DKIM1; k=rsa; p={dkim_key(2048)}",),
        "_dmarc.barset.example": ("v=DMARC1; p=quarantine; rua=mailto:dmarc@barset.example",),
    }


def codes(
    records: dict[str, tuple[str, ...]], domain: str = "barset.example", selectors: tuple[str, ...] = ("s1",)
) -> dict[str, str]:
    found = check_domain(domain=domain, selectors=selectors, ask=lambda name: Records(records.get(name, ())))
    for finding in found:
        finding.sentence.format(**dict(finding.values))
    assert is_ready(found) is all(finding.level is not Level.BAD for finding in found)
    return {f"{finding.check}:{finding.code}": str(finding.level) for finding in found}


def test_a_domain_set_up_well_is_ready() -> None:
    assert codes(good()) == {"spf:good": "good", "dkim:good": "good", "dmarc:good": "good"}


def test_a_bare_domain_is_told_all_three() -> None:
    assert codes({}) == {"spf:missing": "bad", "dkim:missing": "bad", "dmarc:missing": "bad"}


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("v=spf1 mx +all",), {"spf:open_to_all": "bad"}),
        (("v=spf1 mx all",), {"spf:open_to_all": "bad"}),
        (("v=spf1 mx ?all",), {"spf:no_end": "warn"}),
        (("v=spf1 mx",), {"spf:no_end": "warn"}),
        (("v=spf1 mx ~all",), {"spf:good": "good"}),
        (("v=spf1 redirect=mail.example",), {"spf:good": "good"}),
        (("v=spf1 -all", "v=spf1 mx -all"), {"spf:several": "bad"}),
        (("v=spf10 -all",), {"spf:missing": "bad"}),
        (
            ("v=spf1 " + " ".join(f"a:h{n}.example" for n in range(11)) + " -all",),
            {"spf:good": "good", "spf:too_many_lookups": "bad"},
        ),
        (("v=spf1 include:loop.example -all",), {"spf:good": "good", "spf:too_many_lookups": "bad"}),
    ],
)
def test_spf(texts: tuple[str, ...], expected: dict[str, str]) -> None:
    records = {**good(), "barset.example": texts, "loop.example": ("v=spf1 include:loop.example -all",)}
    assert {code: level for code, level in codes(records).items() if code.startswith("spf")} == expected


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ("v=DKIM1; p=", "dkim:withdrawn"),
        ("v=DKIM1; p=nonsense", "dkim:unreadable"),
        ("v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=", "dkim:ed25519"),
    ],
)
def test_dkim_records_that_do_not_sign(record: str, expected: str) -> None:
    assert expected in codes({**good(), "s1._domainkey.barset.example": (record,)})


@pytest.mark.parametrize(("bits", "expected"), [(1024, "dkim:short"), (2048, "dkim:good")])
def test_dkim_key_lengths(bits: int, expected: str) -> None:
    assert expected in codes({**good(), "s1._domainkey.barset.example": (f"k=rsa; p={dkim_key(bits)}",)})


def test_a_dkim_test_key_is_only_a_warning() -> None:
    assert (
        codes({**good(), "s1._domainkey.barset.example": (f"v=DKIM1; t=y; p={dkim_key(2048)}",)})[
            "dkim:testing"
        ]
        == "warn"
    )


def test_one_good_key_makes_a_broken_one_beside_it_untidy_only() -> None:
    found = codes({**good(), "old._domainkey.barset.example": ("v=DKIM1; p=",)}, selectors=("old", "s1"))
    assert (found["dkim:withdrawn"], found["dkim:good"]) == ("warn", "good")


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("v=DMARC1; p=none; rua=mailto:a@b.example",), {"dmarc:only_watches": "warn"}),
        (("v=DMARC1; p=reject",), {"dmarc:good": "good", "dmarc:no_reports": "warn"}),
        (("v=DMARC1; rua=mailto:a@b.example",), {"dmarc:no_policy": "bad"}),
        (("v=DMARC1; p=reject", "v=DMARC1; p=none"), {"dmarc:several": "bad"}),
    ],
)
def test_dmarc(texts: tuple[str, ...], expected: dict[str, str]) -> None:
    found = codes({**good(), "_dmarc.barset.example": texts})
    assert {code: level for code, level in found.items() if code.startswith("dmarc")} == expected


def test_a_sub_domain_is_under_the_policy_above_it() -> None:
    records = {
        "mail.barset.example": ("v=spf1 -all",),
        "s1._domainkey.mail.barset.example": (f"p={dkim_key(2048)}",),
        "_dmarc.barset.example": ("v=DMARC1; p=reject; sp=none; rua=mailto:a@b.example",),
    }
    assert "dmarc:only_watches" in codes(records, domain="mail.barset.example")


def test_silent_name_servers_are_said() -> None:
    found = check_domain(
        domain="barset.example", selectors=("s1",), ask=lambda name: Records(problem="timed out")
    )
    assert {finding.code for finding in found} == {"unread"}
    assert not is_ready(found)
