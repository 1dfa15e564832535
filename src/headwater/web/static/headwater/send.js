// Says that a file is too large before it is sent. Without this the page that it is sent to says so.
const form = document.getElementById("send");
const field = form?.querySelector('input[type="file"]');

function tooLarge() {
  const file = field.files[0];
  return file && file.size > Number(form.dataset.most);
}

field?.addEventListener("change", () => {
  const most = Math.floor(Number(form.dataset.most) / 1048576);
  field.setCustomValidity(tooLarge() ? `The file is over ${most} MB, which is the most that can be sent at once. Send it in parts.` : "");
  field.reportValidity();
});
form?.addEventListener("submit", (event) => {
  if (field.validity.customError) {
    event.preventDefault();
    field.reportValidity();
  }
});
