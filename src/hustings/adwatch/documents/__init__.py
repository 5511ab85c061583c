"""Papers: the printed study, by Typst."""
