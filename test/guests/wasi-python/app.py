"""What a Python guest can reach of its host, each as text: `ok: …`, or `error: N` with the errno of WASI."""

# Python looks for it only when a name is resolved, which is too late: nothing is loaded from the host.
import encodings.idna  # noqa: F401
import os
import socket
import sys
import time
from typing import Callable

import wit_world


def told(run: Callable[[], object]) -> str:
    try:
        return f"ok: {run()}"
    except OSError as error:
        return f"error: {error.errno if error.errno is not None else error}"


def read_text(path: str) -> str:
    with open(path, encoding="utf-8") as file:
        return file.read()


def write_text(path: str, text: str) -> str:
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return "written"


def exchange(host: str, port: int) -> str:
    with socket.create_connection((host, port)) as connection:
        connection.sendall(b"hello\n")
        return connection.recv(64).decode().strip()


class WitWorld(wit_world.WitWorld):
    def read_file(self, path: str) -> str:
        return told(lambda: read_text(path))

    def write_file(self, path: str, text: str) -> str:
        return told(lambda: write_text(path, text))

    def listing(self, path: str) -> str:
        return told(lambda: " ".join(sorted(os.listdir(path))))

    def variable(self, name: str) -> str:
        return told(lambda: f"[{os.environ[name]}]" if name in os.environ else "none")

    def arguments(self) -> str:
        return told(lambda: " ".join(sys.argv))

    def now(self) -> str:
        return told(lambda: int(time.time()))

    def noise(self) -> str:
        return told(lambda: "zeroes" if os.urandom(16) == bytes(16) else "random")

    def say(self, out: str, err: str) -> None:
        print(out, end="", flush=True)
        print(err, end="", flush=True, file=sys.stderr)

    def input(self) -> str:
        return told(lambda: sys.stdin.read())

    def connect(self, host: str, port: int) -> str:
        return told(lambda: exchange(host, port))

    def quit(self, status: int) -> None:
        sys.stdout.flush()
        os._exit(status)
