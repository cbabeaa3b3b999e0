// @vitest-environment jsdom
import { afterEach, expect, test, vi } from "vitest";
import { currentSession, refreshViewer, resumeSession, signIn } from "./session";

afterEach(() => vi.unstubAllGlobals());

test("an answer to what was asked before one signed in again does not end the new session", async () => {
  const viewer = { id: "7", name: "Maren", preferences: [] as unknown } as Parameters<
    typeof resumeSession
  >[0]["viewer"];
  const instance = {} as Parameters<typeof resumeSession>[0]["instance"];
  resumeSession({ instance, viewer });
  const ended = { errors: [{ message: "Sign in first", extensions: { code: "UNAUTHENTICATED" } }] };
  const answers: ((answer: Response) => void)[] = [];
  vi.stubGlobal("fetch", () => new Promise<Response>((resolve) => answers.push(resolve)));
  const [early, late] = [refreshViewer(), refreshViewer()];
  answers[0]?.(Response.json(ended, { status: 401 }));
  await expect(early).rejects.toThrow("Sign in first");
  expect(currentSession()).toMatchObject({ isExpired: true });

  const again = signIn("maren", "nine quiet gardens");
  answers[2]?.(Response.json({ data: { signIn: { viewer, secondStep: null } } }));
  await again;
  answers[1]?.(Response.json(ended, { status: 401 }));
  await expect(late).rejects.toThrow("Sign in first");
  expect(currentSession()).toMatchObject({ status: "signedIn", isExpired: false });

  const next = refreshViewer();
  answers[3]?.(Response.json(ended, { status: 401 }));
  await expect(next).rejects.toThrow("Sign in first");
  expect(currentSession()).toMatchObject({ isExpired: true });
});
