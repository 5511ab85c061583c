"""Residents sign: each opens the page, fills in the form, gets the mail, follows its link and presses the button."""

import mailbox
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from email import message_from_bytes, policy
from pathlib import Path

from hustings.project.demo.borough.petition import Signer
from hustings.project.demo.browser import Browser, Page, links_in

#: How a signer's ticks are called on the form.
CHANNELS = {"email": "email", "phone": "call", "sms": "sms", "post": "post"}
CHOICES = {"undecided": "undecided", "would not vote": "not_voting"}
_AT_ONCE = 8
#: Nobody fills a form in faster; the page asks those who do to look it over.
_SECONDS_OVER_A_FORM = 2.2


@dataclass(frozen=True, kw_only=True)
class Office:
    """Where to sign, and what the form calls parties and issues: names to the values of their boxes."""

    base: str
    path: str
    parties: dict[str, str]
    issues: dict[str, str]


def address_of(*, number: int) -> str:
    """An address of its own for each visitor, from the range set aside for tests (RFC 2544)."""
    return f"198.{18 + (number >> 16) % 2}.{(number >> 8) & 255}.{number & 255}"


def sign_all(*, office: Office, signers: Sequence[Signer]) -> Counter[str]:
    """Everybody opens the page, takes a moment over the form, and sends it; those who sign twice do so.

    Counts the answers by kind. Eight are at it at any time.
    """
    times = [
        number for number, signer in enumerate(signers) for _ in range(2 if signer.signed_again_at else 1)
    ]

    def open_page(order: int) -> Page:
        with Browser(base=office.base, address=address_of(number=times[order] * 257)) as browser:
            return browser.get(office.path)

    def send(order: int, page: Page) -> str:
        with Browser(base=office.base, address=address_of(number=times[order] * 257)) as browser:
            return _send(browser, office, signers[times[order]], page)

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        pages = list(pool.map(open_page, range(len(times))))
        time.sleep(_SECONDS_OVER_A_FORM)
        return Counter(pool.map(send, range(len(times)), pages))


def _send(browser: Browser, office: Office, signer: Signer, page: Page) -> str:
    if page.status != 200:
        return f"page {page.status}"
    fields: dict[str, str | Sequence[str]] = dict(page.form_fields())
    wanted = {f"{CHANNELS[channel]}.campaign" for channel in signer.consents}
    fields |= {
        "given_name": signer.written.first_name,
        "family_name": signer.written.surname,
        "email": signer.email,
        "postcode": signer.written.postcode,
        "phone": signer.phone,
        "address_line": signer.written.address,
        "consent": [box for box in page.offered("consent") if box.rpartition(".")[0] in wanted],
        "issue": [office.issues[name] for name in signer.issues if name in office.issues],
    }
    if signer.intention:
        fields["intention"] = CHOICES.get(signer.intention) or office.parties.get(signer.intention, "")
    answer = browser.post(page.url, fields)
    asked = answer.form_fields().get("known_postcode") if answer.status == 422 else None
    if asked:
        # A postcode that is not on file is asked about once; people from outside say that it is right.
        answer = browser.post(page.url, fields | {"known_postcode": asked})
    return "signed" if answer.status == 200 else f"answer {answer.status}"


def confirmation_links(*, box: Path, wanted: Iterable[str], containing: str) -> dict[str, str]:
    """The link of each wanted recipient's latest confirmation message in the mail server's box, by address."""
    recipients = set(wanted)
    links: dict[str, str] = {}
    messages = mailbox.mbox(box, create=False)
    try:
        for raw in messages:
            message = message_from_bytes(raw.as_bytes(), policy=policy.default)
            recipient = str(message["To"].addresses[0].addr_spec) if message["To"] else ""
            if recipient not in recipients:
                continue
            body = message.get_body(("plain",))
            found = links_in(body.get_content() if body else "", containing=containing)
            if found:
                links[recipient] = found[0]
    finally:
        messages.close()
    return links


def confirm_all(*, office: Office, links: dict[str, str]) -> Counter[str]:
    """Everybody opens the link and presses the button. Counts the answers by status."""

    def confirm(numbered: tuple[int, str]) -> str:
        number, link = numbered
        with Browser(base=office.base, address=address_of(number=number * 263)) as browser:
            page = browser.get(link)
            if page.status != 200:
                return f"page {page.status}"
            return f"pressed {browser.post(page.url, page.form_fields()).status}"

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return Counter(pool.map(confirm, enumerate(links.values())))


def wait_until(is_so: object, *, seconds: float, step: float = 0.25) -> bool:
    """Ask again and again until the answer is yes, or the time is up."""
    assert callable(is_so)
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if is_so():
            return True
        time.sleep(step)
    return bool(is_so())
