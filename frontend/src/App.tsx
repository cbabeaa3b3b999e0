/** The pages. Mail is in the first bundle, everything else comes when it is visited. */
import { lazy, Suspense, useLayoutEffect } from "react";
import { setAnnouncer } from "./app/announce";
import { ErrorPage } from "./app/ErrorPage";
import { navigate, usePlace } from "./app/location";
import { PageBoundary } from "./app/PageBoundary";
import { type Route, redirectOf } from "./app/routes";
import { Shell } from "./app/Shell";
import { hasMail, loadSession, refreshSession, useSession } from "./app/session";
import { MailNews, MailPage } from "./mail";
import { Spinner, Toaster, TooltipLayer } from "./ui";

const QueryScope = lazy(() => import("./app/QueryScope").then((module) => ({ default: module.QueryScope })));
const SessionExpired = lazy(() =>
  import("./app/SessionExpired").then((module) => ({ default: module.SessionExpired })),
);
const SignInPage = lazy(() => import("./app/SignInPage").then((module) => ({ default: module.SignInPage })));
const AdminPage = lazy(() => import("./admin").then((module) => ({ default: module.AdminPage })));
const SettingsPage = lazy(() => import("./settings").then((module) => ({ default: module.SettingsPage })));
const ModeratedListsPage = lazy(() =>
  import("./admin").then((module) => ({ default: module.ModeratedListsPage })),
);
const RequiredPage = lazy(() => import("./settings").then((module) => ({ default: module.RequiredPage })));
const ComposePage = lazy(() => import("./mail/compose").then((module) => ({ default: module.ComposePage })));
const SetupPage = lazy(() => import("./setup").then((module) => ({ default: module.SetupPage })));

export function App() {
  const { address } = usePlace();
  return (
    <>
      <PageBoundary address={address.pathname}>
        <CurrentPage />
      </PageBoundary>
      <ExpiredSession />
      <Toaster />
      <TooltipLayer />
      <div className="visually-hidden" role="status" data-live-announcer="true" ref={setAnnouncer} />
    </>
  );
}

function CurrentPage() {
  const session = useSession();
  const { address, route } = usePlace();
  if (session.status === "loading") return null;
  if (session.status === "failed")
    return (
      <main>
        <ErrorPage error={session.error} onRetry={() => void loadSession()} />
      </main>
    );
  const elsewhere = redirectOf(route, address, session);
  if (elsewhere !== undefined) return <Redirect to={elsewhere} />;
  if (session.status === "signedIn" && session.viewer.mustSetUpTwoStep) {
    return (
      <Suspense fallback={<Waiting />}>
        <QueryScope>
          <RequiredPage />
        </QueryScope>
      </Suspense>
    );
  }
  if (session.status === "signedIn" && route.page === "compose") {
    return (
      <Suspense fallback={<Waiting />}>
        <QueryScope>
          <ComposePage messageKey={route.messageKey} intent={route.intent} />
        </QueryScope>
      </Suspense>
    );
  }
  if (session.status === "signedIn") {
    return (
      <Shell>
        {hasMail(session.viewer) && <MailNews key={session.viewer.id} isElsewhere={!isMail(route)} />}
        <PageBoundary address={address.pathname}>
          <ShellPage route={route} />
        </PageBoundary>
      </Shell>
    );
  }
  return (
    <Suspense fallback={<Waiting />}>
      {route.page === "setup" ? (
        <SetupPage hostname={session.instance.hostname} onDone={enter} />
      ) : (
        <SignInPage />
      )}
    </Suspense>
  );
}

const isMail = ({ page }: Route) => page !== "admin" && page !== "lists" && page !== "settings";

/** Mailbox, message and search are one page, so that moving between them keeps the list. */
function ShellPage({ route }: { route: Route }) {
  if (isMail(route)) return <MailPage />;
  return (
    <Suspense fallback={<Waiting />}>
      <QueryScope>
        {route.page === "admin" && <AdminPage path={route.path} />}
        {route.page === "lists" && <ModeratedListsPage path={route.path} />}
        {route.page === "settings" && <SettingsPage path={route.path} />}
      </QueryScope>
    </Suspense>
  );
}

/** Somebody was signed in by setting up. */
function enter() {
  refreshSession().catch(() => location.assign("/"));
}

function Redirect({ to }: { to: string }) {
  useLayoutEffect(() => navigate(to, { replace: true }), [to]);
  return null;
}

function ExpiredSession() {
  const session = useSession();
  if (session.status !== "signedIn" || !session.isExpired) return null;
  return (
    <Suspense fallback={null}>
      <SessionExpired />
    </Suspense>
  );
}

function Waiting() {
  return (
    <div style={{ display: "grid", placeItems: "center", blockSize: "100%" }}>
      <Spinner label="…" />
    </div>
  );
}
