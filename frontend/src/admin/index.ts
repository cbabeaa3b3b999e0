/** Administration of domains and of the system. */
export { AdminPage } from "./AdminPage";
export { ModeratedListsPage } from "./lists/ModeratedListsPage";
