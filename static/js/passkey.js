// Passkeys: form[data-passkey] asks the browser for one ("get") or has it make one ("create") and sends what it says.
// What the browser needs stands in data-options, or is fetched from data-options-from when the button is pressed.
// Pages say in [data-without-passkey] what to do where this cannot work; it goes once it is certain that it can.
const WORDS = {
    InvalidStateError: "This device holds a passkey for you already.",
    NotAllowedError: "No passkey was given. Try again, or go on another way.",
    SecurityError: "Passkeys do not work at this address.",
};
const OTHERWISE = "That did not work. Try again, or go on another way.";
const SPELT = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];

function bytes(text) {
    return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.codePointAt(0));
}

function spell(buffer) {
    const text = btoa(String.fromCodePoint(...new Uint8Array(buffer)));
    return text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

async function ask(form) {
    const from = form.dataset.optionsFrom;
    const options = from
        ? (await (await fetch(from, { headers: { Accept: "application/json" } })).json()).request_options
        : JSON.parse(form.dataset.options);
    const publicKey = { ...options.publicKey, challenge: bytes(options.publicKey.challenge) };
    for (const list of ["allowCredentials", "excludeCredentials"]) {
        publicKey[list] = (publicKey[list] ?? []).map((known) => ({ ...known, id: bytes(known.id) }));
    }
    if (form.dataset.passkey === "create") {
        publicKey.user = { ...publicKey.user, id: bytes(publicKey.user.id) };
        const kept = { residentKey: "required", requireResidentKey: true };
        publicKey.authenticatorSelection = { ...publicKey.authenticatorSelection, ...kept };
    }
    const made = await navigator.credentials[form.dataset.passkey]({ publicKey });
    const spoken = SPELT.filter((part) => made.response[part]).map((part) => [part, spell(made.response[part])]);
    return {
        id: made.id,
        rawId: spell(made.rawId),
        type: made.type,
        response: Object.fromEntries(spoken),
        clientExtensionResults: made.getClientExtensionResults(),
    };
}

for (const form of window.PublicKeyCredential ? document.querySelectorAll("form[data-passkey]") : []) {
    form.addEventListener("submit", async (event) => {
        event.preventDefault();
        const said = form.querySelector("[data-passkey-said]");
        said.textContent = "";
        try {
            form.elements.credential.value = JSON.stringify(await ask(form));
            form.submit();
        } catch (error) {
            said.textContent = WORDS[error.name] ?? OTHERWISE;
        }
    });
    form.hidden = false;
    document.querySelector("[data-without-passkey]")?.remove();
}
