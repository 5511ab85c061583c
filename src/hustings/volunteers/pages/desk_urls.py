"""Addresses of the desk, below /desk/volunteers/."""

from django.urls import path

from hustings.volunteers.pages import desk_volunteers

app_name = "volunteers_desk"

urlpatterns = [
    path("", desk_volunteers.volunteer_list, name="volunteers"),
    path("<int:pk>/", desk_volunteers.volunteer_page, name="volunteer"),
    path("<int:pk>/limits/", desk_volunteers.limits, name="limits"),
    path("<int:pk>/stop/", desk_volunteers.stop, name="stop"),
]
