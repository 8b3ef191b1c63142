"""What may be kept of a public answer, by whom and for how long."""

import gzip
import re
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from hashlib import sha256
from threading import Lock
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers

from layers.versions import release

WORTH_COMPRESSING = 200
"""Bytes; below, gzip's own header eats what it saves."""
LEVEL = 6
_ACCEPTS_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))")


@dataclass(frozen=True, slots=True)
class Body:
    """An answer's bytes as they are kept and sent."""

    content: bytes
    gzipped: bool

    def packed(self) -> "Body":
        """The same compressed, where that is worth it."""
        if self.gzipped or len(self.content) < WORTH_COMPRESSING:
            return self
        return Body(gzip.compress(self.content, LEVEL, mtime=0), gzipped=True)

    def plain(self) -> bytes:
        """The bytes as they are without compression."""
        return gzip.decompress(self.content) if self.gzipped else self.content


class Shelf:
    """The bodies asked for last, up to so many bytes; shared by the threads of one process."""

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._bodies: OrderedDict[str, Body] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def get(self, name: str) -> Body | None:
        """The body of this name, where it is still kept."""
        with self._lock:
            body = self._bodies.get(name)
            if body is not None:
                self._bodies.move_to_end(name)
            return body

    def put(self, name: str, body: Body) -> None:
        """Keep it, and forget those that nobody asked for longest."""
        with self._lock:
            self._bytes -= len(self._bodies.pop(name, Body(b"", gzipped=False)).content)
            self._bodies[name] = body
            self._bytes += len(body.content)
            while self._bytes > self._most_bytes:
                self._bytes -= len(self._bodies.popitem(last=False)[1].content)

    def __len__(self) -> int:
        return len(self._bodies)

    def clear(self) -> None:
        """Forget all."""
        with self._lock:
            self._bodies.clear()
            self._bytes = 0


shelf = Shelf(settings.KEPT_ANSWERS_BYTES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What to answer everybody alike."""

    content_type: str
    key: Hashable
    """What was asked; equal questions have equal texts."""
    version: str | None
    """What the data have come to; None: unknown, so that it is made each time."""
    max_age_s: int
    make: Callable[[], "bytes | Body"]


def public(request: HttpRequest, answer: Answer) -> HttpResponse:
    """The answer, or 304 for whoever has it; made only where this process doesn't keep it.

    It may be stale for at most twice its age: once as fresh, once while it is asked for again.
    """
    body = _made(answer) if answer.version is None else None
    tag = _tag(body.plain() if body else repr((answer.key, answer.version, release())).encode())
    unmodified = get_conditional_response(request, etag=tag)
    response = cast(HttpResponse, unmodified) or _full(request, answer, body or _kept(request, answer, tag))
    response["ETag"] = tag
    age = answer.max_age_s
    response["Cache-Control"] = f"public, max-age={age}, stale-while-revalidate={age}"
    response["Access-Control-Allow-Origin"] = "*"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def private(content: bytes, content_type: str) -> HttpResponse:
    """An answer for one person, which nobody keeps."""
    response = HttpResponse(content, content_type=content_type)
    response["Cache-Control"] = "private, no-store"
    patch_vary_headers(response, ["Cookie"])
    return response


def _tag(text: bytes) -> str:
    # Weak: the same for the compressed bytes and for the plain ones.
    return f'W/"{sha256(text).hexdigest()[:24]}"'


def _made(answer: Answer) -> Body:
    made = answer.make()
    return made if isinstance(made, Body) else Body(made, gzipped=False)


def _kept(request: HttpRequest, answer: Answer, tag: str) -> Body:
    """The body from the shelf, put there where it was not; compressed once, for the first who accepts that."""
    kept = shelf.get(tag)
    body = kept or _made(answer)
    if _accepts_gzip(request):
        body = body.packed()
    if body is not kept:
        shelf.put(tag, body)
    return body


def _accepts_gzip(request: HttpRequest) -> bool:
    return bool(_ACCEPTS_GZIP.search(request.headers.get("Accept-Encoding", "")))


def _full(request: HttpRequest, answer: Answer, body: Body) -> HttpResponse:
    sent = body.packed() if _accepts_gzip(request) else Body(body.plain(), gzipped=False)
    response = HttpResponse(sent.content, content_type=answer.content_type)
    if sent.gzipped:
        response["Content-Encoding"] = "gzip"
    return response
