// Passkeys. A form with data-passkey ("get" or "create") asks the browser and sends its answer in `credential`.
// The question stands in #passkey-question, or comes from the address in data-options. Nothing of it without script:
// such forms are hidden until this runs in a browser that knows passkeys.
const known = "credentials" in navigator && "PublicKeyCredential" in window;

function bytes(text) {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function text(buffer) {
  const letters = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  return btoa(letters).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

const described = (list) => (list || []).map((entry) => ({ ...entry, id: bytes(entry.id) }));

async function question(form) {
  if (!form.dataset.options) return JSON.parse(document.getElementById("passkey-question").textContent);
  const response = await fetch(form.dataset.options, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`no question: ${response.status}`);
  return response.json();
}

function answered(credential) {
  const from = credential.response;
  const response = { clientDataJSON: text(from.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (from[part]) response[part] = text(from[part]);
  }
  if (from.getTransports) response.transports = from.getTransports();
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  };
}

async function create(asked) {
  const options = asked.creation_options.publicKey;
  return navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: bytes(options.challenge),
      user: { ...options.user, id: bytes(options.user.id) },
      excludeCredentials: described(options.excludeCredentials),
      // A key that is found without a name typed first, and that asks who is holding it.
      authenticatorSelection: {
        ...options.authenticatorSelection, residentKey: "required", requireResidentKey: true, userVerification: "required",
      },
    },
  });
}

async function get(asked) {
  const options = asked.request_options.publicKey;
  return navigator.credentials.get({
    publicKey: { ...options, challenge: bytes(options.challenge), allowCredentials: described(options.allowCredentials) },
  });
}

async function ask(form) {
  const failed = form.querySelector("[data-passkey-failed]");
  failed.hidden = true;
  try {
    const asked = await question(form);
    const credential = await (form.dataset.passkey === "create" ? create(asked) : get(asked));
    form.elements.credential.value = JSON.stringify(answered(credential));
    form.submit();
  } catch {
    failed.hidden = false; // refused, timed out, or no passkey here
  }
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!known) continue;
  form.hidden = false;
  form.addEventListener("submit", (event) => { event.preventDefault(); ask(form); });
}
for (const words of document.querySelectorAll("[data-passkey-unknown]")) words.hidden = known;
