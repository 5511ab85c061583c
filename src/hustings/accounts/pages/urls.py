"""Public addresses about logins beside allauth's, below /account/."""

from django.urls import path

from hustings.accounts.pages import first

app_name = "accounts"
urlpatterns = [
    path("first/<str:token>/", first.first_administrator, name="first"),
]
