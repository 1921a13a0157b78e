// The pages of one_time_links.py. The token stays behind the # of the address until it is used: a page that is loaded again,
// in another language too, still has it, and no request but the one that uses it holds it.
const WHOLE = /^[A-Za-z0-9_-]{43}$/;
const by = (id) => document.getElementById(id);
const [form, heading, said, show] = [document.querySelector("form"), document.querySelector("h1"), by("said"), by("show")];
const fields = Object.fromEntries([...form.querySelectorAll("input")].map((field) => [field.name, field]));
const { password } = fields;
const words = JSON.parse(form.dataset.words);
const status = form.querySelector(".wait");
const askTitle = heading.textContent;
let working = false;

const make = (tag, more, ...inside) => {
  const made = Object.assign(document.createElement(tag), more);
  made.append(...inside);
  return made;
};

// Takes the place of what was said before, and the focus.
const say = (kind, ...inside) => {
  const box = make("div", { className: `notice ${kind}`, tabIndex: -1 }, ...inside);
  box.setAttribute("role", "alert");
  said.replaceChildren(box);
  box.focus();
};

const token = () => location.hash.slice(1);

// One part of the page at a time; whoever did something hears what came of it.
const turnTo = (id, { aloud = true } = {}) => {
  for (const part of document.querySelectorAll("section")) part.hidden = part.id !== id;
  heading.textContent = by(id).dataset.title ?? askTitle;
  heading.classList.toggle("done", id === "done");
  document.title = heading.textContent;
  if (!aloud) return;
  heading.tabIndex = -1;
  heading.focus();
};

const begin = (aloud) => {
  for (const link of document.querySelectorAll("a[hreflang]")) link.hash = location.hash;
  forget();
  turnTo(WHOLE.test(token()) ? "ask" : "incomplete", { aloud });
};

const forget = () => {
  said.replaceChildren();
  for (const field of Object.values(fields)) {
    field.removeAttribute("aria-invalid");
    field.parentElement.classList.remove("wrong");
    const hint = by(`${field.id}-hint`);
    by(`${field.id}-error`)?.remove();
    if (hint) field.setAttribute("aria-describedby", hint.id);
    else field.removeAttribute("aria-describedby");
  }
};

const sentence = ({ field, message }) => words.refusals[message] ?? words.fields[field];

// As the macro `error_summary` and the errors of fields in parts.html.
const tellMistakes = (mistakes) => {
  for (const [id, text] of mistakes) {
    const field = fields[id];
    field.setAttribute("aria-invalid", "true");
    field.parentElement.classList.add("wrong");
    field.before(make("span", { className: "error", id: `${id}-error`, textContent: text }));
    field.setAttribute("aria-describedby", `${id}-error ${field.getAttribute("aria-describedby") ?? ""}`.trim());
  }
  const links = mistakes.map(([id, text]) => make("li", {}, make("a", { href: `#${id}`, textContent: text, onclick: (event) => {
    // Without following it: the token stands where the # leads.
    event.preventDefault();
    fields[id].focus();
  } })));
  const title = make("h2", { id: "mistakes", textContent: words.mistakes[mistakes.length - 1] });
  say("bad", title, make("ul", {}, ...links));
};

const tell = (id, fill = {}) => {
  const inside = by(id).content.cloneNode(true);
  for (const place of inside.querySelectorAll("p")) {
    place.textContent = place.className ? fill[place.className] ?? "" : place.textContent.replace("{seconds}", fill.seconds);
  }
  say("warning", inside);
};

const understand = async (answer) => {
  if (answer.ok) {
    form.reset();
    history.replaceState(null, "", location.pathname + location.search);
    for (const link of document.querySelectorAll("a[hreflang]")) link.hash = "";
    turnTo("done");
    return;
  }
  const problem = await answer.json().catch(() => ({}));
  const mistakes = new Map((problem.errors ?? []).filter((one) => one.field in fields).map((one) => [one.field, sentence(one)]));
  const part = { "link-unusable": "unusable", "operator-exists": "there" }[problem.code];
  if (mistakes.size) tellMistakes([...mistakes]);
  else if (part && by(part)) turnTo(part);
  else if (answer.status === 429) tell("often", { seconds: answer.headers.get("Retry-After") ?? "60" });
  else if (problem.code === "cross-site") tell("elsewhere");
  else if (answer.status === 503) tell("silent");
  else tell("odd", { request: answer.headers.get("X-Request-Id") ?? "" });
};

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (working) return;
  working = true;
  forget();
  conceal();
  form.setAttribute("aria-busy", "true");
  status.textContent = status.dataset.text;
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ token: token(), ...Object.fromEntries(new FormData(form)) }),
    });
    await understand(answer);
  } catch {
    tell("silent");
  } finally {
    working = false;
    form.removeAttribute("aria-busy");
    status.textContent = "";
  }
});

const conceal = () => {
  if (password.type !== "password") show.click();
};

show.addEventListener("click", () => {
  password.type = password.type === "password" ? "text" : "password";
  [show.textContent, show.dataset.other] = [show.dataset.other, show.textContent];
});

addEventListener("hashchange", () => begin(true));
begin(false);
