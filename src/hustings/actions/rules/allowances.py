"""How many forms may come from one place.

A household, a school or a hall with a stall shares one address, and a mobile network puts thousands of people behind a few
hundred; so the limits are far above what people do and far below what a program does. Each also bounds how many strangers'
mailboxes somebody can have written to.
"""

#: From one address: this many at once, and from then on so many a minute.
ADDRESS_BURST, ADDRESS_PER_MINUTE = 60, 4.0

#: From one network (/24 or /48).
NETWORK_BURST, NETWORK_PER_MINUTE = 600, 60.0
