"""Elections, seats, candidates, results and timetables."""
