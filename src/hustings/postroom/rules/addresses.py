"""Email addresses as the postroom meets them: in reports, where nothing but the address names the person."""

from hustings.basics.email_address import NotAnEmailAddress, parse_email


def canonical_address(*, address: str) -> str:
    """The form by which addresses are compared; an address that cannot be read is compared in lower case."""
    try:
        return parse_email(address, allow_example=True).canonical
    except NotAnEmailAddress:
        return address.strip().casefold()
