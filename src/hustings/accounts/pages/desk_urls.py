"""Desk addresses of logins, appointments and the audit log, below /desk/accounts/."""

from django.urls import path

from hustings.accounts.pages import audit

app_name = "accounts_desk"
urlpatterns = [
    path("audit/", audit.audit_list, name="audit"),
]
