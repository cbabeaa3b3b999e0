/** What people set for themselves. */
export { SettingsPage } from "./SettingsPage";
export { RequiredPage } from "./twostep/RequiredPage";
