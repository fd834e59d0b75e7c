"""BuildKit of the Docker daemon behind a port of its own, so that it can be a node of a builder with the remote driver.

The daemon speaks BuildKit's protocol on its socket after an upgrade; buildx's remote driver wants it from the first byte.
"""

import socket
import threading
from types import TracebackType
from typing import Self

_UPGRADE = b"POST /grpc HTTP/1.1\r\nHost: docker\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n"
_CHUNK = 1 << 16


class BuildKitProxy:
    """A port on loopback that leads to the BuildKit of a Docker daemon."""

    def __init__(self, docker_socket: str) -> None:
        self._docker_socket = docker_socket
        self._server = socket.create_server(("127.0.0.1", 0))
        self._connections: list[socket.socket] = []

    @property
    def endpoint(self) -> str:
        return f"tcp://127.0.0.1:{self._server.getsockname()[1]}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for connection in (self._server, *self._connections):
            connection.close()

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self._server.accept()
            except OSError:
                return
            daemon = socket.socket(socket.AF_UNIX)
            daemon.connect(self._docker_socket)
            daemon.sendall(_UPGRADE)
            head = b""
            while b"\r\n\r\n" not in head:
                head += daemon.recv(_CHUNK)
            assert b" 101 " in head, head
            self._connections += [client, daemon]
            client.sendall(head.partition(b"\r\n\r\n")[2])
            for ends in ((client, daemon), (daemon, client)):
                threading.Thread(target=_pump, args=ends, daemon=True).start()


def _pump(source: socket.socket, sink: socket.socket) -> None:
    try:
        while data := source.recv(_CHUNK):
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)
    except OSError:
        pass
