"""Other people's published figures: what each layout calls its columns."""
