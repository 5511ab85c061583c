"""Addresses of gifts, flags, reports of donations, and other people's money."""

from django.urls import path

from hustings.money.pages import (
    donors,
    flags,
    gift_acts,
    gift_files,
    gifts,
    ledgers,
    proposed,
    published,
    reports,
)

urlpatterns = [
    path("gifts/", gifts.gift_list, name="gifts"),
    path("gifts/add/", gifts.choose_books, name="choose_books"),
    path("gifts/<int:pk>/", gifts.gift_page, name="gift"),
    path("gifts/<int:pk>/correct/", gift_acts.correct, name="correct_gift"),
    path("gifts/<int:pk>/strike-out/", gift_acts.strike_out, name="strike_out_gift"),
    path("gifts/<int:pk>/check/", gift_acts.check, name="check_gift"),
    path("gifts/<int:pk>/register/", gift_acts.look_on_register, name="register_check"),
    path("gifts/<int:pk>/decide/", gift_acts.decide, name="decide_gift"),
    path("gifts/<int:pk>/files/add/", gift_files.attach, name="add_gift_evidence"),
    path("gifts/files/<int:pk>/", gift_files.evidence_file, name="gift_evidence"),
    path("donors/<int:pk>/", donors.donor_page, name="donor"),
    path("flags/", flags.flag_list, name="flags"),
    path("flags/<int:pk>/", flags.flag_page, name="flag"),
    path("campaigns/<int:pk>/gifts/add/", gift_acts.add, name="add_gift"),
    path("campaigns/<int:pk>/gifts/sheet/", gift_acts.bring_in, name="gift_sheet"),
    path("campaigns/<int:pk>/flags/find/", flags.find, name="find_flags"),
    path("campaigns/<int:pk>/ledgers/", ledgers.two_ledgers_page, name="ledgers"),
    path("campaigns/<int:pk>/ledgers/<int:threshold>.svg", ledgers.bunching_picture, name="bunching"),
    path("campaigns/<int:pk>/reports/", reports.report_list, name="donation_reports"),
    path("campaigns/<int:pk>/reports/<str:kind>/<str:start>/", reports.report_page, name="donation_report"),
    path(
        "campaigns/<int:pk>/reports/<str:kind>/<str:start>/<str:layout>/",
        reports.report_file,
        name="donation_report_file",
    ),
    path("proposed/", proposed.proposed_page, name="proposed"),
    path("proposed/<slug:key>/", proposed.switch, name="switch_proposed"),
    path("published/", published.donation_list, name="published"),
    path("published/totals/", published.totals, name="published_totals"),
]
