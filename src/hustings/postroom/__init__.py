"""The outbox: templates, delivery, bounces and unsubscribing."""
