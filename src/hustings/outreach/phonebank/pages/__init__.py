"""The desk of phone banks, and the page of whoever rings."""
