"""An S3 server inside the test process."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session")
def s3_server() -> Iterator[str]:
    """Its URL."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def s3_url(s3_server: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """A bucket URL with a prefix; the AWS variables name the server."""
    from urllib.request import Request, urlopen

    bucket = f"postroom-{os.getpid()}"
    for name, value in {
        "AWS_ENDPOINT_URL": s3_server,
        "AWS_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
    }.items():
        monkeypatch.setenv(name, value)
    urlopen(Request(f"{s3_server}/moto-api/reset", method="POST"))
    urlopen(Request(f"{s3_server}/{bucket}", method="PUT"))
    return f"s3://{bucket}/bodies/here"
