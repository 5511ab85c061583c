"""Every setting an installation can make, read from environment variables.

The table below is the single list: the settings module reads it, `hustings settings` prints it, and a test holds
docs/running.md against it.
"""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Setting:
    """One environment variable: its name, what it does, and what holds when it is not set."""

    name: str
    default: str
    meaning: str


SETTINGS: tuple[Setting, ...] = (
    Setting(
        name="HUSTINGS_HOME",
        default="./var",
        meaning="Folder that holds everything the installation writes: database, files, imports, rejects.",
    ),
    Setting(
        name="HUSTINGS_KEYS",
        default="",
        meaning="Folder of secret keys. Lives outside the home and its backups; default: the home's name plus .keys.",
    ),
    Setting(
        name="HUSTINGS_MODE",
        default="live",
        meaning="live, demo (fictional data on loopback; .example addresses accepted), test, or files (no installation).",
    ),
    Setting(
        name="DATABASE_URL",
        default="",
        meaning="postgres://user:password@host:port/name; empty means SQLite in the home.",
    ),
    Setting(
        name="REDIS_URL",
        default="",
        meaning="redis://…: jobs go to Redis (RQ) workers; empty means the database queue.",
    ),
    Setting(
        name="HUSTINGS_ADDRESS",
        default="http://127.0.0.1:8000",
        meaning="Public address of the site, without a slash at the end; links in messages begin with it.",
    ),
    Setting(
        name="HUSTINGS_HOSTS",
        default="",
        meaning="Further host names the site answers to, with commas between; the address above is always answered.",
    ),
    Setting(
        name="HUSTINGS_TRUSTED_PROXIES",
        default="",
        meaning="Networks (CIDR, commas between) whose X-Forwarded-For header is believed.",
    ),
    Setting(
        name="HUSTINGS_SMTP",
        default="smtp://127.0.0.1:25",
        meaning="Where mail goes: smtp://user:password@host:port, smtp+starttls:// or smtps://.",
    ),
    Setting(
        name="HUSTINGS_SMTP_CONNECTIONS",
        default="4",
        meaning="How many SMTP connections a mailing keeps open.",
    ),
    Setting(
        name="HUSTINGS_MAIL_FROM",
        default="office@localhost",
        meaning="Envelope sender and From address of the installation's own mail.",
    ),
    Setting(
        name="HUSTINGS_MAIL_WEBHOOK",
        default="",
        meaning="Mail provider that reports bounces and complaints to /postroom/reports/PROVIDER/, as provider:secret.",
    ),
    Setting(
        name="HUSTINGS_TEXT_PROVIDER",
        default="",
        meaning="https address that takes text messages as JSON (docs/algorithms/texts.md); empty means none are sent.",
    ),
    Setting(
        name="HUSTINGS_TEXT_TOKEN",
        default="",
        meaning="Bearer token for the provider of text messages.",
    ),
    Setting(
        name="HUSTINGS_TEXT_FROM",
        default="",
        meaning="Number or name that text messages come from; answers (STOP) need a number.",
    ),
    Setting(
        name="HUSTINGS_WEB_THREADS",
        default="5",
        meaning="Threads of each of the two web workers; more of them take more forms at once, and make the slowest wait longer.",
    ),
    Setting(
        name="HUSTINGS_TEXT_CONNECTIONS",
        default="4",
        meaning="How many connections to the provider of text messages are kept open.",
    ),
    Setting(
        name="HUSTINGS_TEXT_SECRET",
        default="",
        meaning="Secret with which the provider of text messages signs its calls to /postroom/texts/.",
    ),
    Setting(
        name="HUSTINGS_TEXT_PENCE",
        default="4",
        meaning="What one part of a text message costs in pence, such as 3.8; for showing, not for accounts.",
    ),
    Setting(
        name="HUSTINGS_DKIM_SELECTORS",
        default="",
        meaning="Selectors under which the DKIM keys of our sending domains stand, with commas between.",
    ),
    Setting(
        name="HUSTINGS_DNS",
        default="",
        meaning="Resolver for the SPF, DKIM and DMARC check, host or host:port; empty means the system's.",
    ),
    Setting(
        name="HUSTINGS_TILES",
        default="",
        meaning="Address of map tiles, with {z}, {x} and {y}; empty means none, and no visitor's address goes out.",
    ),
    Setting(
        name="HUSTINGS_DATA",
        default="",
        meaning="Folder of public data files for tests and benchmarks; default: ../shared/data.",
    ),
    Setting(
        name="HUSTINGS_META_API",
        default="https://graph.facebook.com/v21.0",
        meaning="Address and version of the Meta API that `hustings adwatch fetch` asks; its token is kept encrypted, not here.",
    ),
    Setting(
        name="HUSTINGS_DUCKDB_MEMORY",
        default="1GB",
        meaning="Memory limit of one analytical query.",
    ),
)

_DEFAULTS = {setting.name: setting.default for setting in SETTINGS}


def read(name: str) -> str:
    """The value of a listed setting; a name that is not in the table raises `KeyError`."""
    return os.environ.get(name) or _DEFAULTS[name]


def home() -> Path:
    """Folder that holds everything the installation writes."""
    return Path(read("HUSTINGS_HOME")).expanduser().resolve()


def keys_folder() -> Path:
    """Folder of secret keys, outside the home."""
    configured = read("HUSTINGS_KEYS")
    return Path(configured).expanduser().resolve() if configured else home().with_name(home().name + ".keys")
