"""Acts on people, consent and objections."""
