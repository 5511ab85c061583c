"""Acts on canvasses, rounds and doors."""
