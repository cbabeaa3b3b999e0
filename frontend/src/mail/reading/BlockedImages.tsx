/** Remote images that were not asked for: once, always, or never again asked about for this sender. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { ImageOff } from "lucide-react";
import { request } from "@/api";
import { toast } from "@/ui";
import { mailStore } from "../mailStore";
import { TrustSenderMutation } from "../store/documents";
import type { MessageDetail } from "../store/types";
import styles from "./BlockedImages.module.css";
import { chooseLook } from "./looks";

export function BlockedImages({ detail }: { detail: MessageDetail }) {
  const { t } = useLingui();
  const sender = detail.from[0]?.address;

  async function show(always: boolean) {
    try {
      if (always && sender !== undefined) {
        await request(TrustSenderMutation, { address: sender, trusted: true });
        mailStore.bodies.forgetWhere((one) => one.id !== detail.id && one.from[0]?.address === sender);
      }
      await mailStore.bodies.fetch(detail.id, true);
    } catch (error) {
      toast({
        text: error instanceof Error ? error.message : t`The images could not be loaded.`,
        tone: "danger",
      });
    }
  }

  return (
    <div className={styles.blocked} role="note">
      <ImageOff aria-hidden="true" />
      <span>
        <Plural
          value={detail.body.blockedImages}
          one="# remote image is blocked."
          other="# remote images are blocked."
        />
      </span>
      <button type="button" onClick={() => void show(false)}>
        <Trans>Show once</Trans>
      </button>
      {sender !== undefined && (
        <>
          <button type="button" onClick={() => void show(true)}>
            <Trans>Always from this sender</Trans>
          </button>
          <button type="button" onClick={() => void chooseLook(detail, { hideImages: true })}>
            <Trans>Never from this sender</Trans>
          </button>
        </>
      )}
    </div>
  );
}
