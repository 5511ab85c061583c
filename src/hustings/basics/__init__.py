"""Pure Python that every app stands on: no Django, no clock, no input or output."""
