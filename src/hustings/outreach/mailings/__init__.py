"""Mailings: one approved email to one audience, through the gate."""
