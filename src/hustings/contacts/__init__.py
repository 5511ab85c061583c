"""Every contact made, voting intentions, and where people are neglected."""
