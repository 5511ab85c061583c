"""Who may sleep where and who does: conditions, feasible pairs, placing, the bound. No database, no clock."""
