"""Desk addresses of logins, appointments and the audit log, below /desk/accounts/."""

from django.urls import path

from hustings.accounts.pages import audit, logins, organisation

app_name = "accounts_desk"
urlpatterns = [
    path("organisation/", organisation.organisation, name="organisation"),
    path("audit/", audit.audit_list, name="audit"),
    path("logins/", logins.login_list, name="logins"),
    path("logins/invite/", logins.invite_somebody, name="invite"),
    path("logins/<int:pk>/", logins.login_detail, name="login"),
    path("logins/<int:pk>/appoint/", logins.appoint_somebody, name="appoint"),
    path("logins/<int:pk>/close/", logins.close_a_login, name="close"),
    path("logins/<int:pk>/open/", logins.open_a_login, name="open"),
    path("logins/<int:pk>/send-invitation/", logins.send_invitation_again, name="send_invitation"),
    path("appointments/<int:pk>/end/", logins.end_an_appointment, name="end"),
]
