/** What people set for themselves. */
export { SettingsPage } from "./SettingsPage";
export { sections } from "./sections";
export { RequiredPage } from "./twostep/RequiredPage";
