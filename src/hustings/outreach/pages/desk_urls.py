"""Desk addresses of audiences and mailings."""

from django.urls import path

from hustings.outreach.audiences.pages import export, views

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
]
