/** Administration. */
export { AdminPage } from "./AdminPage";
