"""A day of people with a browser and a phone, of staff who look after them, and of what all of them do wrong."""

import re
import smtplib

import httpx
import pyotp

from tests.forms.person import form_with

# Whatever people are, write or choose; each must be in no file, log, metric, trace, redirect or refusal.
PERSONAL = {
    "phone": "+12125550171",
    "unknown phone": "+12125550172",
    "email": "xanthippe.vole@example.com",
    "unknown email": "unheard.of.ibex@example.com",
    "name": "Xanthippe Vole",
    "operator's email": "ottoline.yak@example.com",
    "operator's name": "Ottoline Yak",
    "invited email": "invited.wombat@example.com",
    "password": "nine purple xylophones sing",
    "other password": "ten orange xylophones dance",
    "wrong password": "eleven drab xylophones snore",
    "reason for leaving": "too many axolotls lately",
    "words of a reply": "my aunt xaviera wants no axolotl",
    "words of a mail": "please no more axolotl leaflets",
    "note": "showed a passport with an axolotl",
    "reason to look": "xanthippe called about her axolotl",
    "words of a text": "axolotl slippers at 20% off",
    "script": "May Acme send you automated marketing texts about axolotls? You need not buy anything.",
    "agent": "agent axolotl nineteen",
    "user agent": "Axolotlbrowser/9.1",
    "secret of a provider": "provider-secret-of-axolotls",
}
CONTROL = "Capybara Control Ltd"
REQUEST = "control-request-4711"
AGREED = "I agree to automated texts and mails from Capybara Control Ltd. Not a condition of purchase."
POLLS = 5_000


class Day:
    """`secrets` are what the product made and told on the way; `refusals` and `places` what it said of problems and
    where it sent people.
    """

    def __init__(self, http: httpx.Client, first_link: str) -> None:
        self.secrets: dict[str, str] = {}
        self.refusals, self.places = b"", b""
        url, self.key = str(http.base_url), http.headers["Authorization"]
        hooks = {"response": [self._heard]}
        self.person = httpx.Client(base_url=url, headers={"User-Agent": PERSONAL["user agent"]}, event_hooks=hooks)
        self.staff = httpx.Client(base_url=url, timeout=60, headers={"OptIn-Mode": "live"}, event_hooks=hooks)
        self.first = first_link.rpartition("#")[2]

    def close(self) -> None:
        self.person.close()
        self.staff.close()

    def _heard(self, answer: httpx.Response) -> None:
        answer.read()
        self.places += answer.headers.get("location", "").encode() + b"\n"
        if answer.headers.get("content-type", "").startswith("application/problem"):
            self.refusals += answer.content

    def told(self, method: str, path: str, body=None, *, status=(200, 201, 202, 204), **more) -> dict:
        answer = self.staff.request(method, path, json=body, **more)
        wanted = status if isinstance(status, tuple) else (status,)
        assert answer.status_code in wanted, f"{path}: {answer.text}"
        for name, value in answer.cookies.items():
            self.secrets[f"cookie {name} {len(self.secrets)}"] = value
        is_json = answer.content and "json" in answer.headers["content-type"]
        found = (answer.json() if is_json else None) or {}
        if token := found.get("csrf_token") or (found.get("signed_in") or {}).get("csrf_token"):
            self.staff.headers["X-CSRF-Token"] = self.secrets[f"csrf {len(self.secrets)}"] = token
        return found

    def keep(self, name: str, secret: str) -> str:
        self.secrets[name] = secret
        return secret

    def press(self, page: httpx.Response, button: str, **filled: str) -> httpx.Response:
        form = form_with(page, button)
        self.secrets |= {f"{name} of a page": value for name, value in form.fields.items() if len(value) > 40}
        return self.person.post(str(page.url.join(form.action)), data={**form.fields, **filled})

    def received(self, to: str, pattern: str, least: int = 1) -> str:
        """What the newest message to somebody has in it, as soon as there are that many."""
        for _ in range(POLLS):
            items = self.told("GET", "/api/v1/sandbox/messages?limit=100")["items"]
            found = [match for one in items if one["to"] == to for match in re.findall(pattern, one["text"])]
            if len(found) >= least:
                return found[0]
        raise AssertionError(f"Nothing like {pattern} came.")


