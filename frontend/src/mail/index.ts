/** Mail: folders, lists, reading. */

export { MailNews } from "./live";
export { MailPage } from "./MailPage";
export { beginKeptMail, beginMail, mailStore } from "./mailStore";
export { keptMessage } from "./server";
export type { MessageDetail } from "./store/types";
