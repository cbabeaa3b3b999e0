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
  const askAgain = useAskAgain();
  if (query.data !== undefined) return children(query.data);
  if (query.error === null) {
    return (
      <div className={styles.waiting}>
        <Spinner label={t`Loading`} />
      </div>
    );
  }
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

/** In a form of which only some choices were to be fetched: why they are not there; nothing where they are. */
export function FailedNote({
  query,
}: {
  query: { data: unknown; error: Error | null; isFetching: boolean };
}) {
  const askAgain = useAskAgain();
  if (query.error === null || query.data !== undefined) return null;
  return (
    <p className={styles.failed} role="alert">
      {query.error.message}
      <Button size="s" pending={query.isFetching} onClick={() => void askAgain()}>
        <Trans>Try again</Trans>
      </Button>
    </p>
  );
}

/** What failed beside it, failed for the same reason. */
function useAskAgain() {
  const client = useQueryClient();
  return () => client.refetchQueries({ type: "active", predicate: ({ state }) => state.status === "error" });
}
