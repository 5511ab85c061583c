"""What counts as having reached somebody, and when a political opinion may be kept."""
