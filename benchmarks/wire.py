"""A reader that costs next to nothing: one connection kept open, cookies, and the time from the first byte out to the last in."""

import re
import socket
from dataclasses import dataclass, field
from time import perf_counter
from urllib.parse import urlencode

CSRF = re.compile(rb'name="csrf_token" value="([^"]+)"')


@dataclass
class Answer:
    """What came back, and after how many milliseconds."""

    status: int
    headers: dict[str, str]
    body: bytes
    ms: float


@dataclass
class Reader:
    """One client on one connection to 127.0.0.1."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    _socket: socket.socket | None = None

    def get(self, path: str, **headers: str) -> Answer:
        """Ask for a page."""
        return self._ask("GET", path, b"", headers)

    def post(self, path: str, data: list[tuple[str, str]]) -> Answer:
        """Send a form."""
        return self._ask("POST", path, urlencode(data).encode(), {"Content-Type": "application/x-www-form-urlencoded"})

    def forget(self) -> None:
        """Become somebody else, on the same connection."""
        self.cookies.clear()

    def close(self) -> None:
        """Hang up."""
        if self._socket:
            self._socket.close()
            self._socket = None

    def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        lines = [f"{method} {path} HTTP/1.1", f"Host: localhost:{self.port}", "Accept: text/html"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        if self.cookies:
            lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        if method == "POST":
            lines += [f"Content-Length: {len(body)}", f"Origin: http://localhost:{self.port}"]
        message = ("\r\n".join(lines) + "\r\n\r\n").encode() + body
        wire = self._connection()
        start = perf_counter()
        wire.sendall(message)
        status, got, content = self._read(wire)
        ms = (perf_counter() - start) * 1000
        return Answer(status, got, content, ms)

    def _connection(self) -> socket.socket:
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self.port), timeout=30)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self._socket

    def _read(self, wire: socket.socket) -> tuple[int, dict[str, str], bytes]:
        data = b""
        while b"\r\n\r\n" not in data:
            data += self._some(wire)
        head, _, body = data.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        headers: dict[str, str] = {}
        for line in lines:
            name, _, value = line.partition(": ")
            headers[name.lower()] = value
            if name.lower() == "set-cookie":
                cookie, _, kept = value.split(";")[0].partition("=")
                self.cookies[cookie] = kept
        if headers.get("transfer-encoding") == "chunked":
            while not body.endswith(b"0\r\n\r\n"):
                body += self._some(wire)
        else:
            length = int(headers.get("content-length", "0"))
            while len(body) < length:
                body += self._some(wire)
        return int(first.split()[1]), headers, body

    def _some(self, wire: socket.socket) -> bytes:
        data = wire.recv(262144)
        if not data:
            self.close()
            raise ConnectionError("The server hung up.")
        return data


def csrf_of(page: Answer) -> str:
    """The token in a page's form."""
    found = CSRF.search(page.body)
    assert found, f"a form was expected, status {page.status}"
    return found.group(1).decode()
