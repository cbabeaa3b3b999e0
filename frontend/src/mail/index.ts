/** Mail: folders, lists, reading. */

export { MailPage } from "./MailPage";
export { beginMail, mailStore } from "./mailStore";
