"""Desk pages of people: the list, one person, adding, editing, and noting an objection."""

from datetime import datetime

from django.contrib import messages
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hustings.accounts.access import Right, scope_of
from hustings.accounts.pages.guard import DeskRequest, needs
from hustings.basics.clock import clock, uk_date
from hustings.people.access import people_for, person_for
from hustings.people.models import Consent, ContactPoint, ContactPointKind, Person, RightsRequest
from hustings.people.pages.forms import ObjectionForm, PersonForm, details_of
from hustings.people.queries.receipts import receipts, standing_objections
from hustings.people.usecases.check_row import PersonRow, check_row
from hustings.people.usecases.object_to_contact import NothingToHoldOn, object_to_contact
from hustings.people.usecases.place_postcodes import require_place
from hustings.people.usecases.record_person import record_person
from hustings.people.usecases.revise_person import revise_person
from hustings.places.models import Area
from hustings.platform import audit
from hustings.platform.pages.listing import (
    ChoiceFilter,
    Column,
    DateFilter,
    Export,
    Listing,
    YesNoFilter,
    list_page,
)
from hustings.platform.pages.parts import Action, Callout, Empty, Fact, Moment


def may(request: DeskRequest, right: Right, *, person: Person | None = None) -> bool:
    """Whether the login holds a right, for one person's place where one is given."""
    scope = scope_of(user=request.user, right=right, on=uk_date(clock().now()))
    if person is None:
        return not scope.is_empty
    return scope.covers(code=person.ward_id) or scope.covers(code=person.constituency_id)


@needs(Right.SEE_PEOPLE)
@require_safe
def people_list(request: DeskRequest) -> HttpResponseBase:
    """Everybody in the places of the login, to search, narrow and take away."""
    add = Action(
        label=_("Add a person"),
        url=reverse("people_desk:add_person"),
        icon="plus",
        is_primary=True,
        is_allowed=may(request, Right.EDIT_PEOPLE),
    )
    people = people_for(scope=request.scope)
    wards = Area.objects.filter(pk__in=people.order_by().values("ward").distinct()).order_by("name")
    emailable = Exists(
        Consent.objects.filter(person=OuterRef("pk"), channel="email", purpose="campaign", is_given=True)
    )
    return list_page(
        request,
        Listing(
            title=_("People"),
            icon="user",
            rows=people.select_related("ward"),
            columns=(
                Column(
                    key="name",
                    label=_("Name"),
                    value=str,
                    link=lambda person: reverse("people_desk:person", args=[person.pk]),
                    sort=("family_name", "given_name"),
                ),
                Column(key="postcode", label=_("Postcode"), value="postcode", sort=("postcode",)),
                Column(key="ward", label=_("Ward"), value="ward.name", sort=("ward__name",)),
                Column(
                    key="contacted",
                    label=_("Last contact"),
                    value="last_contacted_at",
                    sort=("last_contacted_at",),
                ),
                Column(key="address", label=_("Address"), value="address_line", is_export_only=True),
                Column(key="source", label=_("From"), value="source", is_minor=True, sort=("source",)),
                Column(
                    key="since",
                    label=_("Held since"),
                    value="created_at",
                    is_minor=True,
                    sort=("created_at",),
                ),
            ),
            search_label=_("Name, postcode or email"),
            narrow_by_search=_search,
            filters=(
                ChoiceFilter(
                    key="ward",
                    label=_("Ward"),
                    choices=[(ward.code, ward.name) for ward in wards],
                    field="ward",
                ),
                DateFilter(key="contacted", label=_("Last contact"), field="last_contacted_at"),
                YesNoFilter(key="email", label=_("Agreed to email"), yes=Q(emailable)),
            ),
            order="name",
            left_out=_(
                "Erased people are not shown, as nothing of theirs is kept, nor are rows joined to another."
            )
            if request.scope.is_everything
            else _(
                "People of other places, and those whose place is not known, are shown to those who look after them."
            ),
            empty=Empty(
                title=_("Nobody yet"),
                text=_("Import a list, open a petition, or add a person."),
                actions=(add,),
            ),
            actions=(add,),
            export=Export(
                file_name="people",
                is_allowed=may(request, Right.EXPORT_PEOPLE),
                note=lambda said: audit.record(
                    now=clock().now(),
                    actor=request.user,
                    verb="exported",
                    subject_type="people.Person",
                    subject_id="list",
                    narrowed_by=said,
                ),
            ),
        ),
    )


