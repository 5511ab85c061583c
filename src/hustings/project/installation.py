"""Making an installation ready: folders, database tables, static files."""

from pathlib import Path


def prepare() -> None:
    """Migrate the database and collect static files. Safe to run again."""
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    for name in ("imports", "media", "files"):
        (Path(settings.HUSTINGS_HOME) / name).mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
