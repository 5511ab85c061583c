"""How a person is matched to an elector: names folded, compared by levels, weighed, decided.

`folding` and `nicknames` make names comparable, `comparing` says how two records agree, `settings` reads
the weights, `deciding` turns weights into matched, unsure or none, and `batch` writes the same comparison
as SQL for many people.
"""
