// Passkeys: asks the browser for one, and sends what it gives with the form. What is asked comes from the page, or from the form's own
// address. The exchange of bytes is allauth's webauthn-json.js, which is loaded before this.

const REFUSED = "Nothing was done: the request was cancelled, or took too long. Try once more, or go on another way.";
const KNOWN = "This passkey or key is on your account already. Use another one.";
const ELSEWHERE = "Passkeys work only at the address this server was set up for, over HTTPS. Ask whoever looks after it.";
const UNKNOWN = "Your browser could not use a passkey just now. Try once more, or go on another way.";
const SAID = { NotAllowedError: REFUSED, AbortError: REFUSED, InvalidStateError: KNOWN, SecurityError: ELSEWHERE };

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (window.PublicKeyCredential && window.webauthnJSON) form.addEventListener("submit", (event) => begin(event, form));
  else document.querySelectorAll("[data-passkey-part]").forEach((part) => (part.hidden = true));
}

async function begin(event, form) {
  event.preventDefault();
  tell(form, "");
  try {
    form.elements.credential.value = JSON.stringify(await ask(form));
    form.submit();
  } catch (problem) {
    tell(form, SAID[problem.name] || UNKNOWN);
  }
}

async function ask(form) {
  if (form.dataset.passkey === "add") return window.webauthnJSON.create(creation(form));
  const options = form.dataset.passkey === "login" ? await fetched(form.action) : onPage();
  return window.webauthnJSON.get(options.request_options);
}

function onPage() {
  return JSON.parse(document.getElementById("passkey-options").textContent);
}

async function fetched(address) {
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error("refused");
  return answer.json();
}

function creation(form) {
  const options = onPage().creation_options;
  const alone = form.elements.passwordless.checked;
  const wanted = options.publicKey.authenticatorSelection;
  wanted.residentKey = alone ? "required" : "discouraged";
  wanted.requireResidentKey = alone;
  if (alone) wanted.userVerification = "required";
  return options;
}

function tell(form, text) {
  const place = document.getElementById("passkey-problem");
  place.hidden = !text;
  place.querySelector("p").textContent = text;
  if (text) place.focus();
}
