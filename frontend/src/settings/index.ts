/** What people set for themselves. */
export { SettingsPage } from "./SettingsPage";
