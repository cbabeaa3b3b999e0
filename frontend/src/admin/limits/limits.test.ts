import { afterEach, describe, expect, test } from "vitest";
import { setLocale } from "@/lib/locale";
import type { Setting } from "../documents";
import { asCeilings, changesOf, readValue, showValue } from "./limits";

afterEach(() => setLocale("en"));

const words = { unlimited: "Unlimited" };
const GB = 1024 ** 3;
const quota = { key: "mailbox.quota_bytes", kind: "BYTES", zeroIsUnlimited: true } as const;
const undo = { key: "submission.undo_seconds", kind: "SECONDS", zeroIsUnlimited: false } as const;
const trash = { key: "cleanup.trash_days", kind: "DAYS", zeroIsUnlimited: true } as const;
const recipients = { key: "domain.recipients_per_hour", kind: "COUNT", zeroIsUnlimited: true } as const;
const plain = { key: "submission.plain_text", kind: "SWITCH", zeroIsUnlimited: false } as const;

describe("values", () => {
  test.each([
    [quota, 10 * GB, "10 GB"],
    [quota, 1.5 * GB, "1.5 GB"],
    [quota, GB + 1024 ** 2, "1,025 MB"],
    [quota, 1_000_001, "1,000,001 B"],
    [recipients, 20_000, "20,000"],
    [trash, 3650, "3,650 days"],
    [quota, 0, "Unlimited"],
    [recipients, 0, "Unlimited"],
    [undo, 0, "0 seconds"],
    [undo, 10, "10 seconds"],
    [undo, 1800, "30 minutes"],
    [trash, 0, "Unlimited"],
    [trash, 30, "30 days"],
    [plain, true, "on"],
    [plain, null, ""],
  ])("%o with %s is shown as %s, and read back", (setting, value, text) => {
    expect(showValue(setting, value, words)).toBe(text);
    if (value !== null) expect(readValue(setting, text, words)).toBe(value);
  });

  test.each([
    [quota, "20 gb", 20 * GB],
    [quota, "unlimited", 0],
    [quota, "much", undefined],
    [quota, "1,024 MB", GB],
    [quota, "1,5 GB", 1.5 * GB],
    [quota, "20,000", undefined],
    [recipients, "20000", 20_000],
    [recipients, "20 000", 20_000],
    [recipients, "20.000", undefined],
    [recipients, "2,5", undefined],
    [quota, "", undefined],
    [quota, "20", undefined],
    [undo, "ten", undefined],
    [undo, "10", undefined],
    [undo, "2 min", 120],
    [trash, "14", 14],
    [trash, "2 weeks", 14],
    [trash, "36 hours", undefined],
    [undo, "unlimited", undefined],
    [undo, "-1", undefined],
    [plain, "perhaps", undefined],
  ])("%o typed as %j is %s", (setting, text, value) => {
    expect(readValue(setting, text, words)).toBe(value);
  });
});

test("German groups thousands by points, and reads them so", () => {
  setLocale("de");

  expect([recipients, trash, quota].map((one) => showValue(one, 20_000, words))).toEqual([
    "20.000",
    "20.000 Tage",
    "20.000 B",
  ]);
  expect(readValue(recipients, "20.000", words)).toBe(20_000);
  expect(readValue(recipients, "20,000", words)).toBeUndefined();
  expect(readValue(quota, "1.024 MB", words)).toBe(GB);
  expect(readValue(quota, "1,5 GB", words)).toBe(1.5 * GB);
  expect(readValue(undo, "1.000 Sekunden", words)).toBe(1000);
});

test("only what differs is a change; going back to inherit is one", () => {
  const base = { inheritedValue: 10, value: 10 };
  const settings = [
    { ...undo, ...base, ownValue: 20 },
    { ...quota, ...base, ownValue: null },
    { ...plain, ...base, ownValue: true },
  ] as unknown as Setting[];

  const { changes, unreadable } = changesOf(
    settings,
    { [undo.key]: null, [quota.key]: "5 GB", [plain.key]: "on" },
    words,
  );

  expect(changes.map(({ setting, value }) => [setting.key, value])).toEqual([
    [undo.key, null],
    [quota.key, 5 * GB],
  ]);
  expect(unreadable).toEqual([]);
  expect(changesOf(settings, { [quota.key]: "much" }, words).unreadable).toEqual([quota.key]);
});

test("ceilings change beside the values", () => {
  const setting = { ...quota, ownValue: 10 * GB, ownCeiling: 20 * GB } as Setting;
  const ceilings = asCeilings([setting]);

  const [change] = changesOf(ceilings, { [quota.key]: "30 GB" }, words).changes;
  expect(change?.value).toBe(30 * GB);
  expect(changesOf(ceilings, { [quota.key]: null }, words).changes[0]?.value).toBeNull();
  expect(changesOf(ceilings, { [quota.key]: "20 GB" }, words).changes).toEqual([]);
  expect(changesOf(ceilings, { [quota.key]: "" }, words).unreadable).toEqual([quota.key]);
});
