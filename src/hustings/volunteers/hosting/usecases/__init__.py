"""Acts of hosting."""
