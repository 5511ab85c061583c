"""Public addresses, and those of volunteers themselves."""

from django.urls import path

from hustings.volunteers.pages import home, join, way_in

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
]
