"""The acts of election money, one a file."""
