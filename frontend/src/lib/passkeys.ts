/** The browser's authenticators: questions and answers as JSON, as the server writes and reads them (WebAuthn §5.1). */

/** They are bound to a host's name: under a bare IP address browsers have none. */
export function canUsePasskeys(): boolean {
  const isNamed = !/^[\d.]+$|^\[/.test(location.hostname);
  return isNamed && typeof PublicKeyCredential !== "undefined" && navigator.credentials !== undefined;
}

/** Makes a passkey; null where the person turned away. */
export async function makePasskey(options: string): Promise<string | null> {
  const asked = JSON.parse(options);
  const made = await asking(() =>
    navigator.credentials.create({
      publicKey: {
        ...asked,
        challenge: bytesOf(asked.challenge),
        user: { ...asked.user, id: bytesOf(asked.user.id) },
        excludeCredentials: described(asked.excludeCredentials),
      },
    }),
  );
  if (!(made instanceof PublicKeyCredential)) return null;
  const answer = made.response as AuthenticatorAttestationResponse;
  return written(made, {
    clientDataJSON: textOf(answer.clientDataJSON),
    attestationObject: textOf(answer.attestationObject),
    transports: answer.getTransports(),
  });
}

/** Asks for a passkey; null where the person turned away. */
export async function askPasskey(options: string): Promise<string | null> {
  const asked = JSON.parse(options);
  const given = await asking(() =>
    navigator.credentials.get({
      publicKey: {
        ...asked,
        challenge: bytesOf(asked.challenge),
        allowCredentials: described(asked.allowCredentials),
      },
    }),
  );
  if (!(given instanceof PublicKeyCredential)) return null;
  const answer = given.response as AuthenticatorAssertionResponse;
  return written(given, {
    clientDataJSON: textOf(answer.clientDataJSON),
    authenticatorData: textOf(answer.authenticatorData),
    signature: textOf(answer.signature),
    userHandle: answer.userHandle === null ? null : textOf(answer.userHandle),
  });
}

/** Turning away, waiting too long and having no passkey are one answer to the page, by design of WebAuthn. */
async function asking(question: () => Promise<Credential | null>): Promise<Credential | null> {
  try {
    return await question();
  } catch (error) {
    const turnedAway = ["NotAllowedError", "AbortError"];
    if (error instanceof DOMException && turnedAway.includes(error.name)) return null;
    throw error;
  }
}

function written(credential: PublicKeyCredential, response: object): string {
  return JSON.stringify({
    id: credential.id,
    rawId: textOf(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: {},
    response,
  });
}

function described(credentials: { id: string }[] | undefined): PublicKeyCredentialDescriptor[] {
  return (credentials ?? []).map(({ id }) => ({ type: "public-key", id: bytesOf(id) }));
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (char) => char.charCodeAt(0));
}

function textOf(buffer: ArrayBuffer): string {
  const binary = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
