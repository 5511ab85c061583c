"""Promoters, imprints, materials, and the gate: may we contact this person, so, now?"""
