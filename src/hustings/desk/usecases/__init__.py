"""Acts of the desk itself: what the first set-up needs and no other app does."""
