/** Mail: folders, lists, reading. */

export { MailPage } from "./MailPage";
export { beginKeptMail, beginMail, mailStore } from "./mailStore";
