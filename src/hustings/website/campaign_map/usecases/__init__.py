"""Acts on the campaign map."""
