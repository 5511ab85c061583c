"""The public record fills and is verified from outside: a leaflet and its round, an advert, a witness, every byte over HTTP."""

import urllib.error
import urllib.request
from datetime import timedelta

from django.db import close_old_connections

from hustings.basics.clock import clock, uk_date
from hustings.clearance.models import ApprovedCopy, Material, Medium
from hustings.clearance.queries import facts_of
from hustings.clearance.usecases import approve_material, write_material
from hustings.clearance.usecases.check_file import check_file
from hustings.clearance.usecases.make_printed import make_printed
from hustings.openness.models import Checkpoint, Entry
from hustings.openness.queries.finding import matches_of
from hustings.openness.queries.log import log_key, log_state
from hustings.openness.rules.signed_notes import COSIGNATURE, cosign, key_of, parse_note
from hustings.openness.rules.verifying import verify_log
from hustings.openness.usecases import add_witness, sign_checkpoint, take_cosigned
from hustings.openness.usecases.record_publication import Publication, record_publication
from hustings.places.models import Area
from hustings.project.demo.browser import Browser
from hustings.project.demo.build import DemoHome
from hustings.project.demo.signing import wait_until
from hustings.project.demo.story import Story

_WORDS = """
The council decides about the footbridge over Canal and Lock on the third of next month. Without it the way to school is a mile
longer, and the number 9 bus does not stop there on Sundays.

**Come to the public gallery at seven**, or write to your councillor. Two minutes are enough.
"""
_WITNESS = "gazette.barset.example/witness"
_WITNESS_SEED = b"a fictional witness known to all"


def fill_and_verify_the_record(*, demo: DemoHome, base: str, story: Story) -> None:
    """Make and record what leaves on paper and as an advert; then read the whole log over HTTP and compute it anew."""
    agent, now = demo.users["Agnes"], clock().now()
    written = Material(
        title="The footbridge, on paper",
        medium=Medium.WEB,
        body=_WORDS.strip(),
        promoter=demo.promoter,
        publisher="registered-party",
        about="party",
        area=Area.objects.get(kind="district", name="Barset"),
    )
    write_material(material=written, by=agent, now=now)
    leaflet = make_printed(
        material=written,
        shape="leaflet",
        heading="Keep the footbridge",
        printer=demo.promoter,
        by=agent,
        now=now,
    )
    card = make_printed(material=written, shape="card", heading="Keep the footbridge", by=agent, now=now)
    found = check_file(
        content=bytes(leaflet.upload or b""),
        name="leaflet.pdf",
        facts=facts_of(material=leaflet),
        on=uk_date(now),
    )
    story.tell(
        "A leaflet and a picture are made",
        leaflet_bytes=len(leaflet.upload or b""),
        picture_bytes=len(card.upload or b""),
    )
    story.claim("the leaflet passes the imprint checklist", holds=found.has_passed)
    printed = approve_material(material=leaflet, by=agent, now=clock().now())
    shown = approve_material(material=card, by=agent, now=clock().now())
    _record(demo, printed, shown)
    _witness(story)
    _verify(base, story)
    asked = "> " + _WORDS.strip().replace("\n", "\n> ")
    matches = matches_of(text=f"---- Forwarded message ----\nFrom: a neighbour\n\n{asked}", on=uk_date(now))
    story.claim("a forwarded copy is found in the record", holds=bool(matches), found=len(matches))
    with Browser(base=base) as browser:
        ward = Area.objects.filter(kind="ward").order_by("code").first()
        page = browser.get(f"/record/ward/{ward.code if ward else ''}/")
    story.claim(
        "the page of a ward shows the leaflet round",
        holds=page.status == 200 and "leaflet round" in page.text,
    )


def _record(demo: DemoHome, printed: ApprovedCopy, shown: ApprovedCopy) -> None:
    now = clock().now()
    wards = tuple(Area.objects.filter(kind="ward").order_by("code")[:6])
    first, last = uk_date(now) - timedelta(days=9), uk_date(now) - timedelta(days=2)
    record_publication(
        copy=printed,
        facts=Publication(
            kind="round",
            cost_pence=18_400,
            token="demo-round",  # noqa: S106  (a form's, not a secret)
            wards=wards,
            numbers=tuple(310 + 57 * place for place in range(len(wards))),
            started_on=first,
            ended_on=last,
        ),
        by=demo.users["Agnes"],
        now=now,
    )
    record_publication(
        copy=shown,
        facts=Publication(
            kind="advert", cost_pence=5_000, token="demo-advert", total=14_200, platform="Facebook",  # noqa: S106
            page="Lantern Party Barset", targeting="Everyone over 18 in the borough of Barset", started_on=first, ended_on=last,
        ),
        by=demo.users["Agnes"],
        now=now,
    )  # fmt: skip


def _witness(story: Story) -> None:
    """The fictional Barset Gazette signs what it saw and hands it in."""
    now = clock().now()
    key = key_of(name=_WITNESS, seed=_WITNESS_SEED, kind=COSIGNATURE)
    add_witness(key=str(key), who="Barset Gazette (fictional)", url="", by=None, now=now)
    signed: Checkpoint | None = None

    def is_signed() -> bool:
        nonlocal signed
        close_old_connections()
        signed = sign_checkpoint(now=clock().now())
        return signed is not None and signed.size == Entry.objects.count()

    wait_until(is_signed, seconds=30)
    assert signed is not None
    line = cosign(text=parse_note(signed.note).text, name=_WITNESS, seed=_WITNESS_SEED, at=now)
    taken = take_cosigned(note=signed.note + str(line))
    story.tell("The record is signed, and a witness cosigns", entries=signed.size, witnesses=len(taken))
    story.claim("the database is the one that was signed", holds=log_state().trouble == "")


def _verify(base: str, story: Story) -> None:
    read_bytes = 0

    def read(path: str) -> bytes | None:
        nonlocal read_bytes
        try:
            with urllib.request.urlopen(f"{base}/record/{path}", timeout=30) as answer:  # noqa: S310
                content: bytes = answer.read()
        except urllib.error.HTTPError as refused:
            if refused.code == 404:
                return None
            raise
        read_bytes += len(content)
        return content

    witness = key_of(name=_WITNESS, seed=_WITNESS_SEED, kind=COSIGNATURE)
    report = verify_log(read=read, key=log_key(), witnesses=(witness,), with_documents=True)
    story.tell(
        "The record is verified from outside",
        entries=report.entries,
        tiles=report.tiles,
        documents=report.documents,
        kilobytes=read_bytes // 1024,
    )
    story.claim(
        "every leaf, tile, document and signature agrees with the checkpoint, over HTTP alone",
        holds=report.is_sound and report.entries > 0,
        faults="; ".join(report.faults[:3]) or "none",
    )
    story.equal(
        "every entry of the database is in the log that others read", report.entries, Entry.objects.count()
    )
