"""Hosting travellers: beds offered, beds asked for, who sleeps where, and that everybody is well."""
