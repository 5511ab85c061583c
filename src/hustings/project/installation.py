"""Making an installation ready: folders, database tables, static files."""

from pathlib import Path


def prepare() -> None:
    """Migrate the database, collect static files and make what is missing of the site. Safe to run again."""
    import django
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    django.setup()
    for name in ("imports", "media", "files"):
        (Path(settings.HUSTINGS_HOME) / name).mkdir(parents=True, exist_ok=True)
    is_new_file = connection.vendor == "sqlite" and not Path(settings.DATABASES["default"]["NAME"]).exists()
    if is_new_file:
        # Hundreds of small steps, none of them a promise to anybody: wait for the disk once, at the end.
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")
    migrate_everything()
    if is_new_file:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=FULL")
    from hustings.platform.freed_pages import empty_log

    empty_log(connection=connection)
    call_command("collectstatic", verbosity=0, interactive=False)
    from hustings.basics.clock import clock
    from hustings.volunteers.usecases.prepare_volunteering import prepare_volunteering
    from hustings.website.usecases.create_site import create_site

    create_site(now=clock().now())
    prepare_volunteering(now=clock().now())


def migrate_everything() -> None:
    """Bring all tables up to date, the libraries' first.

    A migration redraws every model that hangs together with the one it changes. The libraries' hundred and fifty know a few
    models as long as ours are not there, and all of them otherwise: five times the work.
    """
    from django.apps import apps
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("hustings.")}
    executor = MigrationExecutor(connection)
    executor.loader.check_consistent_history(connection)
    executor.migrate([leaf for leaf in executor.loader.graph.leaf_nodes() if leaf[0] not in ours])
    call_command("migrate", verbosity=0, interactive=False)


def first_link() -> str | None:
    """The address under which the first administrator is made, or none where there is one."""
    from hustings.accounts.usecases.first_administrator import first_administrator_link
    from hustings.basics.clock import clock

    return first_administrator_link(now=clock().now())
