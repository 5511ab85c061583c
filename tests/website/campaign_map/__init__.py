"""The campaign map."""
