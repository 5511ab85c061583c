"""The campaign map: where people are needed, by an open rule, for anybody with a postcode."""
