"""Answers Django's and Wagtail's permission questions from appointments; it lets nobody in."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from hustings.accounts.access import Right, rights_of
from hustings.accounts.models import User
from hustings.basics.clock import clock


class AppointmentBackend(BaseBackend):
    """Whoever holds an appointment that opens the desk may enter Wagtail's admin; everything else is asked elsewhere."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> None:
        """Nobody is let in here; logging in is allauth's."""
        return

    def has_perm(self, user_obj: Any, perm: str, obj: object = None) -> bool:
        """Whether a login may enter the admin today; every other permission is answered by other backends."""
        if perm != "wagtailadmin.access_admin" or not isinstance(user_obj, User):
            return False
        known = getattr(user_obj, "_may_see_desk", None)
        if known is None:
            known = Right.SEE_DESK in rights_of(user=user_obj, on=clock().today_in_uk())
            user_obj._may_see_desk = known  # type: ignore[attr-defined]  # kept for the rest of the request
        return bool(known)
