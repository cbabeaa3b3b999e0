/** Which list and which message the address bar names. */

/** Search parameters of /search: the query, the mailbox it is limited to, the open message. */
export type MailSearch = { q: string; in?: string; m?: string };
