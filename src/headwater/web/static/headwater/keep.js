// Keeps what is typed into <form data-keep="a name"> until it has been saved, in this tab alone: a session that ran out, a page that
// could not be shown or a tab that was reloaded loses nothing. Passwords, files and hidden fields are never kept.

const BEGINS = "hw-keep:";
const SAVED = ".govuk-notification-banner--success, .govuk-panel--confirmation, [data-saved]"; // how a page says that it was saved
const NOT_KEPT = ["password", "file", "hidden", "submit", "button", "reset"];

export function keepDrafts(page = document, store = storage()) {
  if (!store) return;
  const person = page.body.dataset.person || "";
  if (page.querySelector("[data-forget]") || !forSamePerson(store, person)) forgetAll(store);
  if (page.querySelector(SAVED)) forgetSent(store);
  if (!person) return;
  for (const form of page.querySelectorAll("form[data-keep]")) {
    const name = `${BEGINS}${page.location.pathname}#${form.dataset.keep}`;
    offer(form, name, store, page);
    form.addEventListener("input", () => write(store, name, form, false));
    form.addEventListener("change", () => write(store, name, form, false));
    form.addEventListener("submit", () => write(store, name, form, true));
  }
}

function storage() {
  try {
    return window.sessionStorage;
  } catch {
    return null; // a browser that was told to keep nothing
  }
}

// Whoever signs in after somebody else, in the same tab, is shown nothing of theirs.
function forSamePerson(store, person) {
  const before = store.getItem("hw-person");
  if (person) store.setItem("hw-person", person);
  return !person || !before || before === person;
}

function names(store) {
  return Object.keys(store).filter((name) => name.startsWith(BEGINS));
}

function forgetAll(store) {
  for (const name of names(store)) store.removeItem(name);
}

function forgetSent(store) {
  for (const name of names(store)) if (JSON.parse(store.getItem(name)).sent) store.removeItem(name);
}

function fields(form) {
  return [...form.elements].filter((field) => field.name && !NOT_KEPT.includes(field.type));
}

function typed(form) {
  return fields(form).map((field) => [field.name, "checked" in field && /radio|checkbox/.test(field.type) ? [field.value, field.checked] : values(field)]);
}

function values(field) {
  return field.type === "select-multiple" ? [...field.selectedOptions].map((option) => option.value) : field.value;
}

function write(store, name, form, sent) {
  try {
    store.setItem(name, JSON.stringify({ sent, typed: typed(form) }));
  } catch {
    // the browser has no room left: what is typed is still on the page
  }
}

function offer(form, name, store, page) {
  const kept = store.getItem(name);
  if (!kept) return;
  const draft = JSON.parse(kept);
  const asSent = JSON.stringify(typed(form));
  if (form.querySelector(".govuk-form-group--error") || JSON.stringify(draft.typed) === asSent) {
    store.removeItem(name); // the page brought it back itself
    return;
  }
  fill(form, draft.typed);
  form.before(note(page, () => {
    store.removeItem(name);
    form.reset();
  }));
}

function fill(form, kept) {
  const left = [...kept];
  for (const field of fields(form)) {
    const at = left.findIndex(([name, value]) => name === field.name && (!isChoice(field) || value[0] === field.value));
    if (at < 0) continue;
    const [[, value]] = left.splice(at, 1);
    if (isChoice(field)) field.checked = value[1];
    else if (field.type === "select-multiple") for (const option of field.options) option.selected = value.includes(option.value);
    else field.value = value;
  }
}

function isChoice(field) {
  return /radio|checkbox/.test(field.type);
}

function note(page, forget) {
  const box = page.createElement("div");
  box.className = "govuk-inset-text hw-draft";
  box.setAttribute("role", "status");
  const said = page.createElement("p");
  said.className = "govuk-body";
  said.textContent = "What you typed here before was not saved, so it has been put back. Check it, then save it.";
  const button = page.createElement("button");
  button.type = "button";
  button.className = "govuk-button govuk-button--secondary govuk-!-margin-bottom-0";
  button.textContent = "Forget it";
  button.addEventListener("click", () => {
    forget();
    box.remove();
  });
  box.append(said, button);
  return box;
}
