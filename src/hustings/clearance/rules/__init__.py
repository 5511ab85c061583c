"""The law and arithmetic of clearance, as pure functions of facts and a date."""
