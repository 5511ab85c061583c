"""Tell what a file is by its first bytes, not by what it says it is."""

_SIGNATURES: tuple[tuple[bytes, int, str], ...] = (
    (b"%PDF-", 0, "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", 0, "image/png"),
    (b"\xff\xd8\xff", 0, "image/jpeg"),
    (b"GIF87a", 0, "image/gif"),
    (b"GIF89a", 0, "image/gif"),
    (b"WEBP", 8, "image/webp"),
    (b"ftyp", 4, "video/mp4"),
    (b"\x1aE\xdf\xa3", 0, "video/webm"),
    (b"ID3", 0, "audio/mpeg"),
    (b"\xff\xfb", 0, "audio/mpeg"),
    (b"OggS", 0, "audio/ogg"),
    (b"WAVE", 8, "audio/wav"),
)


def kind_of_file(content: bytes) -> str | None:
    """The media type of a PDF, a picture, a film or a sound; None for anything else.

    >>> kind_of_file(b"%PDF-1.7")
    'application/pdf'
    """
    for signature, at, media_type in _SIGNATURES:
        if content[at : at + len(signature)] == signature:
            return media_type
    return None
