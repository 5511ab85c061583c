"""Hosting on a volunteer's own pages: details, offers, requests, and each stay."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hustings.basics.clock import clock
from hustings.basics.refusals import Refusal
from hustings.people.models import ContactPoint, ContactPointKind
from hustings.volunteers.hosting.access import offer_of, request_of, stay_of, stays_of
from hustings.volunteers.hosting.pages.forms import DetailsForm, LeaveForm, OfferForm, StayForm
from hustings.volunteers.hosting.rules.conditions import OFFERS, TRAITS
from hustings.volunteers.hosting.usecases.answer_proposal import accept_stay, decline_stay
from hustings.volunteers.hosting.usecases.ask_for_stay import ask_for_stay, withdraw_request
from hustings.volunteers.hosting.usecases.check_in import check_in, want_to_leave
from hustings.volunteers.hosting.usecases.give_details import give_details
from hustings.volunteers.hosting.usecases.offer_beds import offer_beds, withdraw_offer
from hustings.volunteers.models import TAKING, HostingDetails, Stay, StayState, Volunteer
from hustings.volunteers.pages.way_in import VolunteerRequest, for_volunteers


@for_volunteers
@require_safe
def overview(request: VolunteerRequest) -> HttpResponse:
    """Everything about hosting on one page."""
    volunteer = request.volunteer
    stays = stays_of(volunteer=volunteer).filter(state__in=TAKING)
    context = {
        "volunteer": volunteer,
        "details": HostingDetails.objects.filter(volunteer=volunteer).first(),
        "offers": volunteer.host_offers.filter(withdrawn_at=None),
        "requests": volunteer.stay_requests.filter(withdrawn_at=None).select_related("area"),
        "stays": [(stay, stay.offer.volunteer_id == volunteer.pk) for stay in stays],
    }
    return render(request, "volunteers/hosting/overview.html", context)


@for_volunteers
@require_http_methods(["GET", "HEAD", "POST"])
def details(request: VolunteerRequest) -> HttpResponse:
    """Two references and an emergency contact."""
    held = HostingDetails.objects.filter(volunteer=request.volunteer).first()
    names = ("reference_one", "reference_two", "emergency_contact")
    initial = {name: getattr(held, name) for name in names} if held else {}

    def save(form: forms.Form) -> None:
        give_details(volunteer=request.volunteer, **form.cleaned_data, now=clock().now())

    return _form_page(
        request,
        form=DetailsForm(request.POST or None, initial=initial),
        save=save,
        title=_("References and emergency contact"),
        lede=_(
            "For everybody's safety. Encrypted, read by organisers alone, deleted 30 days after your last stay."
        ),
        done=_("Saved. An organiser speaks with your references; then we can match you."),
    )


@for_volunteers
@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: VolunteerRequest) -> HttpResponse:
    """Offer beds."""

    def save(form: forms.Form) -> None:
        now = clock()
        offer_beds(volunteer=request.volunteer, **form.cleaned_data, now=now.now(), today=now.today_in_uk())

    initial = {"postcode": request.volunteer.postcode, "beds": 1}
    return _form_page(
        request,
        form=OfferForm(request.POST or None, initial=initial),
        save=save,
        title=_("Offer a bed"),
        lede=_(
            "For volunteers who travel to help. You say yes or no to each guest, and need give no reason."
        ),
        done=_("Thank you. We write to you when we have a guest to propose."),
    )


@for_volunteers
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: VolunteerRequest) -> HttpResponse:
    """Ask for a bed."""

    def save(form: forms.Form) -> None:
        now = clock()
        ask_for_stay(volunteer=request.volunteer, **form.cleaned_data, now=now.now(), today=now.today_in_uk())

    return _form_page(
        request,
        form=StayForm(request.POST or None),
        save=save,
        title=_("Ask for a bed"),
        lede=_("Near where you go to help. We write to you when we have found one."),
        done=_("Noted. We write to you when we have found a bed."),
    )


def _form_page(
    request: VolunteerRequest,
    *,
    form: forms.Form,
    save: Callable[[forms.Form], None],
    title: str,
    lede: str,
    done: str,
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            save(form)
        except Refusal as problem:
            form.add_error(None, problem.told(_))
        else:
            messages.success(request, done)
            return redirect("hosting:overview")
    context = {"form": form, "title": title, "lede": lede}
    status = 422 if request.method == "POST" else 200
    return render(request, "volunteers/hosting/form.html", context, status=status)


@for_volunteers
@require_POST
def take_back_offer(request: VolunteerRequest, public_id: UUID) -> HttpResponse:
    """Take an offer back."""
    withdraw_offer(offer=offer_of(volunteer=request.volunteer, public_id=public_id), now=clock().now())
    messages.success(request, _("Your offer is taken back. Whoever was to come is told and matched anew."))
    return redirect("hosting:overview")


@for_volunteers
@require_POST
def take_back_request(request: VolunteerRequest, public_id: UUID) -> HttpResponse:
    """Take a request back."""
    withdraw_request(request=request_of(volunteer=request.volunteer, public_id=public_id), now=clock().now())
    messages.success(request, _("Your request is taken back."))
    return redirect("hosting:overview")


@for_volunteers
@require_safe
def stay(request: VolunteerRequest, public_id: UUID) -> HttpResponse:
    """One stay, as host or as traveller: what the other side said that concerns one, and, once agreed, who and where."""
    found = stay_of(volunteer=request.volunteer, public_id=public_id)
    return render(request, "volunteers/hosting/stay.html", _stay_context(request, found))


@for_volunteers
@require_POST
def answer(request: VolunteerRequest, public_id: UUID) -> HttpResponse:
    """Yes or no to a proposal."""
    found = stay_of(volunteer=request.volunteer, public_id=public_id)
    try:
        if "yes" in request.POST:
            held = accept_stay(stay=found, volunteer=request.volunteer, now=clock().now())
            is_settled = held.state == StayState.AGREED
            messages.success(
                request,
                _("It is settled.")
                if is_settled
                else _("Noted. We write to you as soon as the other side has answered."),
            )
        else:
            decline_stay(stay=found, now=clock().now())
            messages.success(request, _("Noted. We look for somebody else."))
            return redirect("hosting:overview")
    except Refusal as problem:
        messages.warning(request, problem.told(_))
    return redirect("hosting:stay", public_id=public_id)


@for_volunteers
@require_POST
def arrived(request: VolunteerRequest, public_id: UUID) -> HttpResponse:
    """Check in: arrived, or the first night was fine."""
    found = _travellers_stay(request, public_id)
    try:
        held = check_in(stay=found, now=clock().now(), today=clock().today_in_uk())
    except Refusal as problem:
        messages.warning(request, problem.told(_))
    else:
        messages.success(
            request,
            _("Good to know that the night was fine.")
            if held.first_night_at
            else _("You have checked in. Tell us tomorrow how the night was."),
        )
    return redirect("hosting:stay", public_id=public_id)


@for_volunteers
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: VolunteerRequest, public_id: UUID) -> HttpResponse:
    """Say in private that one wants to leave."""
    found = _travellers_stay(request, public_id)
    form = LeaveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        want_to_leave(stay=found, **form.cleaned_data, now=clock().now())
        messages.success(
            request,
            _(
                "Noted. You owe nobody an explanation. We are looking for another bed now, and an organiser will ring you."
            ),
        )
        return redirect("hosting:overview")
    return render(request, "volunteers/hosting/leave.html", {"form": form, "stay": found})


def _travellers_stay(request: VolunteerRequest, public_id: UUID) -> Stay:
    found = stay_of(volunteer=request.volunteer, public_id=public_id)
    if found.request.volunteer_id != request.volunteer.pk or found.state != StayState.AGREED:
        raise Http404
    return found


def _stay_context(request: VolunteerRequest, found: Stay) -> dict[str, Any]:
    is_host = found.offer.volunteer_id == request.volunteer.pk
    today = clock().today_in_uk()
    other = found.request.volunteer if is_host else found.offer.volunteer
    return {
        "stay": found,
        "is_host": is_host,
        "nights": (found.leave_on - found.arrive_on).days,
        "has_said_yes": (found.host_agreed_at if is_host else found.traveller_agreed_at) is not None,
        "other": other.person if found.is_open_to_both else None,
        "phone": _phone_of(other) if found.is_open_to_both else None,
        "address": found.offer.address if found.is_open_to_both and not is_host else "",
        "home": [_(OFFERS[word]) for word in found.offer.offers if word in OFFERS],
        "guest": [_(TRAITS[word]) for word in found.request.traits if word in TRAITS],
        "may_check_in": not is_host
        and found.state == StayState.AGREED
        and (
            (found.arrived_at is None and today >= found.arrive_on)
            or (
                found.arrived_at is not None
                and found.first_night_at is None
                and today >= found.arrive_on + timedelta(days=1)
            )
        ),
    }


def _phone_of(volunteer: Volunteer) -> ContactPoint | None:
    points = volunteer.person.contact_points.filter(kind=ContactPointKind.PHONE, unusable_at=None)
    return points.order_by("-is_preferred", "pk").first()
