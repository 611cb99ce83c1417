// A real OpenID Connect provider for the tests: node provider.mjs PORT REDIRECT_URI PEOPLE. Anybody named in PEOPLE
// signs in with their name and any password; what it says of them stands there too. It says "ready" once it listens.
import Provider from "oidc-provider";

const [port, redirect, people] = process.argv.slice(2);
const known = JSON.parse(people);
const provider = new Provider(`http://localhost:${port}`, {
    clients: [{ client_id: "the-site", client_secret: "a secret between the two", redirect_uris: [redirect] }],
    claims: { openid: ["sub"], profile: ["given_name", "picture", "phone_number"], email: ["email", "email_verified"] },
    findAccount: (_, sub) => known[sub] && { accountId: sub, claims: () => ({ sub, ...known[sub] }) },
    features: { devInteractions: { enabled: true } },
    pkce: { required: () => true },
    cookies: { keys: ["a key for tests"] },
});
provider.listen(Number(port), "127.0.0.1", () => console.log("ready"));
