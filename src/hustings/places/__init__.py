"""Nations, councils, constituencies, wards, postcodes and coordinates."""
