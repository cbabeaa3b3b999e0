/** Administration of domains and of the system. */
export { AdminPage } from "./AdminPage";
