/** What WebAuthn speaks in bytes, as JSON with base64url, which is how the server speaks. */

interface Described { id: string; type: PublicKeyCredentialType; transports?: AuthenticatorTransport[] }
interface Creation extends Omit<PublicKeyCredentialCreationOptions, "challenge" | "user" | "excludeCredentials"> {
  challenge: string;
  user: { id: string; name: string; displayName: string };
  excludeCredentials?: Described[];
}
interface Request extends Omit<PublicKeyCredentialRequestOptions, "challenge" | "allowCredentials"> {
  challenge: string;
  allowCredentials?: Described[];
}
export interface Options { creation_options?: { publicKey: Creation }; request_options?: { publicKey: Request } }

export function bytes(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (character) => character.charCodeAt(0));
}

export function base64url(buffer: ArrayBuffer): string {
  const plain = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

const described = (list: Described[] = []) => list.map((one) => ({ ...one, id: bytes(one.id) }));

/** The options to make a key; one that signs in alone is kept on the device and asks who holds it. */
export function toCreate(said: Creation, alone: boolean): PublicKeyCredentialCreationOptions {
  return {
    ...said,
    challenge: bytes(said.challenge),
    user: { ...said.user, id: bytes(said.user.id) },
    excludeCredentials: described(said.excludeCredentials),
    authenticatorSelection: {
      ...said.authenticatorSelection,
      residentKey: alone ? "required" : "discouraged",
      requireResidentKey: alone,
      ...(alone && { userVerification: "required" as const }),
    },
  };
}

export function toUse(said: Request): PublicKeyCredentialRequestOptions {
  return { ...said, challenge: bytes(said.challenge), allowCredentials: described(said.allowCredentials) };
}

/** The key's answer as the server reads it. */
export function answer(credential: PublicKeyCredential): Record<string, unknown> {
  const said = credential.response as Partial<AuthenticatorAttestationResponse & AuthenticatorAssertionResponse>;
  const parts: [string, ArrayBuffer | null | undefined][] = [
    ["clientDataJSON", said.clientDataJSON],
    ["attestationObject", said.attestationObject],
    ["authenticatorData", "signature" in said ? said.authenticatorData : undefined],
    ["signature", said.signature],
    ["userHandle", said.userHandle],
  ];
  const response = Object.fromEntries(parts.flatMap(([name, part]) => (part ? [[name, base64url(part)]] : [])));
  return {
    type: credential.type,
    id: credential.id,
    rawId: base64url(credential.rawId),
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}
