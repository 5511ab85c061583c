"""Acts on audiences."""
