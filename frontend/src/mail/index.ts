/** Mail: folders, lists, reading. */

export { MailNews } from "./live";
export { MailPage } from "./MailPage";
export { beginKeptMail, beginMail, mailStore } from "./mailStore";
