"""Django plumbing with no domain in it: jobs, schedule, imports, events, audit, files, DuckDB, sockets."""
