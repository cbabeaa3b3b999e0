import { expect, test } from "vitest";
import { detourOf, emptyDetour } from "./detour";

test.each([
  [{ by: "usual" } as const, undefined],
  [{ by: "host" } as const, null],
  [{ by: "host", host: "a.test", port: "x" } as const, null],
  [{ by: "host", host: " a.test " } as const, { host: "a.test", port: 25, tls: "OPPORTUNISTIC" }],
  [{ by: "gateway" } as const, null],
  [{ by: "gateway", gatewayId: "7" } as const, { gatewayId: "7" }],
  [{ by: "address", address: " " } as const, null],
  [{ by: "address", address: "a@b.test", host: "left.test" } as const, { address: "a@b.test" }],
])("%o", (change, detour) => expect(detourOf({ ...emptyDetour, ...change })).toEqual(detour));
