"""Calls from the mail provider that the settings name, each checked by its signature or password before it is read."""

from typing import Any

from anymail.signals import AnymailTrackingEvent
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.module_loading import import_string
from django.views.decorators.csrf import csrf_exempt

from hustings.basics.clock import clock
from hustings.postroom.delivery.provider_events import report_of
from hustings.postroom.rules.providers import provider_of
from hustings.postroom.usecases.record_report import record_report


@csrf_exempt
def provider_reports(request: HttpRequest, provider: str) -> HttpResponseBase:
    """Let django-anymail check and read the call; a provider that is not set up does not exist here."""
    configured = provider_of(setting=settings.HUSTINGS_MAIL_WEBHOOK)
    if configured is None or configured[0] != provider:
        raise Http404
    view = import_string(configured[1].view)
    response: HttpResponseBase = view.as_view()(request)
    return response


def take_event(sender: Any, event: AnymailTrackingEvent, esp_name: str, **kwargs: Any) -> None:
    """Record a bounce or complaint that anymail has read; connected in `apps.py`, the only way anymail hands them over."""
    report = report_of(event=event)
    if report is not None:
        record_report(report=report, source=f"provider {esp_name}", now=clock().now(), is_trusted=True)
