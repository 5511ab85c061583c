"""Pure arithmetic of the map: drawing, and the audit of an order. No database, no clock."""
