/** Mail: folders, lists, reading. */

export type { MailSearch } from "./location";
export { MailPage } from "./MailPage";
export { beginMail, mailStore } from "./mailStore";
