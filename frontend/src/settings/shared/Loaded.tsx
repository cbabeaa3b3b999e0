/** What stands where data is still being fetched, or could not be. */
import { Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { Button, Empty, Spinner } from "@/ui";
import styles from "../Settings.module.css";

export type LoadedProps<T> = {
  query: { data: T | undefined; error: Error | null; refetch: () => unknown };
  children: (data: T) => ReactNode;
};

export function Loaded<T>({ query, children }: LoadedProps<T>) {
  const { t } = useLingui();
  if (query.data !== undefined) return children(query.data);
  if (query.error === null) {
    return (
      <div className={styles.waiting}>
        <Spinner label={t`Loading`} />
      </div>
    );
  }
  return (
    <Empty
      title={query.error.message}
      action={
        <Button onClick={() => void query.refetch()}>
          <Trans>Try again</Trans>
        </Button>
      }
    />
  );
}
