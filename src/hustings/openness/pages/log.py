"""The log as independent tools read it: checkpoint, tiles, bundles of entries, and proofs (c2sp.org/tlog-tiles)."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from hustings.openness.queries.log import (
    base64_of,
    consistency_of,
    log_key,
    newest_checkpoint,
    note_of,
    proof_text,
    tile_bytes,
    tree_size,
)
from hustings.openness.rules.merkle import NoSuchLeaf
from hustings.openness.rules.tiles import NotATile, parse_tile_path

_TEXT = "text/plain; charset=utf-8"
_FOR_EVER = 365 * 24 * 60 * 60  # seconds


@require_safe
def checkpoint(request: HttpRequest) -> HttpResponse:
    """The newest signed checkpoint with the cosignatures of witnesses; not found while nothing was signed."""
    newest = newest_checkpoint()
    if newest is None:
        raise Http404
    answer = HttpResponse(note_of(checkpoint=newest), content_type=_TEXT)
    patch_cache_control(answer, no_store=True)
    return answer


@require_safe
def key(request: HttpRequest) -> HttpResponse:
    """The key that checks the checkpoints. Compare it with one you got another way."""
    return HttpResponse(f"{log_key()}\n", content_type=_TEXT)


@require_safe
def tile(request: HttpRequest, path: str) -> HttpResponse:
    """A tile of hashes or a bundle of entries, whole or partial; it never changes."""
    try:
        content = tile_bytes(path=parse_tile_path(path))
    except NotATile as wrong:
        raise Http404 from wrong
    if content is None:
        raise Http404
    answer = HttpResponse(content, content_type="application/octet-stream")
    patch_cache_control(answer, public=True, max_age=_FOR_EVER, immutable=True)
    return answer


@require_safe
def proof(request: HttpRequest, number: int) -> HttpResponse:
    """An entry's proof of inclusion with the checkpoint, to be checked offline (c2sp.org/tlog-proof)."""
    text = proof_text(number=number)
    if text is None:
        raise Http404
    answer = HttpResponse(text, content_type=_TEXT)
    answer["Content-Disposition"] = f'inline; filename="entry-{number}.tlog-proof"'
    patch_cache_control(answer, no_store=True)
    return answer


@require_safe
def consistency(request: HttpRequest, old: int, new: int) -> HttpResponse:
    """The proof that the log of the new size begins with that of the old one."""
    if new > tree_size():
        raise Http404
    try:
        hashes = consistency_of(old=old, new=new)
    except NoSuchLeaf as wrong:
        raise Http404 from wrong
    return JsonResponse({"old": old, "new": new, "proof": base64_of(hashes)})
