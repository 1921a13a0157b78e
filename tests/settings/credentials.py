"""Credentials of providers on loopback, and setting them as an administrator does."""

from domain.addresses import Channel
from tests.contracts.twilio_server import ACCOUNT, TOKEN

SMS, EMAIL = "/api/v1/settings/sms", "/api/v1/settings/email"
PASSWORD = "correct horse"


def twilio(server, token=TOKEN):
    return {"account_sid": ACCOUNT, "auth_token": token, "api_url": server.url}


def smtp(server, password=PASSWORD, **more):
    return {"host": "127.0.0.1", "port": server.port, "username": "acme", "password": password, **more}


async def put(browser, path, body):
    answer = await browser.put(path, json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def code(browser, method, path, body=None):
    answer = await browser.request(method, path, json=body)
    return answer.status_code, answer.json()["code"]


def live(process, channel=Channel.SMS):
    return process.ports.carriers().carrier(channel, live=True)
