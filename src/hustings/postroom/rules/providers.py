"""Mail providers that report bounces and complaints by calling us, and how each proves who it is."""

from dataclasses import dataclass


class ProviderUnknown(ValueError):
    """HUSTINGS_MAIL_WEBHOOK names no provider that we know, or no secret."""

    def __init__(self) -> None:
        known = ", ".join(sorted(PROVIDERS))
        super().__init__(
            "HUSTINGS_MAIL_WEBHOOK must be provider:secret, for example mailgun:the-signing-key or postmark:user:password. "
            f"Known providers: {known}."
        )


@dataclass(frozen=True, slots=True)
class Provider:
    """One provider: the view of django-anymail that reads its calls, and the setting its secret goes into.

    With `WEBHOOK_SECRET` the secret is user:password for HTTP basic authentication; the others sign their calls.
    """

    view: str
    setting: str


PROVIDERS = {
    "brevo": Provider("anymail.webhooks.brevo.BrevoTrackingWebhookView", "WEBHOOK_SECRET"),
    "mailersend": Provider(
        "anymail.webhooks.mailersend.MailerSendTrackingWebhookView", "MAILERSEND_SIGNING_SECRET"
    ),
    "mailgun": Provider("anymail.webhooks.mailgun.MailgunTrackingWebhookView", "MAILGUN_WEBHOOK_SIGNING_KEY"),
    "mailjet": Provider("anymail.webhooks.mailjet.MailjetTrackingWebhookView", "WEBHOOK_SECRET"),
    "mailtrap": Provider("anymail.webhooks.mailtrap.MailtrapTrackingWebhookView", "MAILTRAP_TRACKING_SECRET"),
    "postal": Provider("anymail.webhooks.postal.PostalTrackingWebhookView", "POSTAL_WEBHOOK_KEY"),
    "postmark": Provider("anymail.webhooks.postmark.PostmarkTrackingWebhookView", "WEBHOOK_SECRET"),
    "sparkpost": Provider("anymail.webhooks.sparkpost.SparkPostTrackingWebhookView", "WEBHOOK_SECRET"),
}


def provider_of(*, setting: str) -> tuple[str, Provider, str] | None:
    """Name, provider and secret from `provider:secret`, or None where nothing is set. Raises ProviderUnknown."""
    if not setting:
        return None
    name, _colon, secret = setting.partition(":")
    provider = PROVIDERS.get(name)
    if provider is None or not secret or (provider.setting == "WEBHOOK_SECRET" and ":" not in secret):
        raise ProviderUnknown
    return name, provider, secret
