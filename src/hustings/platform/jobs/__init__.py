"""Jobs that survive a kill: a database queue behind the `django_tasks` interface, with leases and heartbeats."""
