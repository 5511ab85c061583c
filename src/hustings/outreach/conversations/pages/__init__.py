"""Fields that pages for calls and doorsteps share."""
