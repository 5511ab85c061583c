"""The site's steps of the set-up: whose imprint it carries, and the privacy notice."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hustings.accounts.access import Right
from hustings.accounts.models import Organisation
from hustings.accounts.pages.guard import DeskRequest, needs
from hustings.accounts.pages.set_up import SetUpStep, after, step_page
from hustings.basics.clock import clock
from hustings.basics.postcode import parse_postcode
from hustings.basics.refusals import Refusal
from hustings.platform.pages.parts import Action, Callout
from hustings.platform.words import day
from hustings.website.models import PrivacyPage, SiteFrame
from hustings.website.queries import site_imprint
from hustings.website.usecases.name_promoter import PromoterFacts, name_promoter
from hustings.website.usecases.publish_privacy_notice import publish_privacy_notice
from hustings.website.usecases.write_privacy_notice import fingerprint, write_privacy_notice


class PromoterForm(forms.Form):
    """Who causes the site to be published."""

    name = forms.CharField(
        label=gettext_lazy("Name of the promoter"),
        max_length=160,
        help_text=gettext_lazy(
            "The person or organisation who causes the material to be published: often the election agent, or the "
            "organisation itself."
        ),
    )
    is_organisation = forms.BooleanField(
        label=gettext_lazy("It is an organisation, not a person"), required=False
    )
    address = forms.CharField(
        label=gettext_lazy("Postal address"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy(
            "Where letters reach them; it is published. An office, a PO box or a mailbox service will do."
        ),
    )
    postcode = forms.CharField(label=gettext_lazy("Postcode"), max_length=10)
    is_for_organisation = forms.BooleanField(
        label=gettext_lazy("On behalf of our organisation"), required=False, initial=True
    )
    evidence = forms.CharField(
        label=gettext_lazy("How do you know that name and address are right?"),
        max_length=500,
        help_text=gettext_lazy(
            "For example: “I am the promoter and get my post there”, or the letter you have seen."
        ),
    )

    def clean_address(self) -> str:
        """In one line, as an imprint has it."""
        return ", ".join(
            line.strip(" ,") for line in self.cleaned_data["address"].splitlines() if line.strip(" ,")
        )

    def clean_postcode(self) -> str:
        """A whole postcode."""
        try:
            return parse_postcode(self.cleaned_data["postcode"]).spaced
        except Refusal as problem:
            raise forms.ValidationError(problem.told(_)) from problem


def promoter_known() -> dict[str, Any]:
    """What the promoter's form begins with: whoever the site names now."""
    own = SiteFrame.objects.select_related("promoter").first()
    known = own.promoter if own else None
    if known is None or own is None:
        return {}
    return {
        "name": known.name,
        "address": known.address,
        "postcode": known.postcode,
        "is_organisation": known.is_organisation,
        "is_for_organisation": own.on_behalf_of_id is not None,
        "evidence": known.evidence,
    }


@needs(Right.SET_UP)
def promoter(request: DeskRequest) -> HttpResponse:
    """Whose name and address stand in every page's foot."""

    def make(sent: QueryDict | None, values: dict[str, Any]) -> forms.Form:
        return PromoterForm(sent, initial=values)

    def save(form: forms.Form, now: datetime) -> None:
        name_promoter(facts=PromoterFacts(**form.cleaned_data), by=request.user, now=now)

    callouts = [
        Callout(
            text=_(
                "Digital and printed election material must carry an imprint (Elections Act 2022 Part 6; Political Parties, "
                "Elections and Referendums Act 2000 s. 143). With it, every page of your site has one, and petitions can open."
            )
        )
    ]
    if imprint := site_imprint():
        callouts = [Callout(title=_("In every page's foot"), text=imprint, tone="good")]
    return step_page(
        request, slug="promoter", form=make, save=save, initial=promoter_known(), callouts=callouts
    )


@needs(Right.SET_UP)
def notice(request: DeskRequest) -> HttpResponse:
    """The privacy notice: read what was written, then publish it."""
    organisation = Organisation.objects.first()
    page = PrivacyPage.objects.live().first()
    if request.method == "POST" and "publish" in request.POST and organisation is not None:
        publish_privacy_notice(by=request.user, now=clock().now())
        messages.success(request, _("The privacy notice is published."))
        return after("notice")
    callouts: list[Callout] = []
    if organisation is None:
        callouts.append(
            Callout(
                text=_("The notice is written from what you say about your organisation. Describe it first."),
                tone="warn",
                actions=(
                    Action(
                        label=_("Describe it"), url=reverse("accounts_desk:organisation"), is_primary=True
                    ),
                ),
            )
        )
    elif page is not None:
        edit = Action(label=_("Read and edit it"), url=reverse("wagtailadmin_pages:edit", args=[page.pk]))
        if page.made_from != fingerprint(organisation=organisation):
            callouts.append(
                Callout(
                    text=_(
                        "You have changed facts about your organisation since. Write it again below, or edit it yourself."
                    ),
                    tone="warn",
                    actions=(edit,),
                )
            )
        else:
            callouts.append(
                Callout(text=_("It is published and says what you told us."), tone="good", actions=(edit,))
            )
    return step_page(
        request,
        slug="notice",
        form=None,
        template="website/desk/notice.html",
        callouts=callouts,
        blocks=write_privacy_notice(organisation=organisation) if organisation else [],
        is_published=page is not None,
    )


def _notice_stands() -> str:
    page = PrivacyPage.objects.live().first()
    return (
        _("in force from %(day)s") % {"day": day(page.in_force_from)} if page and page.in_force_from else ""
    )


def _is_named() -> bool:
    own = SiteFrame.objects.select_related("promoter").first()
    return own is not None and own.promoter is not None and own.promoter.is_verified


PROMOTER = SetUpStep(
    slug="promoter",
    title=gettext_lazy("Promoter and imprint"),
    why=gettext_lazy("Whose name and address stand on everything you publish."),
    minutes=2,
    url_name="website_desk:promoter",
    is_done=_is_named,
    stands=site_imprint,
)
NOTICE = SetUpStep(
    slug="notice",
    title=gettext_lazy("Privacy notice"),
    why=gettext_lazy("What you do with people's data, in words they understand; every form links to it."),
    minutes=3,
    url_name="website_desk:notice",
    is_done=lambda: PrivacyPage.objects.live().exists(),
    stands=_notice_stands,
)
