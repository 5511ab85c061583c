"""Public addresses of the site: its pages, the documents they offer, and files that machines ask for.

Wagtail's own forms for passwords of single pages and documents are closed, its own login leads to ours; the names stay,
because Wagtail looks them up.
"""

from django.urls import path, re_path
from wagtail.documents.views.serve import serve as serve_document
from wagtail.urls import serve_pattern
from wagtail.views import serve

from hustings.website.pages import site_files
from hustings.website.pages.wagtail_urls import closed, way_in

urlpatterns = [
    path("sitemap.xml", site_files.sitemap_xml, name="sitemap"),
    path("robots.txt", site_files.robots_txt, name="robots"),
    re_path(r"^documents/(\d+)/(.*)$", serve_document, name="wagtaildocs_serve"),
    path("_util/document/<int:restriction_id>/", closed, name="wagtaildocs_authenticate_with_password"),
    path(
        "_util/page/<int:page_view_restriction_id>/<int:page_id>/",
        closed,
        name="wagtailcore_authenticate_with_password",
    ),
    path("_util/login/", way_in, name="wagtailcore_login"),
    re_path(serve_pattern, serve, name="wagtail_serve"),
]