def _search(people: QuerySet[Person], query: str) -> QuerySet[Person]:
    """Every word must be found in the name, the postcode in any spacing, or an email or phone number."""
    compact = "".join(query.split()).upper()
    spaced = f"{compact[:-3]} {compact[-3:]}" if len(compact) > 4 else compact
    by_postcode = people.filter(postcode=spaced)
    if by_postcode.exists():
        return by_postcode
    for word in query.replace("\x00", "").split():
        points = ContactPoint.objects.filter(person=OuterRef("pk"), canonical__icontains=word)
        people = people.filter(
            Q(given_name__icontains=word)
            | Q(family_name__icontains=word)
            | Q(postcode__istartswith=word)
            | Exists(points)
        )
    return people


@needs(Right.SEE_PEOPLE)
@require_safe
def person_page(request: DeskRequest, pk: int) -> HttpResponseBase:
    """One person: where, how to reach them, what they agreed to and objected to."""
    person = person_for(scope=request.scope, pk=pk)
    can_edit = may(request, Right.EDIT_PEOPLE, person=person)
    can_handle = may(request, Right.HANDLE_RIGHTS, person=person)
    objections = standing_objections(person_id=person.pk)
    actions = (
        Action(
            label=_("Edit"),
            url=reverse("people_desk:edit_person", args=[pk]),
            icon="edit",
            is_allowed=can_edit,
        ),
        Action(
            label=_("Note an objection"),
            url=reverse("people_desk:record_objection", args=[pk]),
            icon="no-view",
            is_allowed=can_edit,
        ),
        Action(
            label=_("They ask for something"),
            url=reverse("people_desk:open_request", args=[pk]),
            icon="help",
            is_allowed=can_handle,
        ),
        Action(
            label=_("Export"),
            url=reverse("people_desk:export", args=[pk]),
            icon="download",
            is_allowed=can_handle,
        ),
        Action(
            label=_("Erase"),
            url=reverse("people_desk:erase", args=[pk]),
            icon="bin",
            is_danger=True,
            is_allowed=can_handle,
        ),
    )
    return render(
        request,
        "people/desk/person.html",
        {
            "title": str(person),
            "back": Action(label=_("People"), url=reverse("people_desk:people")),
            "icon": "user",
            "actions": actions,
            "facts": _facts(person),
            "callouts": [
                Callout(
                    title=_("Objected") if objection.is_sure else _("Perhaps objected: look at it first"),
                    text=_("%(purpose)s, %(channel)s. Told us by: %(source)s.")
                    % {
                        "purpose": objection.purpose_name.capitalize(),
                        "channel": objection.channel_name,
                        "source": objection.source,
                    },
                    tone="bad" if objection.is_sure else "warn",
                )
                for objection in objections
            ],
            "moments": _moments(person),
            "moments_title": _("What they agreed to, withdrew and asked for"),
        },
    )


def _facts(person: Person) -> list[Fact]:
    facts = [
        Fact(label=_("Address"), value=", ".join(filter(None, [person.address_line, person.postcode]))),
        Fact(label=_("Ward"), value=str(person.ward or "")),
        Fact(label=_("Constituency"), value=str(person.constituency or "")),
    ]
    for point in ContactPoint.objects.filter(person=person).order_by("kind", "-is_preferred", "pk"):
        notes = [
            _("confirmed") if point.verified_at else _("not confirmed"),
            *([point.unusable_reason or _("out of use")] if point.unusable_at else []),
        ]
        facts.append(
            Fact(
                label=str(ContactPointKind(point.kind).label).capitalize(),
                value=point.value,
                note=", ".join(notes),
                tone="warn" if point.unusable_at else "plain",
            )
        )
    return [
        *facts,
        Fact(label=_("Last contact"), value=person.last_contacted_at),
        Fact(label=_("From"), value=person.source),
        Fact(label=_("Held since"), value=person.created_at),
    ]


