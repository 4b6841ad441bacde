"""The one script of our own page: it has the device sign what a button asks for, and sends that.

Nothing else runs there; the page's policy names it by its hash.
"""

SCRIPT = """
const form = document.querySelector("form");
const told = document.querySelector("#unsigned");
const asked = { "passkey.make": "create" };
async function sign(action, wanted) {
  if (asked[action]) {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(wanted);
    return navigator.credentials.create({ publicKey });
  }
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(wanted);
  return navigator.credentials.get({ publicKey });
}
form.addEventListener("submit", async (event) => {
  const button = event.submitter;
  if (!button || !button.dataset.sign) return;
  event.preventDefault();
  told.hidden = true;
  try {
    const signed = await sign(button.value, JSON.parse(button.dataset.sign));
    form.elements.code.value = JSON.stringify(signed.toJSON());
    delete button.dataset.sign;
    form.requestSubmit(button);
  } catch {
    told.hidden = false;
    told.focus();
  }
});
"""
