"""Logins of staff and volunteers, their roles, and the places each may see."""
