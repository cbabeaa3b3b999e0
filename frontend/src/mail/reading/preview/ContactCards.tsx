/** Cards of people: who they are and how to reach them. */
import { Trans, useLingui } from "@lingui/react/macro";
import type { AttachmentPreviewQuery } from "@/api";
import { Avatar } from "@/ui";
import styles from "./Preview.module.css";

type Card = NonNullable<AttachmentPreviewQuery["attachmentPreview"]["contacts"]>[number];
type Entry = Card["emails"][number];

export function ContactCards({ cards }: { cards: readonly Card[] }) {
  return (
    <ul className={styles.cards}>
      {cards.map((card, at) => (
        <li key={at}>
          <ContactCard card={card} />
        </li>
      ))}
    </ul>
  );
}

function ContactCard({ card }: { card: Card }) {
  const { t } = useLingui();
  return (
    <article className={styles.card} aria-label={card.name}>
      <Avatar name={card.name} address={card.emails[0]?.value ?? card.name} size="l" />
      <div>
        <h3 className={styles.subject}>{card.name}</h3>
        {(card.title !== "" || card.organisation !== "") && (
          <p className={styles.fine}>{[card.title, card.organisation].filter(Boolean).join(", ")}</p>
        )}
        <dl className={styles.fields}>
          <Entries label={t`Email`} entries={card.emails} href={(value) => `mailto:${value}`} />
          <Entries label={t`Telephone`} entries={card.phones} href={(value) => `tel:${value}`} />
          <Entries label={t`Address`} entries={card.addresses} />
          <Entries label={t`Web`} entries={card.urls} href={webAddress} />
          {card.birthday !== "" && (
            <div>
              <dt>
                <Trans>Birthday</Trans>
              </dt>
              <dd>{card.birthday}</dd>
            </div>
          )}
          {card.note !== "" && (
            <div>
              <dt>
                <Trans>Note</Trans>
              </dt>
              <dd>{card.note}</dd>
            </div>
          )}
        </dl>
      </div>
    </article>
  );
}

/** A card may hold any address; only the web's own are links. */
function webAddress(value: string): string | undefined {
  return /^https?:\/\//i.test(value) ? value : undefined;
}

type EntriesProps = {
  label: string;
  entries: readonly Entry[];
  href?: (value: string) => string | undefined;
};

function Entries({ label, entries, href }: EntriesProps) {
  const kinds = useKinds();
  if (entries.length === 0) return null;
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        {entries.map((entry) => {
          const target = href?.(entry.value);
          return (
            <span key={`${entry.kind} ${entry.value}`} className={styles.entry}>
              {target === undefined ? (
                entry.value
              ) : (
                <a href={target} target="_blank" rel="noopener noreferrer">
                  {entry.value}
                </a>
              )}
              {kinds[entry.kind] !== undefined && <span className={styles.fine}> {kinds[entry.kind]}</span>}
            </span>
          );
        })}
      </dd>
    </div>
  );
}

function useKinds(): Record<string, string> {
  const { t } = useLingui();
  return { work: t`work`, home: t`home`, cell: t`mobile`, fax: t`fax`, main: t`main`, other: t`other` };
}
