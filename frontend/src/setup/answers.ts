/** What the set-up asks, step by step, and what can be said of the answers before the server sees them. */

export type Answers = {
  administratorName: string;
  administratorPassword: string;
  domain: string;
  userName: string;
  userLocalpart: string;
  userPassword: string;
};
export type AnswerField = keyof Answers;
export type Problem = "missing" | "weak" | "notADomain" | "notALocalpart" | "samePassword";
export type Step = "administrator" | "domain" | "user" | "summary" | "done";

export const steps: readonly Step[] = ["administrator", "domain", "user", "summary", "done"];

export const fieldsOf: Record<Step, readonly AnswerField[]> = {
  administrator: ["administratorName", "administratorPassword"],
  domain: ["domain"],
  user: ["userName", "userLocalpart", "userPassword"],
  summary: [],
  done: [],
};

/** The step in which a field is asked, so that a refusal of the server leads back to it. */
export function stepOf(field: string): Step | undefined {
  return steps.find((step) => fieldsOf[step].some((name) => name === field));
}

const label = /^[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}-]{0,61}[\p{L}\p{N}\p{M}])?$/u;

export function isDomain(text: string): boolean {
  const labels = text.trim().replace(/\.$/, "").split(".");
  return text.length <= 253 && labels.length >= 2 && labels.every((part) => label.test(part));
}

export function isLocalpart(text: string): boolean {
  const name = text.trim();
  return name.length <= 64 && /^[^\s@"(),:;<>[\]\\]+$/u.test(name) && !/^\.|\.\.|\.$/.test(name);
}

/** The domain that mail for a host like mail.example.org is probably for. */
export function guessDomain(hostname: string): string {
  const labels = hostname.split(".");
  return labels.length > 2 && isDomain(hostname) ? labels.slice(1).join(".") : "";
}

/** What is wrong with the answers of a step; empty when it can be left. */
export function problemsOf(
  step: Step,
  answers: Answers,
  isWeak: (field: AnswerField) => boolean,
): Partial<Record<AnswerField, Problem>> {
  const found: Partial<Record<AnswerField, Problem>> = {};
  for (const field of fieldsOf[step]) {
    const value = answers[field];
    if (field === "userName") continue;
    if (value.trim() === "") found[field] = "missing";
    else if (field === "domain" && !isDomain(value)) found[field] = "notADomain";
    else if (field === "userLocalpart" && !isLocalpart(value)) found[field] = "notALocalpart";
    else if (field.endsWith("Password") && isWeak(field)) found[field] = "weak";
    else if (field === "userPassword" && value === answers.administratorPassword)
      found[field] = "samePassword";
  }
  return found;
}
