// Moves the bar of a build that is in hand, and opens the page anew when it is over. Without this the page says "Look again".
const bar = document.getElementById("build");
const EVERY = 2000;

function show(said) {
  const progress = bar.querySelector("progress");
  progress.max = said.steps;
  progress.value = said.step;
  write("[data-words]", said.words);
  write("[data-doing]", said.doing ? `: ${said.doing}` : "");
}

function write(where, words) {
  const place = bar.querySelector(where);
  if (place.textContent !== words) place.textContent = words; // a screen reader says what changes, and only that
}

async function look() {
  try {
    const answer = await fetch(bar.dataset.progress, { headers: { Accept: "application/json" }, redirect: "error" });
    if (!answer.ok) return;
    const said = await answer.json();
    if (!said.in_hand) return window.location.reload();
    show(said);
  } catch {
    return; // signed out, or away for a moment: "Look again" is still there
  }
  window.setTimeout(look, EVERY);
}

if (bar) window.setTimeout(look, EVERY);
