"""What people type, made fit to be kept and shown everywhere."""

import re
import unicodedata

# XML 1.0, 2.2 "Characters": what is outside breaks every feed that carries it; surrogates break UTF-8 itself.
_NOT_FOR_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Marks that turn the reading direction of everything after them.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


def clean(text: str) -> str:
    """The text without what XML forbids or turns the line around; newlines of one kind, no outer blanks."""
    text = _TURNING.sub("", _NOT_FOR_XML.sub("", text))
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
