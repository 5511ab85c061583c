"""Phone banks: who is rung, by whom, when, and what they said; call lists on paper."""
