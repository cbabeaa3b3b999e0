/** The own password, and where one is signed in. */
import { msg } from "@lingui/core/macro";
import { KeyRound } from "lucide-react";
import type { Section } from "../section";
import { PasswordForm } from "./PasswordForm";
import { SessionList } from "./SessionList";

export const signIns: Section = {
  id: "sign-ins",
  icon: KeyRound,
  group: "account",
  title: msg`Password and sign-ins`,
  words: msg`security devices browsers sessions sign out change`,
  needsMail: false,
  Page: SignInsPage,
};

function SignInsPage() {
  return (
    <>
      <PasswordForm />
      <SessionList />
    </>
  );
}
