"""Groups, events and shifts, training, hosting."""
