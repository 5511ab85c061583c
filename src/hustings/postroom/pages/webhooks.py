"""Calls from providers of mail and texts that the settings name, each checked before it is read."""

from typing import Any

from anymail.signals import AnymailTrackingEvent
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.utils.module_loading import import_string
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from hustings.basics.clock import clock
from hustings.postroom.delivery.provider_events import report_of
from hustings.postroom.rules.providers import provider_of
from hustings.postroom.rules.text_protocol import CallRefused, read_call
from hustings.postroom.usecases.record_report import record_report
from hustings.postroom.usecases.take_text_event import take_text_event


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


@csrf_exempt
@require_POST
def text_events(request: HttpRequest) -> HttpResponseBase:
    """Take one event about a text message; without a secret in the settings this address does not exist."""
    if not settings.HUSTINGS_TEXT_SECRET:
        raise Http404
    now = clock().now()
    try:
        event = read_call(
            body=request.body,
            moment=request.headers.get("X-Hustings-Time", ""),
            signature=request.headers.get("X-Hustings-Signature", ""),
            secret=settings.HUSTINGS_TEXT_SECRET,
            at=now.timestamp(),
        )
    except CallRefused as fault:
        return JsonResponse({"error": str(fault)}, status=400)
    return JsonResponse({"is_new": take_text_event(event=event, now=now)})
