"""Other people's advertising archives: imported, kept, questioned."""
