"""Acts on the public site, one a file."""
