/** Below many recipients how many they are, below too many that, and below those that are no addresses what is wrong. */
import { plural, t } from "@lingui/core/macro";
import { Plural, Trans } from "@lingui/react/macro";
import { nameOf, type Person } from "@/lib/addresses";
import { formatNumber } from "@/lib/numbers";
import { faultOf } from "./addressInput";
import styles from "./Recipients.module.css";

/** From so many on nobody counts the chips. */
const COUNTED = 10;

export type RecipientNoteProps = {
  people: readonly Person[];
  /** Why the message has too many. */
  crowd?: string | undefined;
  onMend: (index: number) => void;
};

export function RecipientNote({ people, crowd, onMend }: RecipientNoteProps) {
  const first = people.findIndex(({ address }) => faultOf(address) !== null);
  const wrong = people[first];
  const more = people.filter(({ address }) => faultOf(address) !== null).length - 1;
  const isCounted = people.length >= COUNTED;
  return (
    <div className={styles.note} role="status">
      {isCounted && (
        <span>
          <Plural value={people.length} one="# recipient" other="# recipients" />
        </span>
      )}
      {crowd !== undefined && <span className={styles.fault}>{crowd}</span>}
      {wrong !== undefined && (
        <>
          <span className={styles.fault}>
            {faultWords(wrong)}
            {more > 0 && ` ${plural(more, { one: "(and # more)", other: "(and # more)" })}`}
          </span>
          <button type="button" className={styles.mend} onClick={() => onMend(first)}>
            <Trans>Correct it</Trans>
          </button>
        </>
      )}
    </div>
  );
}

/** That a message has more recipients than may be. */
export function crowdWords(count: number, most: number): string {
  const [there, allowed] = [formatNumber(count), formatNumber(most)];
  return plural(most, {
    one: `At most # recipient; there are ${there}.`,
    other: `At most ${allowed} recipients; there are ${there}.`,
  });
}

/** What is wrong with an address. */
export function faultWords(person: Person): string {
  const name = nameOf(person).slice(0, 60);
  switch (faultOf(person.address)) {
    case "at":
      return t`“${name}” has no @.`;
    case "space":
      return t`“${name}” has a space in its address.`;
    case "long":
      return t`“${name}” is too long for an address.`;
    case "domain":
      return t`“${name}” does not end in a domain such as example.org.`;
    default:
      return t`“${name}” has signs before its @ that no address has, or none.`;
  }
}
