"""Acts on conversations."""
