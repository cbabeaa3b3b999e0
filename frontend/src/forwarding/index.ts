/** Where a user's mail goes besides, or instead of, the mailbox: the form of users and of administrators. */
export { ForwardQuery, SetForwardMutation } from "./documents";
export { ForwardForm } from "./ForwardForm";
