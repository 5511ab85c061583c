"""Desk addresses of the record, below /desk/record/."""

from django.urls import path

from hustings.openness.pages import desk, desk_log, publications

app_name = "openness_desk"
urlpatterns = [
    path("", desk.entry_list, name="entries"),
    path("add/", publications.record_by_hand, name="record_by_hand"),
    path("log/", desk_log.log_page, name="log"),
    path("log/sign/", desk_log.sign_now, name="sign_now"),
    path("log/begin-again/", desk_log.begin_again, name="begin_again"),
    path("log/cosigned/", desk_log.cosigned, name="cosigned"),
    path("log/witnesses/add/", desk_log.witness_add, name="add_witness"),
    path("log/witnesses/<int:pk>/end/", desk_log.witness_end, name="end_witness"),
    path("<int:number>/", desk.entry_page, name="entry"),
    path("<int:number>/correct/", desk.correct, name="correct"),
    path("<int:number>/withhold/<slug:name>/", desk.withhold, name="withhold"),
]
