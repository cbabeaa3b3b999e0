/** What features may use of the shell. */
export { announce } from "./announce";
export { compose, goToWindow, openWindow, prepareCompose } from "./compose";
export { ErrorPage } from "./ErrorPage";
export { useIdle, whenIdle } from "./idle";
export { keep, kept, useKept } from "./kept";
export { changeKeymap, useKeymap } from "./keymap";
export { Link, type LinkProps } from "./Link";
export { SAVED_MAIL } from "./lastSession";
export { currentPlace, navigate, retreat, usePlace, useRoute } from "./location";
export {
  type Preferences,
  preferences,
  type SwipeAct,
  setPreference,
  swipeActs,
  useIsDark,
  usePreferences,
} from "./preferences";
export {
  adminHref,
  composeHref,
  listsHref,
  type MailSearch,
  mailHref,
  searchHref,
  settingsHref,
} from "./routes";
export type {
  AdminModule,
  ComposeIntent,
  ComposeModule,
  ComposePlace,
  SettingsModule,
  SetupModule,
} from "./seams";
export {
  currentSession,
  hasAdmin,
  hasMail,
  homeOf,
  type Instance,
  onResumed,
  onSigningOut,
  refreshSession,
  refreshViewer,
  type Session,
  signOut,
  untilResumed,
  useCan,
  useSession,
  useViewer,
  type Viewer,
} from "./session";
export { type Command, useCommands, useKeys } from "./shortcuts";
export { useTitle, useUnreadInTitle } from "./title";
