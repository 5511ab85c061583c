"""Which outcomes mean that a person was reached, so that they do not count as neglected."""

#: Every attempt is a contact; only these say that our words arrived, or that the person answered.
REACHED = frozenset({"delivered", "spoke", "objected"})


def is_reached(*, outcome: str) -> bool:
    """Whether a contact with this outcome reached the person.

    A message that a server refused, a door nobody opened, and a message whose fate is unknown do not: counting them would
    hide people who never heard from us.
    """
    return outcome in REACHED
