"""Desk addresses of cover and care."""

from django.urls import path

from hustings.support.pages import case_acts, case_takeover, desk_calls, desk_cases, desk_cover, desk_places

app_name = "support_desk"
urlpatterns = [
    path("places/", desk_places.place_list, name="places"),
    path("places/add/", desk_places.add_place, name="add_place"),
    path("places/sheet/", desk_places.sheet, name="sheet"),
    path("places/template/", desk_places.template, name="template"),
    path("places/<int:pk>/", desk_places.place, name="place"),
    path("places/<int:pk>/activate/", desk_places.activate, name="activate"),
    path("cover/", desk_cover.cover_list, name="cover_list"),
    path("cover/settings/", desk_cover.settings, name="settings"),
    path("cover/<int:pk>/", desk_cover.cover, name="cover"),
    path("cover/<int:pk>/note/", desk_cover.note, name="note"),
    path("cover/<int:pk>/close/", desk_cover.close, name="close"),
    path("cover/<int:pk>/text/", desk_cover.text, name="text"),
    path("cover/<int:pk>/calls/", desk_calls.calls, name="calls"),
    path("cover/<int:pk>/tree/", desk_calls.tree, name="tree"),
    path("shifts/<int:pk>/", desk_cover.shift, name="shift"),
    path("asks/<int:pk>/", desk_calls.answer, name="answer"),
    path("cases/", desk_cases.case_list, name="cases"),
    path("cases/left-alone/", case_takeover.left_alone_list, name="cases_left_alone"),
    path("cases/<int:pk>/take-over/", case_takeover.take_over, name="take_over"),
    path("cases/duty/", desk_cases.duty, name="duty"),
    path("cases/open/", desk_cases.open_case_page, name="open_case"),
    path("cases/<int:pk>/", desk_cases.case_page, name="case"),
    path("cases/<int:pk>/note/", case_acts.note, name="case_note"),
    path("cases/<int:pk>/step/", case_acts.step, name="step"),
    path("cases/<int:pk>/follow-up/<int:due_pk>/", case_acts.followed_up, name="follow_up"),
    path("cases/<int:pk>/bed/", case_acts.bed, name="bed"),
    path("cases/<int:pk>/team/", case_acts.team, name="team"),
    path("cases/<int:pk>/leave/", case_acts.leave, name="leave_case"),
    path("cases/<int:pk>/close/", case_acts.close, name="close_case"),
    path("cases/<int:pk>/keep/", case_acts.keep, name="keep_case"),
    path("cases/<int:pk>/delete/", case_acts.delete, name="delete_case"),
]
