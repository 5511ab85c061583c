"""Public addresses of the postroom."""

from django.urls import path

from hustings.postroom.pages import unsubscribe, webhooks

app_name = "postroom"
urlpatterns = [
    path("unsubscribe/<str:token>/", unsubscribe.unsubscribe, name="unsubscribe"),
    path("postroom/reports/<slug:provider>/", webhooks.provider_reports, name="provider_reports"),
    path("postroom/texts/", webhooks.text_events, name="text_events"),
]
