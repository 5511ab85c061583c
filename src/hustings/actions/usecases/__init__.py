"""Acts on petitions and signatures, one a file."""
