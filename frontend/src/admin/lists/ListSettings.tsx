/** What a list is set to: who posts and joins, and what its posts look like. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { request } from "@/api";
import { formatBytes, parseBytes } from "@/lib/bytes";
import { Button, Checkbox, Field, SaveBar, Select, TextArea, toast } from "@/ui";
import styles from "../Admin.module.css";
import { RemoveDialog } from "../shared/RemoveDialog";
import { useAct } from "../shared/useAct";
import { type MailingList, RemoveListMutation, UpdateListMutation } from "./documents";
import own from "./Lists.module.css";
import { oneOf, useListWords } from "./useListWords";

const keys = [
  "name",
  "description",
  "isEnabled",
  "posting",
  "isModerated",
  "unentitled",
  "unverified",
  "replyTo",
  "fromRewriting",
  "subjectPrefix",
  "footer",
  "maxBytes",
  "memberView",
  "subscription",
] as const satisfies (keyof MailingList)[];
type Draft = Pick<MailingList, (typeof keys)[number]>;

const draftOf = (list: MailingList): Draft => {
  const { id, domainId, address, localpart, memberCount, heldCount, standing, ...draft } = list;
  return draft;
};

type ListSettingsProps = { list: MailingList; onRemoved: () => void };

export function ListSettings({ list, onRemoved }: ListSettingsProps) {
  const { t } = useLingui();
  const [draft, setDraft] = useState<Draft>(() => draftOf(list));
  const { act, isPending, refusal } = useAct();
  const changed = keys.filter((key) => draft[key] !== list[key]);
  const set = (change: Partial<Draft>) => setDraft({ ...draft, ...change });
  const isAdministrator = list.standing === "ADMINISTRATOR";

  async function save() {
    const options = Object.fromEntries(changed.map((key) => [key, draft[key]]));
    if (await act(() => request(UpdateListMutation, { id: list.id, options }))) {
      toast({ text: t`List saved` });
    }
  }
  return (
    <div className={styles.part}>
      <form
        className={own.settings}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!isPending && changed.length > 0) void save();
        }}
      >
        <Texts draft={draft} set={set} />
        <Rules draft={draft} set={set} />
        <Looks draft={draft} set={set} />
        {isAdministrator && <Reserved key={list.maxBytes} draft={draft} set={set} />}
        {isAdministrator && <Remove list={list} onRemoved={onRemoved} />}
      </form>
      <SaveBar
        count={changed.length}
        pending={isPending}
        error={refusal?.message}
        onSave={() => void save()}
        onReset={() => setDraft(draftOf(list))}
      />
    </div>
  );
}

type PartProps = { draft: Draft; set: (change: Partial<Draft>) => void };

function Texts({ draft, set }: PartProps) {
  const { t } = useLingui();
  return (
    <div className={own.pair}>
      <Field
        label={t`Name`}
        value={draft.name}
        autoComplete="off"
        onChange={(event) => set({ name: event.target.value })}
      />
      <Field
        label={t`What it is about`}
        value={draft.description}
        autoComplete="off"
        onChange={(event) => set({ description: event.target.value })}
      />
    </div>
  );
}

const postings = ["MEMBERS", "ANYONE", "MODERATORS", "CHOSEN"] as const;
const refusals = ["REJECT", "HOLD"] as const;
const doubts = ["HOLD", "REJECT", "ACCEPT"] as const;
const subscriptions = ["CLOSED", "REQUEST", "OPEN"] as const;
const views = ["MODERATORS", "MEMBERS"] as const;

function Rules({ draft, set }: PartProps) {
  const { t } = useLingui();
  const words = useListWords();
  const becomes = { ACCEPT: t`Goes to the members`, HOLD: t`Waits for a moderator`, REJECT: t`Is refused` };
  return (
    <>
      <div className={own.pair}>
        <Select
          label={t`May post`}
          options={postings.map((value) => ({ value, label: words.posting[value] }))}
          value={draft.posting}
          onChange={(value) => set({ posting: oneOf(postings, value, draft.posting) })}
        />
        <Select
          label={t`A post by anybody else`}
          options={refusals.map((value) => ({ value, label: becomes[value] }))}
          value={draft.unentitled}
          onChange={(value) => set({ unentitled: oneOf(refusals, value, "REJECT") })}
        />
        <Select
          label={t`A post from outside`}
          help={t`By somebody who may post, but neither signed in here nor has a domain that vouches for it (DMARC).`}
          options={doubts.map((value) => ({ value, label: becomes[value] }))}
          value={draft.unverified}
          onChange={(value) => set({ unverified: oneOf(doubts, value, "HOLD") })}
        />
        <Select
          label={t`Joining`}
          help={t`By mail to the list’s -subscribe address. Leaving is always possible.`}
          options={subscriptions.map((value) => ({ value, label: words.subscription[value] }))}
          value={draft.subscription}
          onChange={(value) => set({ subscription: oneOf(subscriptions, value, draft.subscription) })}
        />
        <Select
          label={t`Who sees the members`}
          options={views.map((value) => ({
            value,
            label: value === "MEMBERS" ? t`All members` : t`Owners and moderators`,
          }))}
          value={draft.memberView}
          onChange={(value) => set({ memberView: oneOf(views, value, "MODERATORS") })}
        />
      </div>
      <Checkbox
        label={t`Moderated`}
        help={t`Every post waits for a moderator, except those of moderators who signed in.`}
        checked={draft.isModerated}
        onChange={(isModerated) => set({ isModerated })}
      />
    </>
  );
}

const replies = ["AUTHOR", "LIST"] as const;
const rewritings = ["POLICY", "OUTSIDE", "ALWAYS", "NEVER"] as const;

function Looks({ draft, set }: PartProps) {
  const { t } = useLingui();
  const rewriting = {
    POLICY: t`Where the author’s domain is strict (DMARC)`,
    OUTSIDE: t`For all authors of other domains`,
    ALWAYS: t`Always`,
    NEVER: t`Never`,
  };
  return (
    <>
      <div className={own.pair}>
        <Select
          label={t`Answers go to`}
          options={replies.map((value) => ({
            value,
            label: value === "LIST" ? t`The list` : t`The author`,
          }))}
          value={draft.replyTo}
          onChange={(value) => set({ replyTo: oneOf(replies, value, "AUTHOR") })}
        />
        <Select
          label={t`Sent under the list’s address`}
          help={t`A domain with a strict policy has posts refused that a list sends on under its name.`}
          options={rewritings.map((value) => ({ value, label: rewriting[value] }))}
          value={draft.fromRewriting}
          onChange={(value) => set({ fromRewriting: oneOf(rewritings, value, "POLICY") })}
        />
        <Field
          label={t`Before the subject`}
          placeholder="[team]"
          value={draft.subjectPrefix}
          autoComplete="off"
          onChange={(event) => set({ subjectPrefix: event.target.value })}
        />
      </div>
      <TextArea
        label={t`Below each post`}
        rows={3}
        value={draft.footer}
        onChange={(event) => set({ footer: event.target.value })}
      />
    </>
  );
}

function Reserved({ draft, set }: PartProps) {
  const { t } = useLingui();
  const [size, setSize] = useState(draft.maxBytes === 0 ? "" : formatBytes(draft.maxBytes));
  const bytes = size.trim() === "" ? 0 : parseBytes(size);
  return (
    <>
      <div className={own.pair}>
        <Field
          label={t`Largest post`}
          help={t`Such as 2 MB; empty: what the server takes.`}
          value={size}
          autoComplete="off"
          error={bytes === null ? t`That is no size` : undefined}
          onChange={(event) => {
            setSize(event.target.value);
            const next = event.target.value.trim() === "" ? 0 : parseBytes(event.target.value);
            if (typeof next === "number") set({ maxBytes: next });
          }}
        />
      </div>
      <Checkbox
        label={t`Enabled`}
        help={t`A disabled list takes no mail; its members stay.`}
        checked={draft.isEnabled}
        onChange={(isEnabled) => set({ isEnabled })}
      />
    </>
  );
}

function Remove({ list, onRemoved }: ListSettingsProps) {
  const { t } = useLingui();
  const [isAsking, setAsking] = useState(false);
  const { address } = list;
  return (
    <p>
      <Button variant="link" className={styles.removeLink} onClick={() => setAsking(true)}>
        <Trans>Remove this list…</Trans>
      </Button>
      {isAsking && (
        <RemoveDialog
          title={t`Remove ${address}?`}
          name={address}
          onRemove={() => request(RemoveListMutation, { id: list.id })}
          onClose={() => setAsking(false)}
          onDone={() => {
            toast({ text: t`${address} was removed` });
            onRemoved();
          }}
        >
          <Trans>Its members and the posts that wait are removed with it. This cannot be undone.</Trans>
        </RemoveDialog>
      )}
    </p>
  );
}
