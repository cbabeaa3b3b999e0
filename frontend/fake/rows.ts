/** Made-up messages for tests and development. */
import type { Row } from "@/mail/store/types";

const people = [
  ["Amara Okafor", "amara.okafor@example.org"],
  ["Sofia Rossi", "sofia@northwing.example"],
  ["Aisha Rahman", "aisha.rahman@example.org"],
  ["Oliver Grant", "oliver@gardens.example"],
  ["Rafael Costa", "rafael.costa@example.org"],
  ["Mei Tanaka", "mei@northwing.example"],
  ["Ingrid Solberg", "ingrid.solberg@example.org"],
  ["Jonas Lindqvist", "jonas@school.example"],
  ["Noah Bennett", "noah.bennett@example.org"],
  ["Priya Nair", "priya@gardens.example"],
  ["Hannah Weiss", "hannah.weiss@example.org"],
  ["Tomás Rivera", "tomas@northwing.example"],
  ["Clara Moreau", "clara.moreau@example.org"],
  ["Lena Fischer", "lena@school.example"],
  ["Yusuf Demir", "yusuf.demir@example.org"],
] as const;

const subjects = [
  "Quarterly figures, first pass",
  "Re: Re: Budget for the north wing",
  "Welcome aboard",
  "Draft agenda for the planning day",
  "Newsletter: five quiet gardens",
  "Minutes: steering group",
  "Re: Contract wording, section 4",
  "Invoice 20418 is attached",
  "Can we move Friday’s call?",
  "Photos from the weekend",
  "Notes from this morning",
  "Re: Site visit on Thursday",
  "New sign-in from Chromium on Linux",
  "Delivery scheduled for tomorrow",
  "Your booking is confirmed",
] as const;

const previews = [
  "I have put the numbers in the shared sheet, have a look when you get a moment.",
  "That works for me. Shall we say half past ten, in the small room?",
  "Thank you for the quick answer. The plan is attached, with the changes marked.",
] as const;

/** The `index`-th message of a mailbox, newest first; a quarter hour to twenty minutes lie between them. */
export function fakeRow(index: number, mailboxId: string, newest = Date.parse("2026-11-22T09:41:00")): Row {
  const [name, address] = people[index % people.length] ?? people[0];
  return {
    id: String(100_000_000 - index),
    mailboxId,
    threadId: `t${index}`,
    threadCount: index % 4 === 1 ? 1 + ((index * 7) % 9) : 1,
    from: { name, address },
    toText: "Maren Holt",
    subject: subjects[index % subjects.length] ?? "",
    preview: previews[index % previews.length] ?? "",
    receivedAt: new Date(newest - index * 1_000_000).toISOString(),
    sizeBytes: 2_400 + ((index * 977) % 90_000),
    isSeen: ![1, 2, 4, 13].includes(index % 60),
    isFlagged: index % 60 === 5 || index % 60 === 18,
    isAnswered: index % 23 === 7,
    isForwarded: false,
    isDraft: false,
    keywords: index % 60 === 3 ? ["North wing"] : index % 60 === 9 ? ["Travel"] : [],
    hasAttachments: index % 5 === 2,
    isMuted: false,
    isReminder: false,
    timer: null,
    conversation: null,
  };
}
