"""Appointing, ending, closing: within one's places, never above oneself, and never to nobody."""

from datetime import date, datetime

import pytest

from hustings.accounts.access import NotAllowed, Right, scope_of
from hustings.accounts.models import Appointment, Role
from hustings.accounts.usecases.appoint import AlreadyAppointed, EndsBeforeItBegins, MayNotAppoint, appoint
from hustings.accounts.usecases.close_login import close_login, open_login
from hustings.accounts.usecases.end_appointment import LastAdministrator, end_appointment
from hustings.platform.models import AuditEntry
from tests.cast import Cast

TODAY = date(2026, 3, 30)


def test_an_organiser_appoints_volunteers_in_her_place(cast: Cast, now: datetime) -> None:
    """And nobody else, and nowhere else."""
    appointment = appoint(
        user=cast.stranger, role=Role.VOLUNTEER, area=cast.east, valid_from=TODAY, by=cast.alice, now=now
    )
    assert appointment.appointed_by == cast.alice
    assert scope_of(user=cast.stranger, right=Right.RECORD_CONTACTS, on=TODAY).covers(code=cast.east.code)
    for role, area in ((Role.VOLUNTEER, cast.west), (Role.VOLUNTEER, None), (Role.ORGANISER, cast.east)):
        with pytest.raises(MayNotAppoint):
            appoint(user=cast.stranger, role=role, area=area, valid_from=TODAY, by=cast.alice, now=now)


def test_a_place_covers_what_lies_in_it(cast: Cast, now: datetime) -> None:
    """An agent for Barset appoints an organiser for one of its wards."""
    cast.agent.appointments.update(area=cast.district)
    assert appoint(
        user=cast.stranger, role=Role.ORGANISER, area=cast.west, valid_from=TODAY, by=cast.agent, now=now
    )
    with pytest.raises(MayNotAppoint):
        appoint(user=cast.stranger, role=Role.AGENT, area=cast.west, valid_from=TODAY, by=cast.agent, now=now)


def test_roles_are_weighed_place_by_place(cast: Cast, now: datetime) -> None:
    """Agent in the East and organiser in the West makes no organisers in the West."""
    cast.agent.appointments.update(area=cast.east)
    Appointment.objects.create(user=cast.agent, role=Role.ORGANISER, area=cast.west, valid_from=TODAY)
    appoint(user=cast.stranger, role=Role.ORGANISER, area=cast.east, valid_from=TODAY, by=cast.agent, now=now)
    with pytest.raises(MayNotAppoint):
        appoint(
            user=cast.stranger, role=Role.ORGANISER, area=cast.west, valid_from=TODAY, by=cast.agent, now=now
        )


def test_it_holds_from_its_first_day_to_the_day_before_its_last(cast: Cast, now: datetime) -> None:
    """Half-open, as everywhere."""
    appoint(
        user=cast.stranger, role=Role.ORGANISER, area=cast.east, valid_from=date(2026, 4, 1),
        valid_until=date(2026, 5, 8), by=cast.admin, now=now,
    )  # fmt: skip
    held = [
        scope_of(user=cast.stranger, right=Right.SEND, on=on).covers(code=cast.east.code)
        for on in (date(2026, 3, 31), date(2026, 4, 1), date(2026, 5, 7), date(2026, 5, 8))
    ]
    assert held == [False, True, True, False]


def test_twice_is_refused_and_so_is_an_end_before_the_beginning(cast: Cast, now: datetime) -> None:
    """Each with a sentence; the same role after the first has ended is fine."""
    with pytest.raises(AlreadyAppointed, match="End that appointment first"):
        appoint(
            user=cast.alice, role=Role.ORGANISER, area=cast.east, valid_from=TODAY, by=cast.admin, now=now
        )
    with pytest.raises(EndsBeforeItBegins):
        appoint(
            user=cast.alice,
            role=Role.AGENT,
            area=None,
            valid_from=TODAY,
            valid_until=TODAY,
            by=cast.admin,
            now=now,
        )
    cast.alice.appointments.update(valid_until=TODAY)
    assert appoint(
        user=cast.alice, role=Role.ORGANISER, area=cast.east, valid_from=TODAY, by=cast.admin, now=now
    )


def test_ending_keeps_what_was_and_forgets_what_never_began(cast: Cast, now: datetime) -> None:
    """The past stays for the record; an appointment still to come is taken away."""
    bobs = cast.bob.appointments.get()
    assert end_appointment(appointment=bobs, on=TODAY, by=cast.alice, now=now) is not None
    bobs.refresh_from_db()
    assert bobs.valid_until == TODAY
    coming = appoint(
        user=cast.bob,
        role=Role.VOLUNTEER,
        area=cast.east,
        valid_from=date(2026, 6, 1),
        by=cast.alice,
        now=now,
    )
    assert end_appointment(appointment=coming, on=TODAY, by=cast.alice, now=now) is None
    assert AuditEntry.objects.filter(verb="ended the appointment of").count() == 2


def test_charlie_ends_nothing_of_alices(cast: Cast, now: datetime) -> None:
    """Bob volunteers in the East."""
    with pytest.raises(MayNotAppoint):
        end_appointment(appointment=cast.bob.appointments.get(), on=TODAY, by=cast.charlie, now=now)


def test_somebody_is_always_left_to_set_things_up(cast: Cast, now: datetime) -> None:
    """Neither by ending, nor by closing, nor while the other's login is closed."""
    with pytest.raises(LastAdministrator):
        end_appointment(appointment=cast.admin.appointments.get(), on=TODAY, by=cast.admin, now=now)
    with pytest.raises(LastAdministrator):
        close_login(user=cast.admin, by=None, now=now)
    appoint(user=cast.stranger, role=Role.ADMINISTRATOR, area=None, valid_from=TODAY, by=cast.admin, now=now)
    close_login(user=cast.stranger, by=cast.admin, now=now)
    with pytest.raises(LastAdministrator):
        end_appointment(appointment=cast.admin.appointments.get(), on=TODAY, by=cast.admin, now=now)
    open_login(user=cast.stranger, by=cast.admin, now=now)
    assert end_appointment(appointment=cast.admin.appointments.get(), on=TODAY, by=cast.admin, now=now)


def test_only_administrators_close_logins(cast: Cast, now: datetime) -> None:
    """Not the agent, not the organiser."""
    for by in (cast.agent, cast.alice):
        with pytest.raises(NotAllowed):
            close_login(user=cast.bob, by=by, now=now)
    cast.bob.refresh_from_db()
    assert cast.bob.is_active
