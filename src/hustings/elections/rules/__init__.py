"""Election identifiers, counts, marginality, and the law's dates and hours. No database, no clock."""
