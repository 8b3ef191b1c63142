"""Somebody at the other end of the wire, who keeps cookies and hears when nobody answers."""

import http.client
import json
import re
from dataclasses import dataclass
from urllib.parse import urlencode

PATIENCE_S = 60
TOKEN = "c" * 32
"""Any CSRF cookie does that is sent back with the form."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; status 0 where the connection was refused or broke."""

    status: int
    body: str = ""
    location: str = ""
    retry_after: str = ""


class Visitor:
    def __init__(self, port: int, session: str = "") -> None:
        self._port = port
        self._cookies = f"csrftoken={TOKEN}" + (f"; sessionid={session}" if session else "")

    def ask(self, method: str, path: str, body: str = "", content_type: str = "", key: str = "") -> Answer:
        headers = {"Cookie": self._cookies, "X-CSRFToken": TOKEN, "Accept-Language": "en"}
        headers |= {"Content-Type": content_type} if content_type else {}
        headers |= {"Idempotency-Key": key} if key else {}
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE_S)
        try:
            connection.request(method, path, body.encode() or None, headers)
            answer = connection.getresponse()
            said = answer.read().decode(errors="replace")
        except (OSError, http.client.HTTPException):
            return Answer(0)
        finally:
            connection.close()
        return Answer(
            answer.status, said, answer.getheader("Location", ""), answer.getheader("Retry-After", "")
        )

    def post_json(self, path: str, said: dict[str, object], key: str) -> Answer:
        return self.ask("POST", path, json.dumps(said), "application/json", key)

    def post_form(self, path: str, said: dict[str, object]) -> Answer:
        return self.ask("POST", path, urlencode(said), "application/x-www-form-urlencoded")


def hidden(page: str, name: str) -> str:
    """The value of the page's hidden field of that name."""
    found = re.search(rf'<input[^>]*name="{name}"[^>]*value="([^"]*)"', page)
    assert found is not None, page[:2000]
    return found[1]
