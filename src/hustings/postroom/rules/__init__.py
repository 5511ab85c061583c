"""Pure rules of the postroom: how messages are written, how servers' answers are read, and what follows."""
