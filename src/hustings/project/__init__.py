"""The shell: settings, addresses, who reacts to what, the schedule and the command line."""
