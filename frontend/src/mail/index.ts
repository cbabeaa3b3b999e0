/** Mail: folders, lists, reading. */

export type { MailSearch } from "./location";
export { MailPage } from "./MailPage";
export { mailStore, prefetchMail } from "./mailStore";
