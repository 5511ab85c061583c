"""Who is behind the ads: entities on the desk, with what led to them, what registers know, and corrections by people."""

from django import forms
from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from hustings.accounts.access import Right
from hustings.accounts.pages.guard import DeskRequest, may, needs
from hustings.adwatch.access import advertiser_for, entities_for, entity_for, link_for
from hustings.adwatch.models import Code, Entity
from hustings.adwatch.queries.coding import similar_names
from hustings.adwatch.usecases.link_registers import link_registers
from hustings.adwatch.usecases.move_advertiser import move_advertiser
from hustings.adwatch.usecases.reject_link import reject_link
from hustings.adwatch.usecases.resolve_advertisers import entity_named
from hustings.adwatch.usecases.suggest_codes import suggest_codes
from hustings.basics.clock import clock
from hustings.basics.refusals import Refusal
from hustings.platform.pages.listing import ChoiceFilter, Column, Export, Listing, YesNoFilter, list_page
from hustings.platform.pages.parts import Action, Badge, Callout, Empty, Fact
from hustings.platform.words import number


def code_badge(entity: Entity) -> Badge:
    """The code of an entity: given by people, or proposed by a rule."""
    if entity.code:
        return Badge(text=str(entity.get_code_display()), tone="good")
    if entity.suggested:
        return Badge(text=_("%(code)s?") % {"code": entity.get_suggested_display()}, tone="plain")
    return Badge(text=_("not coded"), tone="warn")


def _choices() -> list[tuple[str, str]]:
    return [(str(value), str(label)) for value, label in Code.choices]


@needs(Right.SEE_ADS)
@require_safe
def entity_list(request: DeskRequest) -> HttpResponseBase:
    """Everybody behind the ads."""
    from django.db.models import Q

    return list_page(
        request,
        Listing(
            title=_("Who is behind the ads"),
            icon="group",
            intro=_(
                "Spellings, pages and platforms brought together by stated methods. A code with a question mark is a rule’s "
                "proposal; without one, people gave it."
            ),
            rows=entities_for(scope=request.scope).annotate(pages=Count("advertisers")),
            columns=(
                Column(
                    key="name",
                    label=_("Name"),
                    value="name",
                    link=lambda one: reverse("adwatch_desk:entity", args=[one.pk]),
                    sort=("name",),
                ),
                Column(
                    key="code", label=_("Kind"), value=code_badge, export="code", sort=("code", "suggested")
                ),
                Column(key="coded_by", label=_("By"), value="coded_by", sort=("coded_by",), is_minor=True),
                Column(key="suggested", label=_("Proposed"), value="suggested", is_export_only=True),
                Column(
                    key="rule", label=_("Rule"), value="suggested_by", is_minor=True, sort=("suggested_by",)
                ),
                Column(key="pages", label=_("Pages"), value="pages", is_number=True, sort=("pages",)),
            ),
            search=("name",),
            filters=(
                ChoiceFilter(key="code", label=_("Coded as"), choices=_choices(), field="code"),
                ChoiceFilter(key="suggested", label=_("Proposed as"), choices=_choices(), field="suggested"),
                YesNoFilter(key="coded", label=_("Coded by people"), yes=~Q(code="")),
                YesNoFilter(
                    key="registered",
                    label=_("Found in a register"),
                    yes=Q(links__rejected_at=None, links__isnull=False),
                ),
            ),
            order="-pages",
            empty=Empty(title=_("Nobody yet"), text=_("Entities are made as archives come in.")),
            actions=(
                Action(
                    label=_("Look everybody up again"),
                    url=reverse("adwatch_desk:look_up"),
                    icon="search",
                    is_post=True,
                    is_allowed=may(request, Right.CODE_ADS),
                ),
            ),
            export=Export(file_name="advertisers"),
        ),
    )


@needs(Right.CODE_ADS)
@require_http_methods(["POST"])
def look_up(request: DeskRequest) -> HttpResponseBase:
    """Look every entity up in the registers again, after a newer register came in."""
    from hustings.adwatch.access import need_whole

    need_whole(scope=request.scope)
    found = link_registers(entity_ids=None, now=clock().now())
    suggest_codes(entity_ids=None)
    messages.success(request, _("%(n)s new links to registers were found.") % {"n": number(found)})
    return redirect("adwatch_desk:entities")


