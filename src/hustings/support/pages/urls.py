"""Public addresses of cover (the link that answers), and volunteers' own pages."""

from django.urls import path

from hustings.support.pages import answer, check_in, my_cover

app_name = "support"
urlpatterns = [
    path("cover/<str:token>/", answer.answer_page, name="answer"),
    path("volunteer/cover/", my_cover.my_cover, name="my_cover"),
    path("volunteer/check-in/", check_in.check_in_page, name="check_in"),
]
