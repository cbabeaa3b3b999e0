/** Failures of one report put together by their reason, the most frequent first; pure. */
import type { TlsFailure } from "./documents";

export type Reason = { result: string; sessions: number; hosts: readonly string[] };

export function reasonsOf(details: readonly TlsFailure[]): Reason[] {
  const found = new Map<string, { sessions: number; hosts: Set<string> }>();
  for (const { result, sessions, mxHost } of details) {
    const one = found.get(result) ?? { sessions: 0, hosts: new Set() };
    one.sessions += Number(sessions);
    if (mxHost !== "") one.hosts.add(mxHost);
    found.set(result, one);
  }
  return [...found]
    .map(([result, { sessions, hosts }]) => ({ result, sessions, hosts: [...hosts] }))
    .sort((a, b) => b.sessions - a.sessions);
}
