"""What the server loads: the web application, with the worker beside it unless that runs elsewhere."""

import os

from litestar import Litestar

from bootstrap.mail_in import listening
from bootstrap.memory import settle
from bootstrap.ports import Ports
from bootstrap.settings import Settings
from bootstrap.use_cases import build_all
from bootstrap.watching import watching_keys
from bootstrap.watching_credentials import watching_credentials
from bootstrap.web import create_app, trace
from bootstrap.worker import working


def create() -> Litestar:
    settings = Settings.read(os.environ)
    trace(settings)
    ports = Ports(settings=settings)
    use_cases = build_all(ports)
    lifespan = [
        watching_keys(use_cases),
        watching_credentials(use_cases),
        listening(ports, use_cases),
        *([working(ports, use_cases)] if settings.worker else []),
    ]
    app = create_app(ports, use_cases, lifespan=lifespan)
    settle()
    return app
