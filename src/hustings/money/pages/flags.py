"""Desk pages of flags: gifts that may be parts of one, each explained, and a person's conclusion."""

from django.contrib import messages
from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hustings.accounts.access import Right
from hustings.accounts.pages.guard import DeskRequest, may, needs
from hustings.basics.clock import clock
from hustings.basics.refusals import Refusal
from hustings.money.access import campaign_for, campaigns_for, flag_for, flags_for
from hustings.money.models import SplitFlag, SplitVerdict
from hustings.money.pages.gift_forms import ConcludeForm
from hustings.money.pages.gift_words import pounds, state_badge
from hustings.money.queries.ledger import with_state
from hustings.money.rules.splitting.flags import KIND_WORDS
from hustings.money.usecases.conclude_flag import conclude_flag
from hustings.money.usecases.find_split_gifts import find_split_gifts
from hustings.platform.pages.listing import ChoiceFilter, Column, Export, Listing, YesNoFilter, list_page
from hustings.platform.pages.parts import Action, Badge, Callout, Empty, Fact, Moment
from hustings.platform.words import day


@needs(Right.SEE_MONEY)
@require_safe
def flag_list(request: DeskRequest) -> HttpResponseBase:
    """Every flag, the most urgent first."""
    verdicts = SplitVerdict.objects.filter(flag=OuterRef("pk"))
    may_edit = may(request, Right.EDIT_MONEY)
    return list_page(
        request,
        Listing(
            title=_("Flags"),
            icon="warning",
            intro=_(
                "Gifts that may be parts of one, found by what they share. A flag is a reason to look, never a finding: a person "
                "decides, with a reason. A household alone is no flag."
            ),
            rows=flags_for(scope=request.scope).annotate(
                is_concluded=Exists(verdicts), count=Count("gifts", distinct=True)
            ),
            columns=(
                Column(
                    key="kind",
                    label=_("What"),
                    value=lambda flag: _(KIND_WORDS[flag.kind]),
                    link=lambda flag: reverse("money_desk:flag", args=[flag.pk]),
                    sort=("kind",),
                ),
                Column(key="sentence", label=_("Why"), value="sentence"),
                Column(
                    key="sum",
                    label=_("Together"),
                    value=lambda flag: pounds(flag.amount_pence),
                    sort=("amount_pence",),
                    is_number=True,
                ),
                Column(key="by", label=_("Decide by"), value="decide_by", sort=("decide_by",)),
                Column(key="state", label=_("State"), value=_state, sort=("grade",)),
                Column(key="campaign", label=_("To"), value="campaign.name", is_minor=True),
            ),
            filters=(
                YesNoFilter(key="concluded", label=_("Concluded"), yes=Q(is_concluded=True)),
                ChoiceFilter(
                    key="grade",
                    label=_("How urgent"),
                    choices=[("question", _("a question")), ("notice", _("a notice"))],
                    field="grade",
                ),
            ),
            order="by",
            left_out=_("Gifts older than two years are not looked through again."),
            empty=Empty(
                title=_("No flags"),
                text=_("Nothing among the gifts looks like parts of one."),
            ),
            actions=tuple(
                Action(
                    label=_("Look through %(name)s now") % {"name": campaign.name},
                    url=reverse("money_desk:find_flags", args=[campaign.pk]),
                    icon="search",
                    is_post=True,
                    is_allowed=may_edit,
                )
                for campaign in list(campaigns_for(scope=request.scope)[:3])
            ),
            export=Export(file_name="flags"),
        ),
    )


def _state(flag: SplitFlag) -> Badge:
    if flag.is_concluded:  # type: ignore[attr-defined]  # an annotation of the list
        return Badge(text=_("concluded"), tone="good")
    if flag.grade == "notice":
        return Badge(text=_("notice"), tone="info")
    return Badge(text=_("question"), tone="warn")


@needs(Right.EDIT_MONEY)
@require_POST
def find(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Look through a campaign's gifts again."""
    campaign = campaign_for(scope=request.scope, pk=pk)
    found = find_split_gifts(campaign=campaign, by=request.user, now=clock().now())
    messages.success(
        request,
        ngettext("%(count)d new flag.", "%(count)d new flags.", len(found)) % {"count": len(found)}
        if found
        else _("Nothing new was found."),
    )
    return redirect("money_desk:flags")


@needs(Right.SEE_MONEY)
@require_http_methods(["GET", "HEAD", "POST"])
def flag_page(request: DeskRequest, pk: int) -> HttpResponseBase:
    """One flag with its gifts and what was concluded."""
    flag = flag_for(scope=request.scope, pk=pk)
    may_edit = may(request, Right.EDIT_MONEY)
    form = ConcludeForm(request.POST or None) if may_edit else None
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            conclude_flag(flag=flag, **form.cleaned_data, by=request.user, now=clock().now())
        except Refusal as refusal:
            form.add_error(refusal.code if refusal.code in form.fields else None, refusal.told(_))
        else:
            messages.success(request, _("Kept. The gifts themselves are decided about one by one."))
            return redirect("money_desk:flag", pk=pk)
    today = clock().today_in_uk()
    gifts = (
        with_state(gifts=flag.gifts.all()).select_related("donor", "campaign").order_by("received_on", "pk")
    )
    verdicts = list(flag.verdicts.select_related("by"))
    return render(
        request,
        "money/flag.html",
        {
            "title": _(KIND_WORDS[flag.kind]).capitalize(),  # type: ignore[index]  # a stored kind is a member
            "icon": "warning",
            "subtitle": _("to %(campaign)s") % {"campaign": flag.campaign},
            "back": Action(label=_("Flags"), url=reverse("money_desk:flags")),
            "callouts": [
                Callout(
                    text=flag.sentence,
                    tone="plain" if verdicts else "warn" if flag.grade == "question" else "info",
                )
            ],
            "facts": [
                Fact(label=_("Joined by"), value="; ".join(flag.evidence) or _("amount and days alone")),
                Fact(label=_("Together"), value=pounds(flag.amount_pence)),
                Fact(
                    label=_("Held against"), value=pounds(flag.threshold_pence), note=", ".join(flag.entries)
                ),
                Fact(
                    label=_("Decide by"),
                    value=flag.decide_by,
                    note="" if verdicts else _("the earliest clock among the gifts"),
                    tone="bad" if not verdicts and flag.decide_by < today else "plain",
                ),
            ],
            "gifts": [
                (gift, pounds(gift.amount_pence), state_badge(gift=gift, today=today)) for gift in gifts
            ],
            "moments": [
                Moment(
                    at=one.at,
                    title=one.get_verdict_display().capitalize(),
                    text=one.reason,
                    by=str(one.by or ""),
                )
                for one in verdicts
            ],
            "moments_title": _("Concluded"),
            "form": form,
            "submit_label": _("Keep this conclusion"),
            "cancel_url": reverse("money_desk:flags"),
            "decide_by": day(flag.decide_by),
        },
        status=422 if form is not None and form.is_bound else 200,
    )
