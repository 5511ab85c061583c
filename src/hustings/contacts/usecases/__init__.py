"""Acts on contacts and intentions."""
