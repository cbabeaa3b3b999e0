/** Limits by what they are about, and which of them differ; pure. */
import type { Setting } from "../documents";

export type Subject = { title: string; settings: Setting[]; differing: number };

/** Whether what is set here is not what would hold without it, or a ceiling stands here. */
export function differs({ ownValue, inheritedValue, ownCeiling }: Setting): boolean {
  return (ownValue !== null && ownValue !== inheritedValue) || ownCeiling !== null;
}

/** In the server's order, which keeps those of a subject together. */
export function bySubject(settings: readonly Setting[]): Subject[] {
  const found = new Map<string, Subject>();
  for (const setting of settings) {
    const subject = found.get(setting.subject) ?? { title: setting.subject, settings: [], differing: 0 };
    found.set(setting.subject, subject);
    subject.settings.push(setting);
    if (differs(setting)) subject.differing += 1;
  }
  return [...found.values()];
}
