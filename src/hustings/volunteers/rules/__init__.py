"""Pure rules of volunteering: no Django, no clock, no input or output."""