def staff_sign_in(day: Day) -> None:
    """The first administrator, codes, another password, an invitation, a key, credentials; and guesses."""
    who = {"email": PERSONAL["operator's email"], "password": PERSONAL["password"]}
    first = {**who, "token": day.first, "name": PERSONAL["operator's name"]}
    day.told("POST", "/admin/api/first", {**first, "token": "A" * 43}, status=403)
    day.told("POST", "/admin/api/first", first)
    offer = day.told("POST", "/admin/api/account/codes")
    app = pyotp.parse_uri(offer["address"])
    day.keep("secret of the app", app.secret)
    code = day.keep("code of the app", app.now())
    kept = day.told("POST", "/admin/api/account/codes/actions/confirm", {"code": code})
    day.secrets |= {f"recovery code {number}": code for number, code in enumerate(kept["codes"])}
    change = {"current": PERSONAL["password"], "new": PERSONAL["other password"]}
    day.told("PUT", "/admin/api/account/password", {**change, "current": PERSONAL["wrong password"]}, status=403)
    day.told("PUT", "/admin/api/account/password", change)
    day.told("DELETE", "/admin/api/session")
    del day.staff.headers["X-CSRF-Token"]
    wrong = {**who, "password": PERSONAL["wrong password"]}
    day.told("POST", "/admin/api/session", wrong, status=403)
    day.told("POST", "/admin/api/session", {**wrong, "email": PERSONAL["unknown email"]}, status=403)
    day.told("POST", "/admin/api/password_resets", {"email": PERSONAL["operator's email"]})
    waiting = day.told("POST", "/admin/api/session", {**who, "password": PERSONAL["other password"]})
    ticket = day.keep("ticket", waiting["second_factor"]["ticket"])
    day.told("POST", "/admin/api/session/second_factor", {"ticket": ticket, "code": code}, status=403)
    proof = {"ticket": ticket, "recovery_code": kept["codes"][0]}
    day.told("POST", "/admin/api/session/second_factor", proof)
    made = day.told("POST", "/admin/api/invitations", {"email": PERSONAL["invited email"], "role": "support"})
    day.keep("token of an invitation", made["link"].rpartition("#")[2])
    issued = day.told("POST", "/api/v1/keys", {"name": "shop", "live": True, "scopes": ["*"]})
    day.keep("key", issued["secret"])
    credentials = {"account_sid": f"AC{'0' * 32}", "auth_token": PERSONAL["secret of a provider"]}
    day.told("PUT", "/api/v1/settings/sms", {**credentials, "account_sid": PERSONAL["name"]}, status=422)


def business(day: Day) -> None:
    sender = {
        "slug": "acme", "legal_name": CONTROL, "postal_address": "1 Main St, Springfield, IL 62701, US",
        "support": "https://acme.example/help", "sms_from": "+12125550100", "email_from": "news@acme.example",
        "terms_url": "https://acme.example/terms", "privacy_url": "https://acme.example/privacy",
    }  # fmt: skip
    day.told("POST", "/api/v1/senders", sender, headers={"X-Request-Id": REQUEST})
    for slug, category in (("offers", "marketing"), ("orders", "transactional"), ("codes", "otp")):
        texts = [{"channel": channel, "locale": "en", "text": AGREED} for channel in ("sms", "email")]
        program = {
            "slug": slug, "name": slug, "purpose": "offers and discounts", "category": category, "sender": "acme",
            "channels": ["sms", "email"], "frequency": "up to 4 messages a month", "opt_in": "double",
            "disclosures": texts,
        }  # fmt: skip
        day.told("POST", "/api/v1/programs", program)
        day.told("POST", f"/api/v1/programs/{slug}/actions/activate")


def person(day: Day) -> None:
    """Signs up for texts and mails, sees and changes what was chosen, and leaves by one click and by text."""
    phone, email = PERSONAL["phone"], PERSONAL["email"]
    page = day.person.get("/f/offers")
    wrong = day.press(page, "Sign up", **{"offers.sms": "yes"}, phone=PERSONAL["name"])
    assert wrong.status_code == 422
    page = day.press(page, "Sign up", **{"offers.sms": "yes"}, phone=phone)
    code = day.keep("code by text", day.received(phone, r"\b\d{6}\b"))
    assert day.press(page, "Confirm", code=f"{(int(code) + 1) % 1_000_000:06}").status_code == 422
    assert day.press(page, "Confirm", code=code).status_code == 200
    page = day.person.get("/f/offers")
    day.press(page, "Sign up", **{"offers.email": "yes"}, email=email)
    link = day.received(email, r"/f/offers/link/\S+")
    day.keep("token of a link", link.rpartition("/")[2])
    assert day.press(day.person.get(link), "Yes, I agree to this").status_code == 200
    page = day.press(day.person.get("/preferences"), "Send me a code", address=email)
    code = day.keep("code by mail", day.received(email, r"\b\d{6}\b"))
    page = day.press(page, "Continue", code=code)
    left = {"stop.offers": "yes", "why": PERSONAL["reason for leaving"]}
    assert day.press(page, "Save my choices", **left).status_code == 200
    day.press(day.person.get("/preferences"), "Send me a code", address=PERSONAL["unknown phone"])
    for path in (f"/u/{PERSONAL['name']}", f"/c/{email}", f"/f/{email}", f"/preferences/{email}"):
        assert day.person.get(path).status_code in (200, 400, 404)
        assert day.person.post(path, data={"email": email, "phone": phone}).status_code in (
            200,
            400,
            403,
            404,
            405,
            409,
        )


