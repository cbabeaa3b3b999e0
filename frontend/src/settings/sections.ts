/** All sections, in the order they are shown. */
import { appearance } from "./appearance/AppearanceSection";
import { cleanup } from "./cleanup/cleanup";
import { deliveries } from "./deliveries/DeliveriesSection";
import { exports } from "./export/ExportSection";
import { filters } from "./filters/filters";
import { forwarding } from "./forwarding/ForwardingSection";
import { identities } from "./identities/IdentitiesSection";
import { links } from "./links/LinksSection";
import { mail } from "./mail/MailSection";
import { notifications } from "./notifications/notifications";
import { programs } from "./programs/ProgramsSection";
import type { Section } from "./section";
import { senders } from "./senders/senders";
import { signIns } from "./signins/SignInsSection";
import { signatures } from "./texts/SignaturesSection";
import { templates } from "./texts/TemplatesSection";
import { twoStep } from "./twostep/TwoStepSection";
import { vacation } from "./vacation/vacation";

export const sections: readonly Section[] = [
  mail,
  notifications,
  identities,
  signatures,
  templates,
  links,
  filters,
  senders,
  vacation,
  forwarding,
  cleanup,
  deliveries,
  signIns,
  twoStep,
  programs,
  exports,
  appearance,
];