@needs(Right.SEE_ADS)
@require_safe
def entity_page(request: DeskRequest, pk: int) -> HttpResponse:
    """One entity with the pages it stands behind, how that is known, and the registers."""
    entity = entity_for(scope=request.scope, pk=pk)
    links = list(entity.links.order_by("register", "number"))
    holding = [link for link in links if link.rejected_at is None]
    shows_uk = any(link.shows_uk for link in holding)
    may_code = may(request, Right.CODE_ADS)
    return render(
        request,
        "adwatch/entity.html",
        {
            "title": entity.name,
            "icon": "group",
            "back": Action(label=_("Who is behind the ads"), url=reverse("adwatch_desk:entities")),
            "facts": [
                Fact(
                    label=_("Kind"),
                    value=entity.get_code_display() if entity.code else _("not coded yet"),
                    note=_("by %(how)s") % {"how": entity.coded_by} if entity.coded_by else "",
                ),
                Fact(
                    label=_("Proposed by rule"),
                    value=entity.get_suggested_display() if entity.suggested else "",
                    note=f"{entity.suggested_by}: {entity.suggested_why}" if entity.suggested else "",
                ),
                Fact(label=_("Party by its words"), value=entity.party or _("none")),
                Fact(
                    label=_("Link to the United Kingdom"),
                    value=_("shown by a register") if shows_uk else _("not shown"),
                    note=""
                    if shows_uk
                    else _("No register that was taken in has this name. That alone says nothing."),
                ),
            ],
            "advertisers": entity.advertisers.order_by("page", "disclaimer")[:200],
            "links": holding,
            "rejected": [link for link in links if link.rejected_at is not None],
            "similar": similar_names(entity=entity),
            "may_code": may_code,
            "callouts": [],
        },
    )


class MoveForm(forms.Form):
    """Where an advertiser belongs, by name, and how you know."""

    to = forms.CharField(
        label=gettext_lazy("Belongs to"),
        max_length=300,
        help_text=gettext_lazy("The name as it stands in the list; a new name makes a new entity."),
    )
    reason = forms.CharField(label=gettext_lazy("How you know"), widget=forms.Textarea(attrs={"rows": 3}))


@needs(Right.CODE_ADS)
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Put an advertiser to another entity."""
    advertiser = advertiser_for(scope=request.scope, pk=pk)
    form = MoveForm(request.POST or None, initial={"to": request.GET.get("to", "")})
    if request.method == "POST" and form.is_valid():
        try:
            done = move_advertiser(
                advertiser=advertiser,
                to=entity_named(name=form.cleaned_data["to"]),
                reason=form.cleaned_data["reason"],
                by=request.user,
                now=clock().now(),
            )
        except Refusal as problem:
            form.add_error(None, problem.told(_))
        else:
            messages.success(request, _("Moved. The reason is kept."))
            return redirect("adwatch_desk:entity", pk=done.now_id)
    return render(
        request,
        "desk/form.html",
        {
            "title": _("Who is behind “%(page)s”?") % {"page": advertiser.page},
            "icon": "group",
            "callouts": [Callout(text=f"{advertiser.method}: {advertiser.evidence}", title=_("So far"))],
            "form": form,
            "submit_label": _("Move it"),
            "cancel_url": reverse("adwatch_desk:entity", args=[advertiser.entity_id]),
        },
        status=422 if form.is_bound else 200,
    )


class ReasonForm(forms.Form):
    """A reason."""

    reason = forms.CharField(label=gettext_lazy("How you know"), widget=forms.Textarea(attrs={"rows": 3}))


@needs(Right.CODE_ADS)
@require_http_methods(["GET", "HEAD", "POST"])
def reject(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Say that a link to a register is to another body of the same name."""
    link = link_for(scope=request.scope, pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reject_link(link=link, reason=form.cleaned_data["reason"], by=request.user, now=clock().now())
        except Refusal as problem:
            form.add_error(None, problem.told(_))
        else:
            messages.success(request, _("The link no longer counts. Your reason is kept."))
            return redirect("adwatch_desk:entity", pk=link.entity_id)
    return render(
        request,
        "desk/confirm.html",
        {
            "title": _("Is this another body?"),
            "icon": "warning",
            "question": _(
                "“%(name)s” (%(number)s) will no longer count as %(entity)s. The link stays on record with your reason."
            )
            % {"name": link.name, "number": link.number, "entity": link.entity.name},
            "confirm_label": _("It is another body"),
            "form": form,
            "cancel_url": reverse("adwatch_desk:entity", args=[link.entity_id]),
        },
        status=422 if form.is_bound else 200,
    )
