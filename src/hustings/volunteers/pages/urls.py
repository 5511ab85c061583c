"""Public addresses, and those of volunteers themselves."""

from django.urls import path

from hustings.volunteers.pages import conduct, home, join, training, way_in

app_name = "volunteers"

urlpatterns = [
    path("volunteer/", home.home, name="home"),
    path("volunteer/limits/", home.limits, name="limits"),
    path("volunteer/stop/", home.stop, name="stop"),
    path("volunteer/join/", join.join, name="join"),
    path("volunteer/join/<str:secret>/", join.joining_link, name="joining_link"),
    path("volunteer/way-in/", way_in.ask_way_in_page, name="ask_way_in"),
    path("volunteer/in/<str:secret>/", way_in.way_in_page, name="way_in"),
    path("volunteer/out/", way_in.way_out, name="way_out"),
    path("volunteer/training/<slug:slug>/<int:number>/", training.lesson_answers, name="lesson_answers"),
    path("volunteer/conduct/", conduct.accept, name="accept_conduct"),
    path("conduct/", conduct.conduct, name="conduct"),
    path("report/", conduct.report, name="report"),
    path("report/<uuid:public_id>/", conduct.report_seen, name="report_seen"),
    path("training/", training.courses, name="courses"),
    path("training/<slug:slug>/", training.course, name="course"),
    path("training/<slug:slug>/whole/", training.whole_course, name="whole_course"),
    path("training/<slug:slug>/<int:number>/", training.lesson, name="lesson"),
]
