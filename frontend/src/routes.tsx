/** The tree of routes. Mail is in the first bundle, everything else comes when it is visited. */
import {
  createRootRoute,
  createRoute,
  createRouter,
  type ErrorComponentProps,
  Outlet,
  redirect,
  useNavigate,
  useParams,
  useRouter,
} from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { setAnnouncer } from "./app/announce";
import { ErrorPage } from "./app/ErrorPage";
import { Shell } from "./app/Shell";
import {
  currentSession,
  hasAdmin,
  hasMail,
  homeOf,
  loadSession,
  refreshSession,
  useSession,
} from "./app/session";
import { MailPage, type MailSearch } from "./mail";
import { Spinner, Toaster, TooltipLayer } from "./ui";

const QueryScope = lazy(() => import("./app/QueryScope").then((module) => ({ default: module.QueryScope })));
const SessionExpired = lazy(() =>
  import("./app/SessionExpired").then((module) => ({ default: module.SessionExpired })),
);
const SignInPage = lazy(() => import("./app/SignInPage").then((module) => ({ default: module.SignInPage })));
const AdminPage = lazy(() => import("./admin").then((module) => ({ default: module.AdminPage })));
const SetupPage = lazy(() => import("./setup").then((module) => ({ default: module.SetupPage })));

const root = createRootRoute({
  component: () => (
    <>
      <Outlet />
      <ExpiredSession />
      <Toaster />
      <TooltipLayer />
      <div className="visually-hidden" role="status" ref={setAnnouncer} />
    </>
  ),
  errorComponent: RouteError,
  notFoundComponent: () => <RedirectHome />,
});

function ExpiredSession() {
  const session = useSession();
  if (session.status !== "signedIn" || !session.isExpired) return null;
  return (
    <Suspense fallback={null}>
      <SessionExpired />
    </Suspense>
  );
}

/** Everything behind sign-in. */
const shell = createRoute({
  getParentRoute: () => root,
  id: "shell",
  component: Shell,
  beforeLoad: async ({ location }) => {
    const session = await loadSession();
    if (session.status === "failed") throw session.error;
    if (session.status === "signedOut") {
      if (!session.instance.isSetUp) throw redirect({ to: "/setup" });
      throw redirect({ to: "/signin", search: location.href === "/" ? {} : { next: location.href } });
    }
  },
});

const home = createRoute({
  getParentRoute: () => shell,
  path: "/",
  beforeLoad: () => {
    const session = currentSession();
    if (session.status === "signedIn") throw redirect({ href: homeOf(session.viewer), replace: true });
  },
});

/** One component for mailbox, message and search, so that moving between them keeps the list. */
const mail = createRoute({
  getParentRoute: () => shell,
  id: "mail-page",
  component: MailPage,
  beforeLoad: () => {
    const session = currentSession();
    if (session.status === "signedIn" && !hasMail(session.viewer))
      throw redirect({ to: "/admin/$", params: { _splat: "" }, replace: true });
  },
});
const mailbox = createRoute({ getParentRoute: () => mail, path: "/mail/$mailbox" });
const message = createRoute({ getParentRoute: () => mail, path: "/mail/$mailbox/$message" });
const search = createRoute({
  getParentRoute: () => mail,
  path: "/search",
  validateSearch: (raw: Record<string, unknown>): MailSearch => ({
    q: typeof raw.q === "string" ? raw.q : String(raw.q ?? ""),
    ...(raw.in !== undefined && { in: String(raw.in) }),
    ...(raw.m !== undefined && { m: String(raw.m) }),
  }),
});

const adminGuard = () => {
  const session = currentSession();
  if (session.status === "signedIn" && !hasAdmin(session.viewer)) throw redirect({ to: "/", replace: true });
};
const admin = createRoute({
  getParentRoute: () => shell,
  path: "/admin/$",
  beforeLoad: adminGuard,
  component: () => <AdminRoute />,
});

function AdminRoute() {
  const { _splat } = useParams({ strict: false });
  return (
    <Suspense fallback={<Waiting />}>
      <QueryScope>
        <AdminPage path={(_splat ?? "").replace(/^\/+|\/+$/g, "")} />
      </QueryScope>
    </Suspense>
  );
}

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/signin",
  validateSearch: (raw: Record<string, unknown>): { next?: string } =>
    typeof raw.next === "string" && raw.next.startsWith("/") && !raw.next.startsWith("//")
      ? { next: raw.next }
      : {},
  beforeLoad: async ({ search: { next } }) => {
    const session = await loadSession();
    if (session.status === "failed") throw session.error;
    if (!session.instance.isSetUp) throw redirect({ to: "/setup" });
    if (session.status === "signedIn")
      throw redirect({ href: next ?? homeOf(session.viewer), replace: true });
  },
  component: function SignInRoute() {
    const { next } = signIn.useSearch();
    const router = useRouter();
    return (
      <Suspense fallback={<Waiting />}>
        <SignInPage onDone={() => void goHome(router.navigate, next)} />
      </Suspense>
    );
  },
});

const setup = createRoute({
  getParentRoute: () => root,
  path: "/setup",
  beforeLoad: async () => {
    const session = await loadSession();
    if (session.status === "failed") throw session.error;
    if (session.instance.isSetUp) throw redirect({ to: "/", replace: true });
  },
  component: function SetupRoute() {
    const router = useRouter();
    const session = currentSession();
    const hostname = session.status === "signedOut" ? session.instance.hostname : "";
    return (
      <Suspense fallback={<Waiting />}>
        <SetupPage
          hostname={hostname}
          onDone={() => {
            void refreshSession().then(() => goHome(router.navigate));
          }}
        />
      </Suspense>
    );
  },
});

async function goHome(navigate: ReturnType<typeof useNavigate>, next?: string) {
  const session = currentSession();
  if (session.status === "signedIn") await navigate({ href: next ?? homeOf(session.viewer), replace: true });
}

function RouteError({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  return (
    <ErrorPage
      error={error instanceof Error ? error : new Error(String(error))}
      onRetry={() => {
        reset();
        void router.invalidate();
      }}
    />
  );
}

function RedirectHome() {
  const navigate = useNavigate();
  void navigate({ to: "/", replace: true });
  return null;
}

function Waiting() {
  return (
    <div style={{ display: "grid", placeItems: "center", blockSize: "100%" }}>
      <Spinner label="…" />
    </div>
  );
}

export const router = createRouter({
  routeTree: root.addChildren([
    shell.addChildren([home, mail.addChildren([mailbox, message, search]), admin]),
    signIn,
    setup,
  ]),
  defaultPreload: false,
  defaultErrorComponent: RouteError,
  // Queries and ids are text even where they look like numbers, and stay readable in the address bar.
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (values) => {
    const params = new URLSearchParams();
    for (const [name, value] of Object.entries(values))
      if (value !== undefined) params.set(name, String(value));
    const text = params.toString();
    return text === "" ? "" : `?${text}`;
  },
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
