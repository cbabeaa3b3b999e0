import { expect, test } from "vitest";
import type { Keymap } from "./keymap";
import { withKey, withoutKey, withStandard } from "./keymapEdits";

const none: Keymap = { isOn: true, keys: {} };
const commands = [
  { id: "archive", keys: ["e"] },
  { id: "mute", keys: ["m", "g m"] },
];

test("a key goes to a command and is taken from the one that had it", () => {
  expect(withKey(none, commands, "archive", "m").keys).toEqual({ archive: ["e", "m"], mute: ["g m"] });
});

test("the same key twice is there once", () => {
  expect(withKey(none, commands, "archive", "e").keys).toEqual({ archive: ["e"] });
});

test("a command may be left without keys, and have the standard again", () => {
  const bare = withoutKey(none, { id: "archive", keys: ["e"] }, "e");
  expect(bare.keys).toEqual({ archive: [] });
  expect(withStandard(bare, "archive")).toEqual(none);
});
