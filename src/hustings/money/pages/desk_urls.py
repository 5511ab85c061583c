"""Addresses of money on the desk."""

from django.urls import path

from hustings.money.pages import authorities, books, campaigns, gift_entry, items, returns
from hustings.money.pages.donation_urls import urlpatterns as of_donations

app_name = "money_desk"

urlpatterns = [
    path("", campaigns.campaign_list, name="campaigns"),
    path("campaigns/add/", campaigns.add_campaign, name="add_campaign"),
    path("campaigns/<int:pk>/", books.campaign_page, name="campaign"),
    path("campaigns/<int:pk>/edit/", campaigns.edit_campaign, name="edit_campaign"),
    path("campaigns/<int:pk>/limit/", campaigns.give_limit, name="give_limit"),
    path("campaigns/<int:pk>/headroom.svg", books.headroom_picture, name="headroom"),
    path("campaigns/<int:pk>/items.csv", books.items_csv, name="items_csv"),
    path("campaigns/<int:pk>/items/add/", items.add_item, name="add_item"),
    path("campaigns/<int:pk>/authorities/add/", authorities.give, name="give_authority"),
    path("campaigns/<int:pk>/return/", returns.return_page, name="return"),
    path("campaigns/<int:pk>/return/draft/", returns.draft, name="draft"),
    path("campaigns/<int:pk>/return/finish/", returns.finish, name="finish"),
    path("items/<int:pk>/", items.item_page, name="item"),
    path("items/<int:pk>/correct/", items.correct_item, name="correct_item"),
    path("items/<int:pk>/gift/<int:campaign>/", gift_entry.add_of_item, name="gift_of_item"),
    path("items/<int:pk>/cancel/", items.cancel, name="cancel_item"),
    path("items/<int:pk>/bill/", items.settle, name="settle"),
    path("items/<int:pk>/evidence/", items.attach, name="add_evidence"),
    path("evidence/<int:pk>/", items.evidence_file, name="evidence"),
    path("authorities/<int:pk>/end/", authorities.end, name="end_authority"),
    path("returns/<int:pk>/", returns.frozen, name="frozen"),
    path("returns/<int:pk>/receipts/", returns.receipts, name="receipts"),
    path("returns/<int:pk>/papers/<str:kind>/", returns.paper_file, name="paper"),
    path("returns/<int:pk>/<str:kind>/", returns.step, name="step"),
    *of_donations,
]
