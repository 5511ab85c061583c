"""Rules of rounds: reading addresses, walking a street, cutting an area, ordering a round."""
