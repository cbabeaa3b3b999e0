/**
 * The first question to the server: who is signed in, the mailboxes, the first rows. Loaded as a script of its
 * own beside the large ones, so that the answer is on its way while those are still being read.
 *
 * It uses nothing of the rest; the rest takes `started`. Null where there is no answer (nobody is signed in, or
 * not for mail): then each part asks for itself. Until it comes there is `keptHere`.
 */
import { graphql, type ResultOf } from "@/api";
import { type Remembered, remembered } from "./remembered";

const StartQuery = graphql(`
  query Start($withMail: Boolean!, $withRows: Boolean!, $mailboxId: ID, $limit: Int!) {
    instance { isSetUp hostname version }
    viewer { ...ViewerFields }
    mailboxes @include(if: $withMail) { ...MailboxFields }
    view(mailboxId: $mailboxId, limit: $limit, byConversation: true) @include(if: $withRows) {
      total
      messageTotal
      state
      offset
      rows { ...RowFields }
    }
  }
`);

export type StartAnswer = ResultOf<typeof StartQuery>;

/** As many rows as a tall window shows; the others follow when the first are drawn. */
const FIRST_ROWS = 30;

/** Which mailbox's rows are wanted first, told by the path alone: "" is the inbox; null where it cannot be told. */
function mailboxOf(path: string): string | null {
  if (path === "/") return "";
  const [, slug] = /^\/mail\/([^/]+)/.exec(path) ?? [];
  if (slug === "inbox") return "";
  return slug !== undefined && /^\d+$/.test(slug) ? slug : null;
}

function variablesFor(path: string) {
  const mailbox = mailboxOf(path);
  return {
    withMail: mailbox !== null || path.startsWith("/mail/") || path === "/search",
    withRows: mailbox !== null,
    mailboxId: mailbox || null,
    limit: FIRST_ROWS,
  };
}

async function ask(variables: object): Promise<StartAnswer | null> {
  try {
    const response = await fetch("/graphql", {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Postroom-CSRF": "1" },
      body: JSON.stringify({ documentId: StartQuery.__meta__?.hash, variables }),
    });
    const answer: { data?: StartAnswer | null; errors?: unknown } = await response.json();
    return answer.errors === undefined ? (answer.data ?? null) : null;
  } catch {
    return null; // Whoever needs the data asks again, and says what is wrong.
  }
}

export const startedWith = variablesFor(location.pathname);
export const started: Promise<StartAnswer | null> = ask(startedWith);
export const keptHere: Promise<Remembered | null> = startedWith.withRows
  ? remembered(startedWith.mailboxId, FIRST_ROWS)
  : Promise.resolve(null);

// The first Intl object of a page takes more than 10 ms, and the first look into storage asks another process;
// here that time passes while the answer and the rest of the code are on their way.
new Intl.DateTimeFormat(undefined, { weekday: "short" }).format();
try {
  void localStorage.length;
} catch {
  // Storage may be forbidden; who needs it finds out for itself.
}
