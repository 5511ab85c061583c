"""Reading other people's money: donors across spellings, totals, thresholds on each gift's own day, elections side by side."""
