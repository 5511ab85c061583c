"""Arithmetic of election money: pure functions over dated tables."""
