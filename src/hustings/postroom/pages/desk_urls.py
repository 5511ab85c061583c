"""Desk addresses of the postroom."""

from django.urls import path

from hustings.postroom.pages import dispatches, domains, messages, reports, texts

app_name = "postroom_desk"
urlpatterns = [
    path("", dispatches.outbox, name="outbox"),
    path("dispatches/<int:pk>/", dispatches.dispatch, name="dispatch"),
    path("dispatches/<int:pk>/pause/", dispatches.pause, name="pause"),
    path("dispatches/<int:pk>/resume/", dispatches.resume, name="resume"),
    path("dispatches/<int:pk>/stop/", dispatches.stop, name="stop"),
    path("messages/", messages.message_list, name="messages"),
    path("unknown/", messages.unknown_list, name="unknowns"),
    path("unknown/<int:pk>/resend/", messages.resend, name="resend"),
    path("unknown/dispatch/<int:pk>/resend/", messages.resend_of_dispatch, name="resend_of_dispatch"),
    path("texts/", texts.texts, name="texts"),
    path("reports/", reports.report_list, name="reports"),
    path("domains/", domains.domain_list, name="domains"),
    path("domains/<int:pk>/", domains.domain, name="domain"),
]
