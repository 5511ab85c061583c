"""The arithmetic of the public record: bytes, hashes, commitments, masking and opening dates."""
