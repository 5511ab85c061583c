"""Importers of places: postcodes, area names, outlines, centre points, overlaps."""
