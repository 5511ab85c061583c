"""What other apps and our own pages ask of election money."""
