"""The form on a petition's page."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar, cast

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hustings.actions.models import Petition
from hustings.actions.usecases.offer_wordings import OFFERS
from hustings.basics.email_address import EmailAddress, parse_email
from hustings.basics.phone import parse_phone
from hustings.basics.postcode import parse_postcode
from hustings.basics.refusals import Refusal
from hustings.contacts.models import IntentionChoice
from hustings.people.models import Purpose
from hustings.people.usecases.offers_of import offers_meant
from hustings.places.postcode_file import PostcodeStatus
from hustings.places.queries import locate, postcodes_in_use
from hustings.postroom.rules.header_encoding import AddressNotSendable, wire_address

_NAME_MISSING = gettext_lazy("Enter your first name.")
_SURNAME_MISSING = gettext_lazy("Enter your last name.")


ReadT = TypeVar("ReadT")


class _SharedField(forms.CharField):
    """A field that no form changes, so that all forms share it: copying seven took a tenth of a form's time in a surge."""

    def __deepcopy__(self, memo: dict[int, Any]) -> "_SharedField":
        return self


class SignForm(forms.Form):
    """What a signer enters. Each fault is a sentence that says what to do next."""

    given_name = _SharedField(
        label=gettext_lazy("First name"), max_length=80, error_messages={"required": _NAME_MISSING}
    )
    family_name = _SharedField(
        label=gettext_lazy("Last name"), max_length=80, error_messages={"required": _SURNAME_MISSING}
    )
    email = _SharedField(label=gettext_lazy("Email"), max_length=254, required=False)
    postcode = _SharedField(label=gettext_lazy("Postcode"), max_length=20, required=False)
    known_postcode = _SharedField(max_length=20, required=False, widget=forms.HiddenInput)
    phone = _SharedField(label=gettext_lazy("Telephone"), max_length=30, required=False)
    address_line = _SharedField(label=gettext_lazy("House and street"), max_length=160, required=False)

    def __init__(
        self,
        *args: Any,
        petition: Petition,
        is_registered_party: bool,
        needs_email: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.petition = petition
        self.is_registered_party = is_registered_party
        self.needs_email = needs_email

    def clean_given_name(self) -> str:
        """One line of printable letters, at least one of them."""
        return _one_line(self.cleaned_data["given_name"], if_empty=_NAME_MISSING)

    def clean_family_name(self) -> str:
        """One line of printable letters, at least one of them."""
        return _one_line(self.cleaned_data["family_name"], if_empty=_SURNAME_MISSING)

    def clean_address_line(self) -> str:
        """One line of printable letters."""
        return _one_line(self.cleaned_data["address_line"])

    def clean_email(self) -> EmailAddress | None:
        """An address that mail can be sent to."""
        entered = self.cleaned_data["email"]
        if not entered and not self.needs_email:
            return None
        allow_example = settings.HUSTINGS_MODE != "live"
        email = _read(lambda: parse_email(entered, allow_example=allow_example))
        try:
            wire_address(address=email.address)
        except AddressNotSendable as problem:
            raise forms.ValidationError(
                _("Mail servers do not take the letters in “%(address)s”. Enter an address in plain letters.")
                % {"address": email.address}
            ) from problem
        return email

    def clean_postcode(self) -> str:
        """A postcode as on an envelope; one that is not on file is asked about once, and then believed."""
        entered: str = self.cleaned_data["postcode"]
        spaced = _read(lambda: parse_postcode(entered)).spaced
        if (
            postcodes_in_use().rows
            and locate(postcode=spaced).status == PostcodeStatus.UNKNOWN
            and self.data.get("known_postcode", "") != spaced
        ):
            self.unknown_postcode = spaced
            raise forms.ValidationError(
                _("We do not know the postcode %(postcode)s. Check it; if it is right, send the form again.")
                % {"postcode": spaced}
            )
        return spaced

    #: A postcode that was well formed and not on file; the form brings it back to be believed.
    unknown_postcode = ""

    def clean_phone(self) -> str:
        """A telephone number in its international form, or nothing."""
        entered = self.cleaned_data["phone"]
        return _read(lambda: parse_phone(entered)).e164 if entered.strip() else ""

    def clean(self) -> dict[str, Any]:
        """What the signer agreed to and said, as `Signature.choices` holds it."""
        cleaned: dict[str, Any] = super().clean() or {}
        consents = self._consents()
        if {"sms", "call"} & {consent["channel"] for consent in consents} and not self.data.get(
            "phone", ""
        ).strip():
            self.add_error(
                "phone", _("Enter the number at which we may reach you, or untick texts and telephone calls.")
            )
        if not self.needs_email and not cleaned.get("email") and "email" in {c["channel"] for c in consents}:
            self.add_error("email", _("Enter the address at which they may be emailed, or untick email."))
        intention, issues = self._intention(), self._issues()
        has_opinion = issues or (intention and intention["choice"] != IntentionChoice.WONT_SAY)
        if has_opinion and not self.is_registered_party and not _agrees_to_opinions(consents):
            self.add_error(
                None,
                _(
                    "To tell us about your vote or the issues that matter to you, tick the box that lets us keep it, "
                    "or leave those questions empty."
                ),
            )
        cleaned["choices"] = {"consents": consents, "intention": intention, "issues": issues}
        return cleaned

    def _consents(self) -> list[dict[str, Any]]:
        """The ticked boxes, each with the version of the words that stood beside it."""
        allowed = {
            *(pair for pair in OFFERS if ".".join(pair) in self.petition.asks),
            ("", str(Purpose.OPINION)),
        }
        meant = offers_meant(asked_in="petition", values=self._sent().getlist("consent"))
        return [
            {"channel": offer.channel, "purpose": offer.purpose, "wording": offer.wording.pk}
            for offer in meant
            if (offer.channel, offer.purpose) in allowed
        ]

    def _intention(self) -> dict[str, Any] | None:
        answer = self.data.get("intention", "")
        if not answer or not self.petition.asks_intention:
            return None
        if answer in IntentionChoice.values and answer != IntentionChoice.PARTY:
            return {"choice": answer, "party": None}
        kind, _dash, party = answer.partition("-")
        if kind == "party" and party.isdecimal() and self.petition.parties.filter(pk=party).exists():
            return {"choice": str(IntentionChoice.PARTY), "party": int(party)}
        return None

    def _issues(self) -> list[int]:
        ticked = [int(value) for value in self._sent().getlist("issue") if value.isdecimal()]
        if not ticked:
            return []
        return list(self.petition.issues.filter(pk__in=ticked).order_by("pk").values_list("pk", flat=True))

    def _sent(self) -> QueryDict:
        return cast(QueryDict, self.data)

    def chosen(self, name: str) -> Sequence[str]:
        """The values that were sent for a group of boxes, so that a refused form keeps its ticks."""
        return self._sent().getlist(name) if self.is_bound else []


def _one_line(text: str, *, if_empty: Promise | None = None) -> str:
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    if if_empty is not None and not any(letter.isalnum() for letter in line):
        raise forms.ValidationError(str(if_empty))
    return line


def _agrees_to_opinions(consents: list[dict[str, Any]]) -> bool:
    return any(consent["purpose"] == Purpose.OPINION for consent in consents)


def _read(read: Callable[[], ReadT]) -> ReadT:
    try:
        return read()
    except Refusal as fault:
        raise forms.ValidationError(fault.told(_)) from fault
