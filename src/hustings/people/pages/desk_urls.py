"""Desk addresses of people, doubtful hits and requests."""

from django.urls import path

from hustings.people.pages import doubtful, duplicates, people, rights

app_name = "people_desk"

urlpatterns = [
    path("", people.people_list, name="people"),
    path("add/", people.add_person, name="add_person"),
    path("<int:pk>/", people.person_page, name="person"),
    path("<int:pk>/edit/", people.edit_person, name="edit_person"),
    path("<int:pk>/object/", people.record_objection, name="record_objection"),
    path("<int:pk>/export/", rights.export, name="export"),
    path("<int:pk>/erase/", rights.erase, name="erase"),
    path("<int:pk>/ask/", rights.open_request, name="open_request"),
    path("doubtful/", doubtful.doubtful_hits, name="doubtful"),
    path("doubtful/<int:pk>/<uuid:objection>/", doubtful.decide_hit, name="decide_hit"),
    path("duplicates/", duplicates.duplicates, name="duplicates"),
    path("duplicates/<int:one>/<int:other>/", duplicates.decide_pair, name="decide_pair"),
    path("duplicates/undo/<int:pk>/", duplicates.undo, name="undo_merge"),
    path("requests/", rights.request_list, name="requests"),
    path("requests/<int:pk>/", rights.request_page, name="request"),
]
