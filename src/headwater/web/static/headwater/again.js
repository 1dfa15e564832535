// While a figure is being worked out again, ask now and then whether it is done: until it is, the answer is "202 Accepted".
async function ask() {
  const answer = await fetch(location.href, { credentials: "same-origin" }).catch(() => null);
  if (answer && answer.status !== 202) location.reload();
  else setTimeout(ask, 2000);
}
setTimeout(ask, 1500);
