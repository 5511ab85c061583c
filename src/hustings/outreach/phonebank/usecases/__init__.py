"""Acts on phone banks and calls."""
