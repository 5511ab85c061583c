"""Public addresses, and those of volunteers themselves."""

from django.urls import path

from hustings.volunteers.pages import cars, conduct, events, groups, home, join, training, way_in

app_name = "volunteers"

urlpatterns = [
    path("volunteer/", home.home, name="home"),
    path("volunteer/limits/", home.limits, name="limits"),
    path("volunteer/stop/", home.stop, name="stop"),
    path("volunteer/join/", join.join, name="join"),
    path("volunteer/join/<str:token>/", join.joining_link, name="joining_link"),
    path("volunteer/way-in/", way_in.ask_way_in_page, name="ask_way_in"),
    path("volunteer/in/<str:token>/", way_in.way_in_page, name="way_in"),
    path("volunteer/out/", way_in.way_out, name="way_out"),
    path("volunteer/training/<slug:slug>/<int:number>/", training.lesson_answers, name="lesson_answers"),
    path("volunteer/conduct/", conduct.accept, name="accept_conduct"),
    path("events/", events.events, name="events"),
    path("events/feed.json", events.events_feed, name="events_feed"),
    path("events/calendar.ics", events.events_calendar, name="events_calendar"),
    path("events/<slug:slug>/", events.event, name="event"),
    path("events/<slug:slug>.ics", events.event_calendar, name="event_calendar"),
    path("volunteer/calendar/<uuid:key>.ics", events.my_calendar, name="my_calendar"),
    path("volunteer/shifts/<int:pk>/take/", events.take_shift, name="take_shift"),
    path("volunteer/bookings/<uuid:public_id>/back/", events.give_shift_back, name="give_shift_back"),
    path("volunteer/bookings/<uuid:public_id>/yes/", events.accept_shift, name="accept_shift"),
    path("volunteer/cars/<slug:slug>/", cars.share, name="share_car"),
    path("volunteer/cars/<int:pk>/stop/", cars.stop_sharing, name="stop_sharing"),
    path("volunteer/lifts/<int:pk>/", cars.answer, name="answer_lift"),
    path("groups/", groups.groups, name="groups"),
    path("groups/<slug:slug>/", groups.group, name="group"),
    path("volunteer/groups/<slug:slug>/join/", groups.join, name="join_group"),
    path("volunteer/groups/<slug:slug>/leave/", groups.leave, name="leave_group"),
    path("volunteer/groups/<slug:slug>/link/", groups.ask_link, name="ask_group_link"),
    path("volunteer/groups/<uuid:public_id>/", groups.group_link, name="group_link"),
    path("conduct/", conduct.conduct, name="conduct"),
    path("report/", conduct.report, name="report"),
    path("report/<uuid:public_id>/", conduct.report_seen, name="report_seen"),
    path("training/", training.courses, name="courses"),
    path("training/<slug:slug>/", training.course, name="course"),
    path("training/<slug:slug>/whole/", training.whole_course, name="whole_course"),
    path("training/<slug:slug>/pictures/<slug:name>.webp", training.course_picture, name="course_picture"),
    path("training/<slug:slug>/<int:number>/", training.lesson, name="lesson"),
]
