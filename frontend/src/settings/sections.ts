/** All sections, in the order they are shown. */
import { appearance } from "./appearance/AppearanceSection";
import { deliveries } from "./deliveries/DeliveriesSection";
import { exports } from "./export/ExportSection";
import { filters } from "./filters/filters";
import { forwarding } from "./forwarding/ForwardingSection";
import { identities } from "./identities/IdentitiesSection";
import { mail } from "./mail/MailSection";
import { programs } from "./programs/ProgramsSection";
import type { Section } from "./section";
import { signIns } from "./signins/SignInsSection";
import { signatures } from "./texts/SignaturesSection";
import { templates } from "./texts/TemplatesSection";
import { twoStep } from "./twostep/TwoStepSection";

export const sections: readonly Section[] = [
  mail,
  identities,
  signatures,
  templates,
  filters,
  forwarding,
  deliveries,
  signIns,
  twoStep,
  programs,
  exports,
  appearance,
];
