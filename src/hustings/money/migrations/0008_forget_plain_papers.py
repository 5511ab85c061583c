"""What lay unencrypted before goes from the places in the file that are no longer used, where an older version left it."""

from django.db import migrations

from hustings.platform.freed_pages import ForgetFreedPages


class Migration(migrations.Migration):

    atomic = False

    dependencies = [("money", "0007_papers_of_returns")]

    operations = [ForgetFreedPages()]
