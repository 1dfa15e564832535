// Reads a chapter through while it is typed. Without it the same is done when the wording is saved.
const form = document.getElementById("wording");
const text = form.elements.namedItem("text");
const slips = document.getElementById("slips");
const preview = document.getElementById("preview");
const PAUSE = 700;
let waiting = 0;
let asked = 0;

function told(found) {
  if (!found.length) {
    const said = document.createElement("p");
    said.className = "govuk-body";
    said.textContent = "Every figure it quotes is there, and every claim is borne out.";
    return [said];
  }
  const head = document.createElement("p");
  head.className = "govuk-body govuk-!-font-weight-bold";
  head.textContent = `A build would stop at ${found.length} place${found.length === 1 ? "" : "s"} in this chapter.`;
  const list = document.createElement("ul");
  list.className = "govuk-list govuk-list--bullet";
  for (const slip of found) {
    const item = document.createElement("li");
    if (slip.line) item.append(`Line ${slip.line}: `);
    if (slip.written) {
      const code = document.createElement("code");
      code.textContent = slip.written;
      item.append(code, ": ");
    }
    item.append(slip.says);
    list.append(item);
  }
  return [head, list];
}

async function check() {
  const mine = ++asked;
  const body = new URLSearchParams({ text: text.value, csrfmiddlewaretoken: form.elements.namedItem("csrfmiddlewaretoken").value });
  try {
    const answer = await fetch(form.dataset.check, { method: "POST", body, redirect: "error" });
    if (!answer.ok || mine !== asked) return;
    const said = await answer.json();
    slips.replaceChildren(...told(said.slips));
    preview.innerHTML = said.preview; // made by our own server, which lets no tag of the writer's through
  } catch {
    // no connection, or the session is over: saving will say so, and keeps what was typed
  }
}

text.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(check, PAUSE);
});
