/**
 * Subscriptions over one WebSocket, loaded after the first screen.
 *
 * A broken connection is made again with growing pauses; since events may have been missed meanwhile, `onGap`
 * is called after every connection, the first included: the caller then asks what changed.
 */
import type { Client } from "graphql-ws";
import type { GraphqlDocument } from "./documents";

export type Subscription<Result> = {
  onEvent: (result: Result) => void;
  onGap: () => void;
  /** True while events arrive. */
  onLive: (isLive: boolean) => void;
};

/** Listens until the returned function is called. */
export function subscribe<Result, Variables extends Record<string, unknown>>(
  document: GraphqlDocument<Result, Variables>,
  variables: Variables,
  { onEvent, onGap, onLive }: Subscription<Result>,
): () => void {
  let stopped = false;
  let client: Client | undefined;

  void (async () => {
    const { createClient } = await import("graphql-ws");
    if (stopped) return;
    client = createClient({
      url: `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/graphql`,
      lazy: true,
      keepAlive: 20_000,
      retryAttempts: Number.POSITIVE_INFINITY,
      shouldRetry: () => !stopped,
      retryWait: (retries) => pause(retries),
      on: {
        connected: () => {
          onLive(true);
          onGap();
        },
        closed: () => onLive(false),
      },
    });
    listen(client);
  })();

  function listen(source: Client) {
    source.subscribe<Result>(
      { query: document.toString(), variables },
      {
        next: ({ data }) => {
          if (data !== null && data !== undefined) onEvent(data);
        },
        // The server refused or ended the subscription; the client does not retry this by itself.
        error: () => void resume(source),
        complete: () => void resume(source),
      },
    );
  }

  async function resume(source: Client) {
    await pause(3);
    if (!stopped) listen(source);
  }

  return () => {
    stopped = true;
    void client?.dispose();
  };
}

/** 0.5 s, 1 s, 2 s … at most 30 s, spread by half so that clients do not return together; less when back online. */
async function pause(retries: number): Promise<void> {
  const ms = Math.min(30_000, 500 * 2 ** retries) * (0.75 + Math.random() / 2);
  await new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer);
      globalThis.removeEventListener("online", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    globalThis.addEventListener("online", done);
  });
}
