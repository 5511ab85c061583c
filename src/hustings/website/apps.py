"""Django's name for this app, and the border between the public site and everything else."""

from django.apps import AppConfig, apps


class WebsiteConfig(AppConfig):
    """The public site."""

    name = "hustings.website"
    label = "website"
    verbose_name = "Website"

    def ready(self) -> None:
        """Keep everything that is not a page or a picture out of Wagtail's index of references.

        Wagtail would follow every save of every model that has a foreign key with a job of its own, and list people and
        signatures among the "usages" of a place. It reads the mark when it starts, which is after this app.
        """
        for model in apps.get_models():
            if not self._is_of_the_site(model.__module__):
                model.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]

    @staticmethod
    def _is_of_the_site(module: str) -> bool:
        return module.startswith(("hustings.website.", "wagtail."))
