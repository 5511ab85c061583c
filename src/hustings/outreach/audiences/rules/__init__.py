"""The tree of conditions of an audience: its kinds, its check, its edits. Plain values, no database."""
