/** Why a message was not delivered, from the status code of RFC 3463; pure. */

export type Reason =
  | "noSuchAddress"
  | "noSuchDomain"
  | "takesNoMail"
  | "disabled"
  | "full"
  | "tooLarge"
  | "noAnswer"
  | "loop"
  | "tooLong"
  | "notTrusted"
  | "insecure"
  | "busy"
  | "refused"
  | "later"
  | "unknown";

const bySubject: Readonly<Record<string, Reason>> = {
  "1.1": "noSuchAddress",
  "1.2": "noSuchDomain",
  "1.3": "noSuchAddress",
  "1.6": "noSuchAddress",
  "1.10": "takesNoMail",
  "2.1": "disabled",
  "2.2": "full",
  "2.3": "tooLarge",
  "3.1": "full",
  "3.2": "busy",
  "3.4": "tooLarge",
  "4.1": "noAnswer",
  "4.2": "noAnswer",
  "4.3": "noSuchDomain",
  "4.4": "noSuchDomain",
  "4.5": "busy",
  "4.6": "loop",
  "4.7": "tooLong",
  "5.3": "busy",
  "7.0": "refused",
  "7.1": "refused",
  "7.8": "refused",
  "7.10": "insecure",
  "7.20": "notTrusted",
  "7.21": "notTrusted",
  "7.22": "notTrusted",
  "7.23": "notTrusted",
  "7.24": "notTrusted",
  "7.25": "notTrusted",
  "7.26": "notTrusted",
  "7.27": "takesNoMail",
  "7.30": "insecure",
};

export function reasonOf(status: string): Reason {
  const [, klass, subject] = /^([245])\.(\d{1,3}\.\d{1,3})$/.exec(status) ?? [];
  if (klass === undefined || subject === undefined) return "unknown";
  // A refusal for now by somebody's rules is nearly always greylisting or a limit, not a judgement.
  if (klass === "4" && subject.startsWith("7.")) return "later";
  return bySubject[subject] ?? (klass === "5" ? "refused" : "later");
}
