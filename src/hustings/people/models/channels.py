"""How people are reached, and what for."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """How a person can be reached."""

    EMAIL = "email", _("email")
    SMS = "sms", _("text message")
    CALL = "call", _("telephone")
    POST = "post", _("post")
    DOOR = "door", _("at the door")


class Purpose(models.TextChoices):
    """Why a person is contacted. The first two are services the person asked for; the rest are marketing."""

    ACCOUNT = "account", _("your account")
    SERVICE = "service", _("what you asked for")
    CAMPAIGN = "campaign", _("news and campaigns")
    FUNDRAISING = "fundraising", _("appeals for money")
    VOLUNTEERING = "volunteering", _("invitations to help")
    OPINION = "opinion", _("keeping your political opinions")


MARKETING_PURPOSES = (Purpose.CAMPAIGN, Purpose.FUNDRAISING, Purpose.VOLUNTEERING)
