"""Pages of the site that are not Wagtail pages, and what of Wagtail's own pages is offered."""
