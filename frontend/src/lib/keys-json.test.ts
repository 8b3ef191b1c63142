import { describe, expect, it } from "vitest";
import { base64url, bytes, toCreate, toUse } from "./keys-json.ts";

describe("bytes and base64url", () => {
  it("are each other's way back, with the two letters that addresses allow", () => {
    expect([...bytes("-_8")]).toEqual([251, 255]);
    expect(base64url(new Uint8Array([251, 255]).buffer)).toBe("-_8");
  });
});

describe("options for the browser", () => {
  const said = {
    challenge: "AQI", rp: { name: "portal" }, user: { id: "Aw", name: "a", displayName: "A" },
    pubKeyCredParams: [], excludeCredentials: [{ id: "BA", type: "public-key" as const }],
  };

  it("name the keys that exist by their bytes", () => {
    const options = toCreate(said, false);
    expect([...(options.excludeCredentials?.[0]?.id as Uint8Array)]).toEqual([4]);
    expect(options.authenticatorSelection?.residentKey).toBe("discouraged");
  });

  it("ask a key that signs in alone to stay on the device and to check who holds it", () => {
    expect(toCreate(said, true).authenticatorSelection).toEqual({
      residentKey: "required", requireResidentKey: true, userVerification: "required",
    });
  });

  it("accept any key where none is named", () => {
    expect(toUse({ challenge: "AQI" }).allowCredentials).toEqual([]);
  });
});
