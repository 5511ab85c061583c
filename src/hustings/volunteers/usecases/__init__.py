"""Every act on volunteers, groups, events and training: one file each."""
