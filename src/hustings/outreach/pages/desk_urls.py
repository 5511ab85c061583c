"""Desk addresses of audiences, mailings and phone banks."""

from django.urls import path

from hustings.outreach.audiences.pages import export, views
from hustings.outreach.mailings.pages import acts
from hustings.outreach.mailings.pages import views as mailings
from hustings.outreach.phonebank.pages import acts as bank_acts
from hustings.outreach.phonebank.pages import sheets
from hustings.outreach.phonebank.pages import views as banks

app_name = "outreach_desk"
urlpatterns = [
    path("audiences/", views.audience_list, name="audiences"),
    path("audiences/new/", views.audience_edit, name="audience_new"),
    path("audiences/sight/", views.audience_sight, name="audience_sight"),
    path("audiences/<int:pk>/", views.audience_detail, name="audience"),
    path("audiences/<int:pk>/edit/", views.audience_edit, name="audience_edit"),
    path("audiences/<int:pk>/csv/", export.audience_csv, name="audience_csv"),
    path("audiences/<int:pk>/json/", views.audience_json, name="audience_json"),
    path("audiences/<int:pk>/remove/", views.audience_remove, name="audience_remove"),
    path("mailings/", mailings.mailing_list, name="mailings"),
    path("mailings/new/", mailings.mailing_edit, name="mailing_new"),
    path("mailings/<int:pk>/", mailings.mailing_detail, name="mailing"),
    path("mailings/<int:pk>/edit/", mailings.mailing_edit, name="mailing_edit"),
    path("mailings/<int:pk>/html/", mailings.mailing_html, name="mailing_html"),
    path("mailings/<int:pk>/progress/", mailings.mailing_progress, name="mailing_progress"),
    path("mailings/<int:pk>/approve/", acts.mailing_approve, name="mailing_approve"),
    path("mailings/<int:pk>/test/", acts.mailing_test, name="mailing_test"),
    path("mailings/<int:pk>/send/", acts.mailing_send, name="mailing_send"),
    path("mailings/<int:pk>/schedule/", acts.mailing_schedule, name="mailing_schedule"),
    path("mailings/<int:pk>/unschedule/", acts.mailing_unschedule, name="mailing_unschedule"),
    path("mailings/<int:pk>/pause/", acts.mailing_pause, name="mailing_pause"),
    path("mailings/<int:pk>/resume/", acts.mailing_resume, name="mailing_resume"),
    path("mailings/<int:pk>/stop/", acts.mailing_stop, name="mailing_stop"),
    path("phone-banks/", banks.bank_list, name="phone_banks"),
    path("phone-banks/new/", banks.bank_edit, name="phone_bank_new"),
    path("phone-banks/<int:pk>/", banks.bank_detail, name="phone_bank"),
    path("phone-banks/<int:pk>/edit/", banks.bank_edit, name="phone_bank_edit"),
    path("phone-banks/<int:pk>/progress/", banks.bank_progress, name="phone_bank_progress"),
    path("phone-banks/<int:pk>/csv/", banks.bank_csv, name="phone_bank_csv"),
    path("phone-banks/<int:pk>/open/", bank_acts.bank_open, name="phone_bank_open"),
    path("phone-banks/<int:pk>/pause/", bank_acts.bank_pause, name="phone_bank_pause"),
    path("phone-banks/<int:pk>/resume/", bank_acts.bank_resume, name="phone_bank_resume"),
    path("phone-banks/<int:pk>/close/", bank_acts.bank_close, name="phone_bank_close"),
    path("phone-banks/<int:pk>/sheet/", sheets.sheet_new, name="phone_bank_sheet"),
    path("call-lists/", sheets.sheet_find, name="sheet_find"),
    path("call-lists/<slug:code>/", sheets.sheet_detail, name="sheet"),
    path("call-lists/<slug:code>/pdf/", sheets.sheet_pdf, name="sheet_pdf"),
    path("call-lists/<slug:code>/end/", sheets.sheet_end, name="sheet_end"),
    path("call-lists/<slug:code>/key/", sheets.sheet_key, name="sheet_key"),
]
