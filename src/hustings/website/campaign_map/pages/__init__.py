"""Pages of the campaign map."""
