"""Addresses of the desk, below /desk/volunteers/."""

from django.urls import path

from hustings.volunteers.pages import (
    desk_course_pictures,
    desk_courses,
    desk_events,
    desk_groups,
    desk_reports,
    desk_rota,
    desk_volunteers,
)

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
    path("courses/<int:pk>/pictures/", desk_course_pictures.pictures, name="course_pictures"),
    path("courses/<int:pk>/pictures/<int:picture_id>/", desk_course_pictures.picture, name="course_picture"),
    path(
        "courses/<int:pk>/pictures/<int:picture_id>/remove/",
        desk_course_pictures.remove_picture,
        name="remove_course_picture",
    ),
    path("events/", desk_events.event_list, name="events"),
    path("events/new/", desk_events.new_event, name="new_event"),
    path("events/<int:pk>/", desk_events.event_page, name="event"),
    path("events/<int:pk>/edit/", desk_events.edit_event, name="edit_event"),
    path("events/<int:pk>/open/", desk_events.open_, name="open_event"),
    path("events/<int:pk>/cancel/", desk_events.cancel, name="cancel_event"),
    path("events/<int:pk>/shifts/new/", desk_events.new_shift, name="new_shift"),
    path("events/<int:pk>/shifts/<int:shift_id>/", desk_events.edit_shift, name="edit_shift"),
    path("events/<int:pk>/bookings/", desk_rota.bookings, name="bookings"),
    path("events/<int:pk>/rota/", desk_rota.propose, name="propose_rota"),
    path("events/<int:pk>/attendance/", desk_rota.attendance, name="attendance"),
    path("groups/", desk_groups.group_list, name="groups"),
    path("groups/new/", desk_groups.new_group, name="new_group"),
    path("groups/<int:pk>/", desk_groups.group_page, name="group"),
    path("groups/<int:pk>/edit/", desk_groups.edit_group, name="edit_group"),
    path("groups/<int:pk>/link/", desk_groups.rotate, name="rotate_link"),
    path("groups/<int:pk>/overflow/", desk_groups.overflow, name="add_overflow"),
    path("groups/<int:pk>/open/", desk_groups.open_, name="open_group"),
    path("groups/<int:pk>/close/", desk_groups.close, name="close_group"),
    path("groups/<int:pk>/members/", desk_groups.members, name="group_members"),
    path("groups/<int:pk>/releases/", desk_groups.releases, name="group_releases"),
    path("reports/", desk_reports.report_list, name="reports"),
    path("reports/<int:pk>/", desk_reports.report_page, name="report"),
    path("reports/<int:pk>/take/", desk_reports.take, name="take_report"),
    path("reports/<int:pk>/answer/", desk_reports.answer, name="answer_report"),
    path("conduct/", desk_reports.conduct_rules, name="conduct_rules"),
]
