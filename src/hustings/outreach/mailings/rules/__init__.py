"""What a mailing says, as pure text."""
