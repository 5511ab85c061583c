"""Django's name for this app, and the border between the public site and everything else."""

from django.apps import AppConfig, apps


class WebsiteConfig(AppConfig):
    """The public site."""

    name = "hustings.website"
    label = "website"
    verbose_name = "Website"

    def ready(self) -> None:
        """Keep everything that is not a page or a picture out of Wagtail's index of references.

        Wagtail follows the saves of every model that one of its viewsets is registered for (logins among them) with a job
        of its own, and lists what points at a thing among its "usages". It reads the mark when it starts, after this app.
        """
        for model in apps.get_models():
            if not self._is_of_the_site(model.__module__):
                model.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]  # Wagtail reads it

    @staticmethod
    def _is_of_the_site(module: str) -> bool:
        return module.startswith(("hustings.website.", "wagtail."))
