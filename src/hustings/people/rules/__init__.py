"""The law and the arithmetic of people, consent and objections: pure Python."""
