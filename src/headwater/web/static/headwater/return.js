// A return saves itself. What is typed is kept on the device first, then sent; where there is no connection, or the session has
// ended, it stays on the device until it can be sent, and the page says which. Once it is saved nothing is left on the device.
const form = document.querySelector("form[data-autosave]");
const saved = document.querySelector("[data-saved]");
const HOME = "hw-return:" + (document.body.dataset.person || ""); // nobody finds what somebody else typed
const KEY = HOME + location.pathname;
const PAUSE = 1500, AGAIN = 10000;

if (saved) { // the page after the button: what it sent has been saved
  try { if (JSON.parse(localStorage.getItem(HOME + saved.dataset.saved))?.sent) localStorage.removeItem(HOME + saved.dataset.saved); } catch { /* nothing was kept */ }
}

if (form) {
  const said = form.querySelector("[data-status]");
  const version = form.elements.namedItem("version"), mark = form.elements.namedItem("mark");
  let timer = 0, sending = false, changes = 0, stuck = false, leaving = false;

  const tell = (words, link) => {
    if (said.textContent !== words) said.textContent = words;
    if (link) {
      const a = document.createElement("a");
      a.href = link.href; a.textContent = link.text; a.className = "govuk-link";
      said.append(" ", a);
    }
  };
  const fields = () => [...form.elements].filter((e) => e.name && !["csrfmiddlewaretoken", "version", "mark"].includes(e.name));
  const keep = (sent = false) => {
    const typed = fields().map((e) => [e.name, e.type === "checkbox" ? e.checked : e.value]);
    try { localStorage.setItem(KEY, JSON.stringify({ version: version.value, mark: mark.value, sent, typed })); return true; } catch { return false; }
  };
  const forget = () => { try { localStorage.removeItem(KEY); } catch { /* there is no store: nothing was kept */ } };
  const later = (wait) => { clearTimeout(timer); timer = setTimeout(send, wait); };

  async function send() {
    if (sending || stuck) return;
    sending = true;
    const mine = changes;
    tell("Saving…");
    try {
      const answer = await fetch(location.pathname, {
        method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "manual", credentials: "same-origin",
        headers: { Accept: "application/json" },
      });
      await heard(answer, mine);
    } catch {
      tell("No connection. What you typed is kept on this device and will be sent when the connection is back.");
      later(AGAIN);
    } finally {
      sending = false;
      if (leaving) { keep(true); form.submit(); } else if (changes !== mine && !stuck) later(PAUSE);
    }
  }

  async function heard(answer, mine) {
    if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) {
      stuck = true;
      const href = form.dataset.signIn + "?next=" + encodeURIComponent(location.pathname);
      tell("You have been signed out. What you typed is kept on this device.", { href, text: "Sign in to go on" });
    } else if (answer.status === 409) {
      stuck = true;
      tell("Somebody else has saved this return. Press “Save and check” to see both.");
    } else if (answer.ok) {
      const heard = await answer.json();
      version.value = heard.version;
      const wrong = Object.values(heard.errors || {});
      if (wrong.length) tell("Saved, except: " + wrong.join(". "));
      else tell(changes === mine ? "Saved at " + new Date().toTimeString().slice(0, 5) : "Not saved yet");
      if (changes === mine && !wrong.length) forget(); else keep();
    } else if (answer.status === 422) {
      tell(Object.values((await answer.json()).errors).join(" "));
    } else {
      tell("It could not be saved just now. What you typed is kept on this device.");
      later(AGAIN);
    }
  }

  const add = () => {
    for (const table of form.querySelectorAll(".hw-reach")) {
      const numbers = [...table.querySelectorAll("input.hw-number")].map((e) => e.value.trim());
      const people = form.elements.namedItem("people").value.trim();
      const sum = numbers.filter((n) => /^\d+$/.test(n)).reduce((all, n) => all + Number(n), 0);
      table.querySelector("[data-sum]").textContent =
        numbers.some(Boolean) ? (people ? sum + " of " + people : sum + " so far") : "";
    }
  };

  form.addEventListener("input", () => { changes += 1; add(); keep(); if (!stuck) { if (navigator.onLine) tell("Not saved yet"); later(PAUSE); } });
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    keep(true);
    if (sending) {
      event.preventDefault();
      leaving = true; // as soon as what is being saved is saved
    } else if (!navigator.onLine) {
      event.preventDefault();
      keep();
      tell("No connection. What you typed is kept on this device: press the button again when it is back.");
    }
  });
  addEventListener("online", () => { if (changes && !stuck) later(0); });
  addEventListener("offline", () => tell("No connection. What you type is kept on this device."));
  addEventListener("pagehide", () => { if (changes) clearTimeout(timer); });

  const kept = (() => { try { return JSON.parse(localStorage.getItem(KEY)); } catch { return null; } })();
  if (kept) {
    for (const [name, value] of kept.typed) {
      const field = form.elements.namedItem(name);
      if (field && field.type === "checkbox") field.checked = value; else if (field) field.value = value;
    }
    for (const field of form.querySelectorAll("details")) field.open ||= [...field.querySelectorAll("input, textarea")].some((e) => e.value && e.type !== "checkbox");
    version.value = kept.version;
    mark.value = kept.mark; // if somebody has saved since, the answer says so and both are shown
    changes += 1;
    tell("What you typed before is back, and is being saved.");
    later(0);
  }
  add();
}
