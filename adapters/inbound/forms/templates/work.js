// The proof of work of work.py: finds a number that makes SHA-256 of ticket, what was written and the number begin with
// enough zero bits. Whoever has no script, or no secure connection for WebCrypto, sends the form without it.
const AT_ONCE = 256;
const PATIENCE_MS = 20000;

const zeroBits = (bytes) => {
  let bits = 0;
  for (const byte of bytes) {
    if (byte !== 0) return bits + Math.clz32(byte) - 24;
    bits += 8;
  }
  return bits;
};

const solve = async (begin, bits) => {
  const encoder = new TextEncoder();
  const until = performance.now() + PATIENCE_MS;
  for (let first = 0; performance.now() < until; first += AT_ONCE) {
    const tried = Array.from({ length: AT_ONCE }, (_, place) =>
      crypto.subtle.digest("SHA-256", encoder.encode(`${begin}\n${first + place}`)));
    const found = (await Promise.all(tried)).findIndex((digest) => zeroBits(new Uint8Array(digest)) >= bits);
    if (found >= 0) return String(first + found);
  }
  return "";
};

const prepare = (form) => {
  const bits = Number(form.dataset.work);
  const names = form.dataset.written.split(" ").filter(Boolean);
  const status = form.querySelector(".wait");
  let working = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (working) return;
    working = true;
    form.setAttribute("aria-busy", "true");
    status.textContent = status.dataset.text;
    const written = names.map((name) => form.elements[name]?.value ?? "");
    const add = (name, value) => {
      const input = Object.assign(document.createElement("input"), { type: "hidden", name, value });
      form.append(input);
      return input;
    };
    const pressed = event.submitter?.name ? add(event.submitter.name, event.submitter.value) : null;
    const answer = add("work", await solve([form.elements.ticket.value, ...written].join("\n"), bits));
    HTMLFormElement.prototype.submit.call(form);
    // The page may be shown again as it is, when one goes back to it.
    addEventListener("pageshow", () => {
      working = false;
      form.removeAttribute("aria-busy");
      status.textContent = "";
      pressed?.remove();
      answer.remove();
    }, { once: true });
  });
};

if (globalThis.crypto?.subtle) document.querySelectorAll("form[data-work]").forEach(prepare);
