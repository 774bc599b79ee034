"""A line between a client and a real server, so that a test can cut it or let it hang."""

import socket
import threading
import time
from contextlib import suppress
from urllib.parse import urlsplit


class Line:
    """A line to a real server that can be cut, or hang; it counts what passed, and what was asked in vain meanwhile."""

    def __init__(self, url: str) -> None:
        self.to = urlsplit(url)
        self.mode = "open"
        self.door = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.door.getsockname()[1]}"
        self.passed = 0
        self.vain = 0
        self.ends: list[socket.socket] = []
        threading.Thread(target=self._answer, daemon=True).start()

    def _answer(self) -> None:
        with suppress(OSError):
            while True:
                caller, _ = self.door.accept()
                if self.mode == "cut":
                    self.vain += 1
                    caller.close()
                    continue
                server = socket.create_connection((self.to.hostname, self.to.port))
                self.ends += [caller, server]
                for one, other in ((caller, server), (server, caller)):
                    threading.Thread(target=self._pass_on, args=(one, other), daemon=True).start()

    def _pass_on(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(65536):
                # What the server says begins with its protocol.
                self.vain += self.mode == "hang" and not data.startswith(b"HTTP/")
                while self.mode == "hang":
                    time.sleep(0.01)
                other.sendall(data)
                self.passed += 1
        for end in (one, other):
            with suppress(OSError):
                end.close()

    def turn(self, mode: str) -> None:
        """Go on as `open`, `cut` or `hang`."""
        self.mode = mode
        if mode == "cut":
            for end in self.ends:
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
            self.ends.clear()

    def close(self) -> None:
        """End it."""
        self.turn("cut")
        self.door.close()
