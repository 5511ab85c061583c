"""Addresses of the desk, below /desk/volunteers/."""

from django.urls import path

from hustings.volunteers.pages import desk_courses, desk_reports, desk_volunteers

app_name = "volunteers_desk"

urlpatterns = [
    path("", desk_volunteers.volunteer_list, name="volunteers"),
    path("<int:pk>/", desk_volunteers.volunteer_page, name="volunteer"),
    path("<int:pk>/limits/", desk_volunteers.limits, name="limits"),
    path("<int:pk>/stop/", desk_volunteers.stop, name="stop"),
    path("<int:pk>/completed/", desk_courses.record, name="record_completion"),
    path("courses/", desk_courses.course_list, name="courses"),
    path("courses/new/", desk_courses.new_course, name="new_course"),
    path("courses/<int:pk>/", desk_courses.course_page, name="course"),
    path("courses/<int:pk>/edit/", desk_courses.edit_course, name="edit_course"),
    path("reports/", desk_reports.report_list, name="reports"),
    path("reports/<int:pk>/", desk_reports.report_page, name="report"),
    path("reports/<int:pk>/take/", desk_reports.take, name="take_report"),
    path("reports/<int:pk>/answer/", desk_reports.answer, name="answer_report"),
    path("conduct/", desk_reports.conduct_rules, name="conduct_rules"),
]
