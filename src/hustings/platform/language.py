"""The language of a page: chosen on the page, remembered in a cookie, or else as the browser prefers."""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

PARAMETER = "language"


class LanguageMiddleware(LocaleMiddleware):
    """Django's choice of language, and besides it `?language=cy` on any address, so that a link carries its language.

    The cookie holds nothing but the language that somebody asked for.
    """

    def process_request(self, request: HttpRequest) -> None:
        """Use the language that the address names, where it is one of ours."""
        super().process_request(request)
        wanted = request.GET.get(PARAMETER, "")
        if wanted in dict(settings.LANGUAGES):
            translation.activate(wanted)
            request.LANGUAGE_CODE = translation.get_language()

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Remember a language that the address named, for a year."""
        answer: HttpResponseBase = super().process_response(request, response)
        wanted = request.GET.get(PARAMETER, "")
        if wanted in dict(settings.LANGUAGES):
            answer.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                wanted,
                max_age=365 * 24 * 3600,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return answer


def prefer(request: HttpRequest, *, language: str) -> None:
    """Show what is written in Welsh with a page in Welsh, unless its reader chose a language: by the address, or earlier.

    What is written in English leaves the choice to the browser: its reader may prefer the page's own words in Welsh.
    """
    has_chosen = PARAMETER in request.GET or settings.LANGUAGE_COOKIE_NAME in request.COOKIES
    if not has_chosen and language in dict(settings.LANGUAGES) and language != settings.LANGUAGE_CODE:
        translation.activate(language)
        request.LANGUAGE_CODE = translation.get_language()
