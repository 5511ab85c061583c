"""What calls and doorsteps share: what is said, what is answered, and what of it is kept."""
