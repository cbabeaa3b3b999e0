/** An event that a message tells of: what, when, where, who, and the answer that goes to its organizer. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { CalendarDays, MapPin, Repeat, Users } from "lucide-react";
import { type ReactNode, useState } from "react";
import { type InvitationAnswer, type InvitationFieldsFragment, request } from "@/api";
import { nameOf } from "@/lib/addresses";
import { Button, toast } from "@/ui";
import { AnswerInvitationMutation } from "../documents";
import { eventTime } from "./eventTime";
import styles from "./Preview.module.css";

const SHOWN_ATTENDEES = 8;

export type InvitationProps = {
  messageId: string;
  part: string;
  invitation: InvitationFieldsFragment;
};

export function Invitation({ messageId, part, invitation: first }: InvitationProps) {
  const { t } = useLingui();
  const [invitation, setInvitation] = useState(first);
  const [pending, setPending] = useState<InvitationAnswer>();
  const { summary, location, organizer, attendees, method } = invitation;
  const title = summary || t`Event without a title`;
  const isCancelled = method === "CANCEL" || invitation.status === "CANCELLED";

  const choices: { id: InvitationAnswer; label: string }[] = [
    { id: "ACCEPTED", label: t`Accept` },
    { id: "TENTATIVE", label: t`Maybe` },
    { id: "DECLINED", label: t`Decline` },
  ];

  async function answer(choice: InvitationAnswer) {
    setPending(choice);
    try {
      const variables = { messageId, part, answer: choice, comment: "" };
      setInvitation((await request(AnswerInvitationMutation, variables)).answerInvitation);
      toast({ text: t`Your answer was sent to ${organizer === null ? "" : nameOf(organizer)}` });
    } catch (error) {
      toast({
        text: error instanceof Error ? error.message : t`The answer could not be sent.`,
        tone: "danger",
      });
    } finally {
      setPending(undefined);
    }
  }

  return (
    <section className={styles.event} aria-label={t`Event: ${title}`}>
      <p className={styles.kind}>
        {isCancelled ? (
          <Trans>Cancelled event</Trans>
        ) : method === "REQUEST" ? (
          <Trans>Invitation</Trans>
        ) : method === "REPLY" ? (
          <Trans>Answer to an invitation</Trans>
        ) : (
          <Trans>Event</Trans>
        )}
      </p>
      <h3 className={styles.subject} data-cancelled={isCancelled || undefined}>
        {title}
      </h3>
      <ul className={styles.facts}>
        {invitation.starts !== null && (
          <Fact icon={<CalendarDays aria-hidden="true" />}>
            {eventTime(invitation.starts, invitation.ends)}
          </Fact>
        )}
        {invitation.rule !== "" && (
          <Fact icon={<Repeat aria-hidden="true" />}>
            <Trans>It repeats.</Trans>
          </Fact>
        )}
        {location !== "" && <Fact icon={<MapPin aria-hidden="true" />}>{location}</Fact>}
        {(organizer !== null || attendees.length > 0) && (
          <Fact icon={<Users aria-hidden="true" />}>
            {organizer !== null && <Trans>{nameOf(organizer)} organises it.</Trans>}{" "}
            {attendees.length > 0 && (
              <>
                <Trans>Invited:</Trans> <Attendees attendees={attendees} />
              </>
            )}
          </Fact>
        )}
      </ul>
      {invitation.description !== "" && <p className={styles.description}>{invitation.description}</p>}
      {invitation.eventCount > 1 && (
        <p className={styles.fine}>
          <Plural
            value={invitation.eventCount - 1}
            one="# more event is in the file."
            other="# more events are in the file."
          />
        </p>
      )}
      {invitation.canAnswer && !isCancelled && (
        <div className={styles.answers} role="group" aria-label={t`Your answer`}>
          {choices.map(({ id, label }) => (
            <Button
              key={id}
              variant={invitation.answer === id ? "primary" : "plain"}
              aria-pressed={invitation.answer === id}
              pending={pending === id}
              disabled={pending !== undefined && pending !== id}
              onClick={() => void answer(id)}
            >
              {label}
            </Button>
          ))}
        </div>
      )}
    </section>
  );
}

function Fact({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <li>
      {icon}
      <span>{children}</span>
    </li>
  );
}

function Attendees({ attendees }: { attendees: InvitationFieldsFragment["attendees"] }) {
  const { t } = useLingui();
  const words: Record<string, string> = {
    ACCEPTED: t`accepted`,
    TENTATIVE: t`maybe`,
    DECLINED: t`declined`,
  };
  const shown = attendees.slice(0, SHOWN_ATTENDEES);
  const more = attendees.length - shown.length;
  return (
    <>
      {shown.map((one, at) => (
        <span key={one.address || one.name}>
          {at > 0 && " · "}
          {nameOf(one)}
          {words[one.status] !== undefined && <span className={styles.fine}> ({words[one.status]})</span>}
        </span>
      ))}
      {more > 0 && (
        <span className={styles.fine}>
          {" · "}
          <Plural value={more} one="# more" other="# more" />
        </span>
      )}
    </>
  );
}
