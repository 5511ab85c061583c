"""Acts on logins and appointments, one a file."""
