/** Mail in time: when something is to happen, and asking for it. */
export {
  CancelScheduledMutation,
  RemindOfMessageMutation,
  ScheduleDraftMutation,
  SendScheduledNowMutation,
} from "./documents";
export { choiceName } from "./laterNames";
export { daysName, REMIND_DAYS, remindIn } from "./remind";
export { reschedule } from "./reschedule";
export { sendChoices, snoozeChoices } from "./times";
export { WhenDialog } from "./WhenDialog";
