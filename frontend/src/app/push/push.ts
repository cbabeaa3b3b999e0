/** Turning notifications of new mail on and off in this browser, and keeping them on. */
import { t } from "@lingui/core/macro";
import { request } from "@/api";
import type { NoticeTexts, OpenOrder } from "@/lib/notices";
import { navigate } from "../location";
import { currentSession, onResumed } from "../session";
import {
  choose,
  chosenFor,
  isChosenByOther,
  keepTexts,
  registration,
  subscribed,
  unsubscribe,
  type Way,
} from "./browser";
import { AddPushDeviceMutation, type Push, PushQuery, RemovePushDeviceMutation } from "./documents";

export function noticeTexts(): NoticeTexts {
  // Lingui would fill in {count}; the worker does that.
  const count = "{count}";
  return {
    newMail: t`New mail`,
    many: t`New messages: ${count}`,
    noSubject: t`(no subject)`,
    testTitle: t`Notifications work`,
    testText: t`New mail is announced like this.`,
  };
}

/** Only after a press: browsers ask the person then. Undefined where the answer was no. */
export async function turnOn(userId: string, { mayPush }: { mayPush: boolean }): Promise<Way | undefined> {
  if ((await Notification.requestPermission()) !== "granted") return undefined;
  const { push } = await request(PushQuery);
  const way = mayPush && push !== null && (await enrol(push)) ? "push" : "page";
  choose({ userId, way, sessionId: push?.sessionId ?? null });
  await keepTexts(noticeTexts());
  return way;
}

/** Tells the server of this browser; false where the browser has no push service. */
async function enrol({ serverKey, devices }: Push): Promise<boolean> {
  const subscription = await subscribed(serverKey);
  if (subscription === undefined) return false;
  const { endpoint, keys } = subscription.toJSON();
  if (endpoint === undefined || keys?.p256dh === undefined || keys.auth === undefined) return false;
  if (devices.some((one) => one.endpoint === endpoint)) return true;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const input = { endpoint, p256dh: keys.p256dh, auth: keys.auth, zone };
  try {
    await request(AddPushDeviceMutation, { input });
  } catch (error) {
    await unsubscribe();
    throw error;
  }
  return true;
}

/** `deviceId` is this browser's on the server's list, where it stands there. */
export async function turnOff(deviceId: string | undefined): Promise<void> {
  choose(undefined);
  await unsubscribe();
  if (deviceId !== undefined) await request(RemovePushDeviceMutation, { id: deviceId });
}

/** Once a page: goes where a notification leads, and sees to it that what was turned on still is. */
export function startPush(): void {
  navigator.serviceWorker.addEventListener(
    "message",
    ({ data, ports }: MessageEvent<Partial<OpenOrder> | null>) => {
      if (data?.kind !== "open" || !data.href?.startsWith("/")) return;
      ports[0]?.postMessage("taken");
      navigate(data.href);
    },
  );
  void renew().catch(() => undefined);
  // A session that was taken up again is a new one to the server.
  onResumed(() => void renew().catch(() => undefined));
}

async function renew(): Promise<void> {
  const session = currentSession();
  if (session.status !== "signedIn") return;
  const { id: userId } = session.viewer;
  if (isChosenByOther(userId)) {
    // Whoever was here before hears nothing at this browser any more.
    choose(undefined);
    await unsubscribe();
    return;
  }
  const chosen = chosenFor(userId);
  if (chosen === undefined) return;
  await keepTexts(noticeTexts());
  if (chosen.way === "page" || (await registration()) === undefined) return;
  const { push } = await request(PushQuery);
  if (push === null) return;
  const { sessionId, devices } = push;
  if (sessionId === chosen.sessionId && !devices.some(({ isCurrent }) => isCurrent)) {
    // It was taken off the list elsewhere.
    choose(undefined);
    await unsubscribe();
  } else if (await enrol(push)) choose({ userId, way: "push", sessionId });
}
