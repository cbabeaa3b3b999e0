/** Changing a keymap: pure. */
import type { Keymap } from "./keymap";

export type KeyedCommand = { id: string; keys?: readonly string[] };

/** The keymap with a key given to a command, and taken from whichever had it. */
export function withKey(map: Keymap, commands: readonly KeyedCommand[], id: string, key: string): Keymap {
  const keys: Record<string, readonly string[]> = { ...map.keys };
  for (const command of commands) {
    if (command.id !== id && command.keys?.includes(key)) keys[command.id] = without(command.keys, key);
  }
  const own = commands.find((command) => command.id === id)?.keys ?? [];
  keys[id] = [...without(own, key), key];
  return { ...map, keys };
}

export function withoutKey(map: Keymap, command: KeyedCommand, key: string): Keymap {
  return { ...map, keys: { ...map.keys, [command.id]: without(command.keys ?? [], key) } };
}

/** The command has its standard keys again. */
export function withStandard(map: Keymap, id: string): Keymap {
  const { [id]: _, ...keys } = map.keys;
  return { ...map, keys };
}

function without(keys: readonly string[], key: string): string[] {
  return keys.filter((one) => one !== key);
}
