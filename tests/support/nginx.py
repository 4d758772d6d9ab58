"""Debian's nginx with the site file of `deploy/`: only ports, certificate and upstream are the test's own."""

from __future__ import annotations

import datetime
import http.client
import re
import shutil
import socket
import ssl
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from tests.support.served import free_port

from leercirkel.operations import children

SITE = Path(__file__).parents[2] / "deploy" / "nginx" / "leercirkel.conf"
NAME = "leercirkel.example.nl"
PROGRAM = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin") or "nginx"


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: str


@dataclass(frozen=True, slots=True)
class Proxy:
    """nginx as it runs: its ports, and the certificate that a client trusts."""

    port: int
    plain_port: int
    trust: Path
    folder: Path

    def ask(
        self, path: str, method: str = "GET", body: bytes | None = None, *, source: str = "127.0.0.1", **headers: str
    ) -> Answer:
        """One request over TLS, to the name of the certificate, from an address of this machine."""
        context = ssl.create_default_context(cafile=str(self.trust))
        raw = socket.create_connection(("127.0.0.1", self.port), timeout=60, source_address=(source, 0))
        asked = http.client.HTTPSConnection(NAME, self.port, context=context)
        asked.sock = context.wrap_socket(raw, server_hostname=NAME)
        try:
            given = {key.replace("_", "-"): value for key, value in headers.items()}
            asked.request(method, path, body, {"Host": NAME} | given)
            answer = asked.getresponse()
            return Answer(answer.status, answer.headers, answer.read().decode())
        finally:
            asked.close()

    def ask_plain(self, path: str) -> Answer:
        """One request without TLS."""
        asked = http.client.HTTPConnection("127.0.0.1", self.plain_port, timeout=60)
        try:
            asked.request("GET", path, headers={"Host": NAME})
            answer = asked.getresponse()
            return Answer(answer.status, answer.headers, answer.read().decode())
        finally:
            asked.close()


def certificate(folder: Path) -> tuple[Path, Path]:
    """A self-signed certificate of this day and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return folder / "cert.pem", folder / "key.pem"


@contextmanager
def proxy(upstream: int) -> Iterator[Proxy]:
    """nginx before a Leercirkel on a port of this machine."""
    folder = Path(tempfile.mkdtemp(prefix="leercirkel-nginx-"))
    try:
        cert, key = certificate(folder)
        port, plain = free_port(), free_port()
        site = SITE.read_text(encoding="utf-8")
        for pattern, ours in (
            (r"127\.0\.0\.1:8000", f"127.0.0.1:{upstream}"),
            (r"listen \[::\]:\d+[^;]*;", ""),
            (r"listen 80;", f"listen 127.0.0.1:{plain};"),
            (r"listen 443 ", f"listen 127.0.0.1:{port} "),
            (r"/etc/letsencrypt/\S+fullchain\.pem", str(cert)),
            (r"/etc/letsencrypt/\S+privkey\.pem", str(key)),
            (r"/var/log/nginx/\S+", f"{folder}/error.log"),
        ):
            site, times = re.subn(pattern, ours, site)
            assert times, f"{pattern} is no longer in {SITE.name}"
        temporary = "".join(
            f"  {kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        (folder / "nginx.conf").write_text(
            f"daemon off;\npid {folder}/pid;\nerror_log {folder}/error.log;\nworker_processes 1;\n"
            f"events {{ worker_connections 256; }}\nhttp {{\n{temporary}{site}\n}}\n"
        )
        command = [PROGRAM, "-p", str(folder), "-e", f"{folder}/error.log", "-c", str(folder / "nginx.conf")]
        folder.chmod(0o755)
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, preexec_fn=children.dies_with_us()
        ) as nginx:
            try:
                ready = children.wait_until(lambda: _listens(port) or nginx.poll() is not None, 60)
                assert ready
                assert nginx.poll() is None, nginx.stdout.read() if nginx.stdout else ""
                yield Proxy(port, plain, cert, folder)
            finally:
                nginx.terminate()
                nginx.wait(timeout=60)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _listens(port: int) -> bool:
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0
