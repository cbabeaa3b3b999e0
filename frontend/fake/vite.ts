/** `npm run fake`: the page with an in-memory server instead of a real one. The password is "secret". */
import type { Connect, Plugin } from "vite";
import { FakeServer } from "./schema.ts";

export function fakeServer(): Plugin {
  return {
    name: "fake-server",
    apply: "serve",
    configureServer: (vite) => answerIn(vite.middlewares),
    configurePreviewServer: (vite) => answerIn(vite.middlewares),
  };
}

function answerIn(middlewares: Connect.Server): void {
  const server = new FakeServer({ signedIn: process.env.POSTROOM_FAKE !== "signed-out" });
  middlewares.use("/graphql", (request, response, next) => {
    if (request.method !== "POST") return next();
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", async () => {
      const answer = await server.answer(JSON.parse(Buffer.concat(chunks).toString("utf8")));
      response.setHeader("Content-Type", "application/json");
      response.end(JSON.stringify(answer));
    });
  });
}