def _moments(person: Person) -> list[Moment]:
    moments = [
        Moment(
            at=event.at,
            title=(_("Agreed: %(what)s") if event.is_given else _("Withdrew: %(what)s"))
            % {"what": f"{event.get_channel_display() or _('any way')}, {event.get_purpose_display()}"},
            text=f"“{event.wording.text}” ({event.source})" if event.wording else event.source,
            by=str(event.recorded_by or ""),
            tone="good" if event.is_given else "bad",
        )
        for event in receipts(person_id=person.pk)[:100]
    ]
    moments += [
        Moment(
            at=asked.received_at, title=_("Asked: %(what)s") % {"what": asked.get_kind_display()}, tone="info"
        )
        for asked in RightsRequest.objects.filter(person=person)
    ]
    return sorted(moments, key=lambda moment: moment.at, reverse=True)


@needs(Right.EDIT_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def add_person(request: DeskRequest) -> HttpResponseBase:
    """Add somebody by hand; whoever is on file already only gets their gaps filled."""
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        require_place(scope=request.scope, postcode=form.cleaned_data["postcode"])
        person = record_person(source=_("desk"), now=clock().now(), fills_gaps_only=True, **form.cleaned_data)
        if not people_for(scope=request.scope).filter(pk=person.pk).exists():
            messages.success(request, _("Saved. The person lives outside the places you look after."))
            return redirect("people_desk:people")
        messages.success(request, _("Saved."))
        return redirect("people_desk:person", pk=person.pk)
    back = Action(label=_("People"), url=reverse("people_desk:people"))
    return _form(request, form, _("Add a person"), back)


@needs(Right.EDIT_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_person(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Change a name, an address, an email or a phone number."""
    person = person_for(scope=request.scope, pk=pk)
    form = PersonForm(request.POST or None, initial=details_of(person=person))
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["postcode"] != person.postcode:
            require_place(scope=request.scope, postcode=form.cleaned_data["postcode"])
        revise_person(
            person=person,
            row=check_row(row=PersonRow(**form.cleaned_data)),
            by=request.user,
            now=clock().now(),
        )
        messages.success(request, _("Saved."))
        return redirect("people_desk:person", pk=pk)
    back = Action(label=str(person), url=reverse("people_desk:person", args=[pk]))
    return _form(request, form, _("Edit %(name)s") % {"name": person}, back)


@needs(Right.EDIT_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def record_objection(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Note that a person told us to stop: by letter, by phone, at the door."""
    person = person_for(scope=request.scope, pk=pk)
    form, now = ObjectionForm(request.POST or None), clock().now()
    back = reverse("people_desk:person", args=[pk])
    if request.method == "POST" and form.is_valid():
        try:
            _object(person, form, request, now)
        except NothingToHoldOn:
            form.add_error(
                None,
                _(
                    "Nothing is on file by which this could be kept. Add an email, a phone number or an address."
                ),
            )
        else:
            messages.success(request, _("Noted. It holds from now on, also after erasure and new imports."))
            return redirect(back)
    return _form(request, form, _("%(name)s objects") % {"name": person}, Action(label=str(person), url=back))


def _object(person: Person, form: ObjectionForm, request: DeskRequest, now: datetime) -> None:
    objection = object_to_contact(
        person=person, channel=form.cleaned_data["channel"], source=form.cleaned_data["source"], now=now
    )
    audit.record(
        now=now,
        actor=request.user,
        verb="noted an objection of",
        subject_type="people.Person",
        subject_id=person.pk,
        area_code=person.ward_id or "",
        objection=str(objection),
    )


def _form(request: DeskRequest, form: object, title: str, back: Action) -> HttpResponseBase:
    context = {"title": title, "icon": "user", "form": form, "cancel_url": back.url, "back": back}
    return render(request, "desk/form.html", context)
