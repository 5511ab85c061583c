"""Pages of cover and care."""
