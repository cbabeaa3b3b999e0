/** What stands where data is still being fetched, or could not be. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Button } from "./Button";
import { Empty } from "./Empty";
import styles from "./Loaded.module.css";
import { Spinner } from "./Spinner";

export type LoadedProps<T> = {
  query: { data: T | undefined; error: Error | null; isFetching: boolean };
  /** It is all of the page: what went wrong is the page's heading. */
  isPage?: boolean;
  children: (data: T) => ReactNode;
};

export function Loaded<T>({ query, isPage, children }: LoadedProps<T>) {
  const { t } = useLingui();
  const client = useQueryClient();
  if (query.data !== undefined) return children(query.data);
  if (query.error === null) {
    return (
      <div className={styles.waiting}>
        <Spinner label={t`Loading`} />
      </div>
    );
  }
  // What failed beside it, failed for the same reason.
  const askAgain = () =>
    client.refetchQueries({ type: "active", predicate: ({ state }) => state.status === "error" });
  return (
    <div role="alert">
      <Empty
        isPage={isPage}
        title={query.error.message}
        action={
          <Button pending={query.isFetching} onClick={() => void askAgain()}>
            <Trans>Try again</Trans>
          </Button>
        }
      />
    </div>
  );
}
