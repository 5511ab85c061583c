"""Pages: a person's own preferences by a signed link, and the desk's pages about people."""