def written_to(day: Day, mail_port: int) -> None:
    """A mail and a text go out; answers come by text and over LMTP; one click ends it."""
    email, phone = PERSONAL["email"], PERSONAL["phone"]
    send = "/api/v1/messages/send_with_consent"
    for to, channel in ((email, "email"), (phone, "sms"), (PERSONAL["unknown phone"], "sms")):
        content = {"text": PERSONAL["words of a text"]}
        if channel == "email":
            content |= {"subject": PERSONAL["words of a text"], "html": f"<p>{PERSONAL['words of a text']}</p>"}
        for program in ("orders", "offers"):
            day.told("POST", send, {"to": to, "channel": channel, "program": program, "content": content})
    offers = [one for one in day.told("GET", "/api/v1/sandbox/messages?limit=100")["items"] if one["to"] == email]
    links = [link for one in offers for link in re.findall(r"/u/[A-Za-z0-9_-]+", f"{one['headers']} {one['text']}")]
    for link in links[:1]:
        day.keep("token of a way out", link.rpartition("/")[2])
        assert day.person.post(link, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    assert links
    for words in (PERSONAL["words of a reply"], "STOP"):
        day.told("POST", "/api/v1/sandbox/replies", {"from": phone, "to": "+12125550100", "text": words})
    for reply in day.told("GET", "/api/v1/replies")["items"]:
        reveal = f"/api/v1/replies/{reply['id']}/actions/reveal"
        day.told("POST", reveal, {"reason": PERSONAL["reason to look"]}, status=(200, 409))
    with smtplib.LMTP("127.0.0.1", mail_port, timeout=30) as door:
        words = PERSONAL["words of a mail"]
        mail = (
            f"From: {PERSONAL['name']} <{email}>\r\nTo: news@mail.acme.example\r\nSubject: {words}\r\n\r\n{words}\r\n"
        )
        for to in (f"{email}", "news@mail.acme.example", "r-AAAA@mail.acme.example"):
            try:
                door.sendmail(email, [to], mail)
            except smtplib.SMTPRecipientsRefused:
                door.rset()


def looked_after(day: Day) -> None:
    """Contacts found and revealed, a code by the API, what staff wrote down, what people ask about their data."""
    email, phone, reason = PERSONAL["email"], PERSONAL["phone"], PERSONAL["reason to look"]
    contact = day.told("POST", "/api/v1/contacts/lookup", {"address": email})
    day.told("POST", "/api/v1/contacts/lookup", {"address": PERSONAL["unknown email"]}, status=404)
    point = contact["contact_points"][0]["id"]
    shown = day.told("POST", f"/api/v1/contacts/{contact['id']}/points/{point}/actions/reveal", {"reason": reason})
    assert shown["address"] in (email, phone)
    started = day.told(
        "POST", "/api/v1/verifications", {"address": PERSONAL["unknown email"], "purpose": "confirm_address"}
    )
    code = day.keep("code of the API", day.received(PERSONAL["unknown email"], r"\b\d{6}\b"))
    day.told("POST", f"/api/v1/verifications/{started['id']}/check", {"code": PERSONAL["name"]}, status=(200, 422))
    assert day.told("POST", f"/api/v1/verifications/{started['id']}/check", {"code": code})["status"] == "approved"
    attested = {
        "address": PERSONAL["unknown email"], "program": "offers", "channel": "email", "medium": "paper",
        "script": PERSONAL["script"], "script_version": "3", "language": "en-US", "attested_by": PERSONAL["agent"],
        "attestation": f"{PERSONAL['name']} signed.", "occurred_at": contact["created_at"], "type": "EMAIL_OPTIN",
    }  # fmt: skip
    day.told("POST", "/api/v1/consents/attested", attested, status=(200, 201, 409))
    asked = "/api/v1/rights-requests"
    request = day.told("POST", asked, {"kind": "access", "address": email, "note": PERSONAL["note"]})
    steps = f"{asked}/{request['id']}"
    day.told("GET", f"{steps}/export", status=409, headers={"X-Reason": reason})
    day.told("POST", f"{steps}/actions/send_code", {"contact_point_id": point})
    day.told("POST", f"{steps}/actions/check_code", {"code": PERSONAL["name"]}, status=(200, 422))
    day.told("POST", f"{steps}/actions/attest", {"note": PERSONAL["note"]})
    export = day.staff.get(f"{steps}/export", headers={"X-Reason": reason})
    assert export.content.startswith(b"PK")
    dossier = day.staff.post("/api/v1/dossiers", json={"address": email, "reason": reason})
    assert dossier.content.startswith(b"PK")
    for record in day.told("GET", "/api/v1/audit?limit=50")["items"][:5]:
        day.told("GET", f"/api/v1/audit/{record['id']}")
    day.told("POST", "/api/v1/restricted-evidence/lookup", {"address": phone, "reason": reason}, status=(200, 404))
    for path in (
        f"/api/v1/contacts/{email}",
        f"/admin/api/operators/{email}",
        f"/api/v1/messages?reference=%00{email}",
    ):
        assert day.staff.get(path).status_code >= 400
    for body in (f'{{"name": "{PERSONAL["name"]}', f'{{"{email}": "{phone}"}}', f'["{email}"]'):
        cut = day.staff.patch("/admin/api/account", content=body, headers={"Content-Type": "application/json"})
        assert cut.status_code in (400, 422)
