/** Where is my mail? What became of messages, told in plain words, wherever it is shown. */
export { DeliveryPanel } from "./DeliveryPanel";
export { DomainDeliveries } from "./DomainDeliveries";
export { OwnDeliveries } from "./OwnDeliveries";
export { RefusedMail } from "./RefusedMail";
export { Steps } from "./Steps";
export { answerOf } from "./trace";
