"""Pure rules of cover and care."""
