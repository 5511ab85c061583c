"""Public addresses, below /adverts/."""

from django.urls import path

from hustings.adwatch.pages import public

app_name = "adwatch"
urlpatterns = [
    path("", public.finding_list, name="findings"),
    path("<int:pk>/", public.finding_page, name="finding"),
    path("reply/<str:token>/", public.reply, name="reply"),
    path("reply/<str:token>/sent/", public.replied, name="replied"),
]
